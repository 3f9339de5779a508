"""Petitions (信访工作条例): registered, passed on, accepted, answered in writing, open to review.

AP-01 to AP-04, AP-07, AP-10. Review and re-examination are cases of their own
(`petition_review`), the time of each counted there. Accusations are only referred.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.errors import Missing, OnlyReferred
from linli.cases.forms import specs
from linli.cases.kinds.petitions import NOT_ACCEPTED, must_come_with_review, petition_kind, told_why
from linli.cases.queries.visits import columns_before
from linli.cases.rules.assigning import let_go
from linli.cases.types.kinds import Ask, By, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.matters import PetitionMatter
from linli.cases.types.moves import Held, Wish
from linli.kernel.states import Machine


class Petition(StrEnum):
    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    RECEIVED = "received"
    OBJECTED = "objected"
    ACCEPTED = "accepted"
    REPLIED = "replied"
    DONE = "done"
    IN_REVIEW = "in_review"
    SETTLED = "settled"
    STANDS = "stands"
    NOT_ACCEPTED = "not_accepted"
    NO_MORE = "no_more"
    REFERRED = "referred"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


P = Petition
WORK, SUPERVISE, ROLLS = permits.PETITION_WORK, permits.SUPERVISE, "petition.roll_over_holiday"
GROUNDS = ("refusal.petition.",)
BEFORE = (P.REGISTERED, P.TRANSFERRED, P.RECEIVED)
MAY_END = (*BEFORE, P.OBJECTED, P.ACCEPTED)

MACHINE: Machine[Petition] = Machine(
    P.REGISTERED,
    [
        CaseMove(
            "transfer", (P.REGISTERED,), P.TRANSFERRED, WORK,
            title=_("Pass it on to the competent office"), form="cases:petition_transfer",
        ),
        CaseMove(
            "accept", BEFORE, P.ACCEPTED, WORK,
            title=_("Accept and tell the petitioner"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "not_accept", BEFORE, P.NOT_ACCEPTED, WORK,
            title=_("Not accept, with the rule"), by=By.LEAD, asks=(Ask.BASIS, Ask.PUBLIC), grounds=GROUNDS,
        ),
        CaseMove(
            "no_more", BEFORE, P.NO_MORE, WORK,
            title=_("No longer accept, with the rule"), by=By.LEAD, asks=(Ask.BASIS, Ask.PUBLIC), grounds=GROUNDS,
        ),
        CaseMove(
            "refer", BEFORE, P.REFERRED, WORK,
            title=_("Refer to the court or organ in charge"), asks=(Ask.REASON, Ask.PUBLIC),
        ),
        CaseMove(
            "object", (P.TRANSFERRED,), P.OBJECTED, WORK,
            title=_("Object: we are not competent"), by=By.LEAD, asks=(Ask.REASON,),
        ),
        CaseMove(
            "settle_competence", (P.TRANSFERRED,), P.RECEIVED,
            title=_("Nobody objected in time"), by=By.SYSTEM,
        ),
        CaseMove(
            "take_back", (P.OBJECTED,), P.REGISTERED, WORK,
            title=_("Take it back"), asks=(Ask.REASON,), apart_from=("object",), by_sender=True,
        ),
        CaseMove(
            "insist", (P.OBJECTED,), P.RECEIVED, WORK,
            title=_("Insist: the office is competent"), asks=(Ask.REASON,), apart_from=("object",),
            by_sender=True,
        ),
        CaseMove(
            "reply", (P.ACCEPTED,), P.REPLIED, WORK,
            title=_("Answer in writing"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "finish", (P.ACCEPTED, P.REPLIED), P.DONE, WORK,
            title=_("Done, with evidence"), by=By.LEAD, asks=(Ask.PUBLIC, Ask.EVIDENCE),
        ),
        CaseMove("agree", (P.REPLIED,), P.DONE, title=_("It is solved"), by=By.REPORTER),
        CaseMove(
            "ask_review", (P.REPLIED, P.DONE), P.IN_REVIEW, WORK,
            title=_("The petitioner asks for a review"), form="cases:petition_review",
        ),
        CaseMove(
            "redo", (P.IN_REVIEW,), P.ACCEPTED, title=_("Handle it again after the review"),
            by=By.SYSTEM, opens_cycle=True,
        ),
        CaseMove(
            "stand", (P.REPLIED, P.IN_REVIEW), P.STANDS, title=_("The answer stands"), by=By.SYSTEM
        ),
        CaseMove("close", (P.DONE,), P.SETTLED, title=_("Close"), by=By.SYSTEM),
        CaseMove(
            "terminate", (P.ACCEPTED,), P.TERMINATED, SUPERVISE,
            title=_("End the handling, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC), grounds=GROUNDS,
        ),
        CaseMove("withdraw", MAY_END, P.WITHDRAWN, title=_("Withdraw"), by=By.REPORTER),
        CaseMove(
            "note_withdrawal", MAY_END, P.WITHDRAWN, WORK,
            title=_("Note that the petitioner withdraws"), asks=(Ask.REASON,), for_her=True,
        ),
    ],
    ends={
        P.SETTLED, P.STANDS, P.NOT_ACCEPTED, P.NO_MORE, P.REFERRED, P.TERMINATED, P.WITHDRAWN,
    },
)  # fmt: skip

REVIEW_HAS_ITS_OWN = _("The review is a case of its own, with its own day.")
WITH_OFFICE = (
    _("Your petition is with the competent office."),
    _("That office tells you whether it accepts it."),
)
STATES: dict[str, StateDef] = {
    P.REGISTERED: StateDef(
        _("registered"), _("Your petition is registered."),
        _("It is accepted here or passed on to the competent office."),
    ),
    P.TRANSFERRED: StateDef(_("passed on"), *WITH_OFFICE),
    P.RECEIVED: StateDef(_("with the competent office"), *WITH_OFFICE),
    P.OBJECTED: StateDef(
        _("competence disputed"), _("It is being settled which office is competent."),
        _("You need do nothing; your time is kept."),
    ),
    P.ACCEPTED: StateDef(
        _("accepted for handling"), _("Your petition is accepted."), _("You get an answer in writing."),
    ),
    P.REPLIED: StateDef(
        _("answered in writing"), _("You have been answered in writing."),
        _("You may ask for a review within the time named in the answer."), Stage.ANSWERED,
    ),
    P.DONE: StateDef(
        _("done and shown"), _("It is done."),
        _("You may still ask for a review within the time named in the answer."), Stage.SOLVED,
    ),
    P.IN_REVIEW: StateDef(
        _("in review"), _("Your request for a review is being looked at."),
        _("The office above decides and tells you."), without_clock=REVIEW_HAS_ITS_OWN,
    ),
    P.SETTLED: StateDef(
        _("closed for good"), _("This is closed."), _("For something new, write a new petition."),
        Stage.SOLVED,
    ),
    P.STANDS: StateDef(
        _("the answer stands"), _("The answer stands."),
        _("Same facts and reasons are not taken up again."), Stage.ENDED,
    ),
    P.NOT_ACCEPTED: NOT_ACCEPTED,
    P.NO_MORE: StateDef(
        _("no longer accepted"), _("This was decided finally and is not taken up again."),
        _("New facts can be brought at any time."), Stage.REFUSED,
    ),
    P.REFERRED: StateDef(
        _("referred"), _("A court or another organ is in charge."), _("We told you where it went."),
        Stage.ENDED,
    ),
    P.TERMINATED: StateDef(
        _("ended before an answer"), _("The handling has ended; the rule is named."),
        _("We told you which way is open to you."), Stage.ENDED,
    ),
    P.WITHDRAWN: StateDef(
        _("withdrawn"), _("You took it back."), _("You can bring it again at any time."), Stage.ENDED
    ),
}  # fmt: skip

CLOCKS = (
    ClockDef(
        "transfer", _("Pass on or accept"), "petition.transfer",
        frozenset({P.REGISTERED, P.OBJECTED}), roll_over=ROLLS,
    ),
    ClockDef(
        "notify", _("Tell the petitioner whether it is accepted"), "petition.notify",
        frozenset({P.TRANSFERRED, P.RECEIVED}), pauses=frozenset({P.OBJECTED}), roll_over=ROLLS, anew=True,
    ),
    ClockDef(
        "object", _("Time to object"), "petition.return", frozenset({P.TRANSFERRED}),
        escalate="settle_competence", anew=True,
    ),
    ClockDef(
        "handle", _("Answer in writing"), "petition.handle", frozenset({P.ACCEPTED}),
        roll_over=ROLLS, extend_most="petition.extend_max", extend_times="petition.extend_times",
    ),
    ClockDef(
        "review_request", _("Time to ask for a review"), "petition.review_request",
        frozenset({P.REPLIED}), escalate="stand",
    ),
    ClockDef(
        "settle", _("Time to ask for a review after it was done"), "petition.review_request",
        frozenset({P.DONE}), escalate="close",
    ),
)  # fmt: skip
# what may be done with an accusation: it goes to discipline inspection and nowhere else
FOR_ACCUSATIONS = frozenset({"refer", "withdraw", "note_withdrawal"})


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Check what the table cannot say. Refuses with OnlyReferred, Missing."""
    matter = held.standing.columns.get("matter")
    if matter == PetitionMatter.ACCUSATION and move.name not in FOR_ACCUSATIONS:
        raise OnlyReferred()
    if move.name == "transfer" and not wish.given.parts:
        raise Missing({"post": [_now("Choose the post that it goes to.")]})
    if move.name == "note_withdrawal":
        return told_why(wish)
    if move.name == "ask_review":
        must_come_with_review(wish)
    if move.name == "take_back" and wish.at is not None:
        given = replace(
            wish.given,
            parts=(*wish.given.parts, *let_go(held.standing, wish.at)),
            columns={**wish.given.columns, **columns_before(held.id)},
        )
        return replace(wish, given=given)
    return wish


PETITION = petition_kind(
    key="petition",
    title=_("Petition"),
    series="XF",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    timed_by="handle",
    comes_in=specs.PETITION,
    apply=apply,
)
