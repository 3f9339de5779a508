"""Review 复查 and re-examination 复核 of a petition's answer: cases of their own (AP-05).

Each hangs on what it looks at by `appeal_of`; when it is decided, the petition follows
(`services.reviewing`). The time of a hearing does not count.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.kinds.petitions import NOT_ACCEPTED, must_come_with_review, petition_kind
from linli.cases.types.kinds import Ask, By, CaseMove, ClockDef, ComesIn, Stage, StateDef
from linli.cases.types.moves import Held, Wish
from linli.kernel.states import Machine

WORK, SUPERVISE = permits.PETITION_WORK, permits.SUPERVISE


class Review(StrEnum):
    ASKED = "asked"
    HEARING = "hearing"
    UPHELD = "upheld"
    CHANGED = "changed"
    NOT_ACCEPTED = "not_accepted"
    RECHECK_ASKED = "recheck_asked"
    STANDS = "stands"


class Recheck(StrEnum):
    ASKED = "asked"
    HEARING = "hearing"
    UPHELD = "upheld"
    CHANGED = "changed"
    NOT_ACCEPTED = "not_accepted"


DECISION = ("refusal.review.decision",)
GROUNDS = ("refusal.review.late", "refusal.review.final", "refusal.petition.")


def _moves(state: Any) -> list[Any]:
    """What both stages have in common."""
    return [
        CaseMove(
            "hear", (state.ASKED,), state.HEARING, WORK, title=_("Hold a hearing"), asks=(Ask.PUBLIC,)
        ),
        CaseMove("heard", (state.HEARING,), state.ASKED, WORK, title=_("The hearing is over")),
        CaseMove(
            "uphold", (state.ASKED,), state.UPHELD, SUPERVISE,
            title=_("Uphold the answer"), asks=(Ask.BASIS, Ask.PUBLIC), grounds=DECISION,
            by_others=True,
        ),
        CaseMove(
            "change", (state.ASKED,), state.CHANGED, SUPERVISE,
            title=_("Change the answer: it is to be handled again"), asks=(Ask.BASIS, Ask.PUBLIC),
            grounds=DECISION, by_others=True,
        ),
        CaseMove(
            "not_accept", (state.ASKED,), state.NOT_ACCEPTED, WORK,
            title=_("Not accept, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC), grounds=GROUNDS,
            by_others=True,
        ),
    ]  # fmt: skip


def _states(state: Any) -> dict[str, StateDef]:
    return {
        state.ASKED: StateDef(
            _("to be decided"), _("Your request is being looked at."), _("You get a decision in writing.")
        ),
        state.HEARING: StateDef(
            _("hearing"), _("There is a hearing."), _("You are told when and where."),
            without_clock=_("The time of a hearing does not count."),
        ),
        state.UPHELD: StateDef(
            _("upheld"), _("The answer is upheld; the rule is named."), _("This was the last stage."),
            Stage.REFUSED,
        ),
        state.CHANGED: StateDef(
            _("answer changed"), _("The answer is changed."), _("Your petition is handled again."), Stage.ENDED
        ),
        state.NOT_ACCEPTED: NOT_ACCEPTED,
    }  # fmt: skip


def _decide(state: Any) -> ClockDef:
    return ClockDef(
        "decide", _("Decide on the request"), "petition.review_decide", frozenset({state.ASKED}),
        pauses=frozenset({state.HEARING}), roll_over="petition.roll_over_holiday",
    )  # fmt: skip


REVIEW_STATES = {
    **_states(Review),
    Review.UPHELD: StateDef(
        _("upheld"), _("The answer is upheld; the rule is named."),
        _("You may ask for a re-examination within the time named in the decision."), Stage.REFUSED,
    ),
    Review.RECHECK_ASKED: StateDef(
        _("re-examination asked"), _("The office above looks at it again."),
        _("That has its own number and day."), Stage.REFUSED,
    ),
    Review.STANDS: StateDef(
        _("the decision stands"), _("The decision stands."),
        _("Same facts and reasons are not taken up again."), Stage.REFUSED,
    ),
}  # fmt: skip
REVIEW_MOVES = [
    *_moves(Review),
    CaseMove(
        "ask_recheck", (Review.UPHELD,), Review.RECHECK_ASKED, WORK,
        title=_("The petitioner asks for a re-examination"), form="cases:petition_review",
    ),
    CaseMove("stand", (Review.UPHELD,), Review.STANDS, title=_("The decision stands"), by=By.SYSTEM),
]  # fmt: skip


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """A re-examination is asked for with its case. Refuses with Missing."""
    if move.name == "ask_recheck":
        must_come_with_review(wish)
    return wish


PETITION_REVIEW = petition_kind(
    key="petition_review",
    title=_("Review of a petition"),
    series="FC",
    machine=Machine(
        Review.ASKED,
        REVIEW_MOVES,
        ends={Review.CHANGED, Review.NOT_ACCEPTED, Review.RECHECK_ASKED, Review.STANDS},
    ),
    states=REVIEW_STATES,
    clocks=(
        _decide(Review),
        ClockDef(
            "recheck_request", _("Time to ask for a re-examination"), "petition.review_request",
            frozenset({Review.UPHELD}), escalate="stand",
        ),
    ),
    comes_in=ComesIn(_("When a petitioner asks for a review of the reply.")),
    apply=apply,
)  # fmt: skip
PETITION_RECHECK = petition_kind(
    key="petition_recheck",
    title=_("Re-examination of a petition"),
    series="FH",
    machine=Machine(
        Recheck.ASKED,
        _moves(Recheck),
        ends={Recheck.UPHELD, Recheck.CHANGED, Recheck.NOT_ACCEPTED},
    ),
    states=_states(Recheck),
    clocks=(_decide(Recheck),),
    comes_in=ComesIn(_("When a petitioner asks for a re-examination of the review.")),
)
