"""Complaints of owners: first to the property company, then the committee, then the town (task 11).

When the company does not deal with it in time, the committee's coordination begins by itself; when
that comes to nothing in time, the town's housing office has it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.forms import specs
from linli.cases.kinds import for_others
from linli.cases.kinds.matters import PROPERTY_MATTERS
from linli.cases.rules.following import OBJECT_END
from linli.cases.rules.ticking import cut
from linli.cases.types.kinds import FOR_GOOD, Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.moves import Held, Wish
from linli.cases.types.words import ClockState
from linli.kernel.permits import STAFF
from linli.kernel.states import Machine, Move


class Property(StrEnum):
    WITH_COMPANY = "with_company"
    COORDINATED = "coordinated"
    AT_TOWN = "at_town"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"
    REOPEN_ASKED = "reopen_asked"
    CLOSED = "closed"
    ANSWER_STANDS = "answer_stands"
    STANDS = "stands"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


P = Property
HANDLE, SUPERVISE = permits.HANDLE, permits.SUPERVISE
AT_WORK = (P.WITH_COMPANY, P.COORDINATED, P.AT_TOWN)

GROUNDS = ("refusal.property.", "refusal.report.")

MOVES: list[Move[Property]] = [
    CaseMove(
        "answer", AT_WORK, P.ANSWERED, HANDLE, title=_("Answer"), by=By.LEAD, asks=(Ask.PUBLIC,)
    ),
    CaseMove(
        "finish", (*AT_WORK, P.ANSWERED), P.DONE, HANDLE,
        title=_("Done, with evidence"), by=By.LEAD, asks=(Ask.PUBLIC, Ask.EVIDENCE),
    ),
    CaseMove("agree", (P.ANSWERED,), P.DONE, title=_("It is solved"), by=By.REPORTER),
    CaseMove(
        "take_over", (P.WITH_COMPANY,), P.COORDINATED,
        title=_("The company was late: the committee coordinates"), by=By.SYSTEM,
    ),
    CaseMove(
        "coordinate", (P.WITH_COMPANY,), P.COORDINATED, HANDLE,
        title=_("Coordinate now"), asks=(Ask.REASON,),
    ),
    CaseMove(
        "to_town", (P.COORDINATED,), P.AT_TOWN,
        title=_("Not settled in time: the town's housing office has it"), by=By.SYSTEM,
    ),
    CaseMove(
        "ask_town", (P.COORDINATED,), P.AT_TOWN, HANDLE,
        title=_("Hand it to the town's housing office"), asks=(Ask.REASON,),
    ),
    CaseMove(
        "refuse", AT_WORK, P.REFUSED, HANDLE,
        title=_("Refuse, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC),
        grounds=GROUNDS,
    ),
    CaseMove(
        "refer", AT_WORK, P.REFERRED, HANDLE,
        title=_("Refer to mediation, court or another office"), asks=(Ask.REASON, Ask.PUBLIC),
    ),
    CaseMove(
        "withdraw", (*AT_WORK, P.ANSWERED), P.WITHDRAWN, title=_("Withdraw"), by=By.REPORTER
    ),
    CaseMove("merge", AT_WORK, P.MERGED, HANDLE, title=_("Same as another")),
    CaseMove(
        "unmerge", (P.MERGED,), P.WITH_COMPANY, HANDLE, title=_("Not the same after all")
    ),
    CaseMove(
        "ask_reopen", (P.ANSWERED, P.DONE, P.REFUSED, P.REFERRED), P.REOPEN_ASKED,
        title=_("It is not solved"), by=By.REPORTER, asks=(Ask.REASON,),
    ),
    CaseMove(
        "reopen", (P.REOPEN_ASKED,), P.COORDINATED, SUPERVISE,
        title=_("Take it up again"), opens_cycle=True, by_others=True,
    ),
    CaseMove(
        "keep_closed", (P.REOPEN_ASKED,), P.STANDS, SUPERVISE,
        title=_("Leave it closed, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC),
        grounds=GROUNDS, by_others=True,
    ),
    CaseMove("close", (P.DONE,), P.CLOSED, title=_("Close"), by=By.SYSTEM),
    CaseMove(
        "let_stand", (P.ANSWERED,), P.ANSWER_STANDS, title=_("The answer stands"), by=By.SYSTEM
    ),
    CaseMove("stand", (P.REFUSED,), P.STANDS, title=_("The refusal stands"), by=By.SYSTEM),
]  # fmt: skip
MACHINE: Machine[Property] = Machine(
    P.WITH_COMPANY, MOVES, ends={P.CLOSED, P.ANSWER_STANDS, P.STANDS, P.WITHDRAWN}
)

STATES: dict[str, StateDef] = {
    P.WITH_COMPANY: StateDef(
        _("with the property company"), _("The property company has your complaint."),
        _("If it does nothing in time, the committee coordinates."),
    ),
    P.COORDINATED: StateDef(
        _("coordinated by the committee"), _("The committee talks with the company."),
        _("If that comes to nothing in time, the town's housing office has it."),
    ),
    P.AT_TOWN: StateDef(
        _("with the town's housing office"), _("The town's housing office has it."),
        _("You can look up what is new at any time."),
    ),
    P.ANSWERED: StateDef(
        _("answered, not done"), _("We have answered."), _("Tell us whether it is solved."),
        Stage.ANSWERED,
    ),
    P.DONE: StateDef(
        _("done and shown"), _("It is done."), _("Tell us if it is not solved."), Stage.SOLVED
    ),
    P.REFUSED: StateDef(
        _("refused by rule"), _("We may not do this; the rule is named."),
        _("Tell us if you see it otherwise."), Stage.REFUSED,
    ),
    P.REOPEN_ASKED: StateDef(
        _("reopening asked"), _("You said it is not solved."),
        _("A supervisor decides whether we take it up again."), others=for_others.REOPEN_ASKED,
    ),
    P.CLOSED: StateDef(
        _("closed for good"), _("This is closed."), _("For something new, write a new report."),
        Stage.SOLVED,
    ),
    P.ANSWER_STANDS: StateDef(
        _("the answer stands"), _("The answer stands."), _("For something new, write a new report."),
        Stage.ENDED,
    ),
    P.STANDS: StateDef(
        _("refusal stands"), _("We left it as it was; the rule is named."),
        _("You can turn to the office above."), Stage.REFUSED,
    ),
    P.REFERRED: StateDef(
        _("referred"), _("Another office is in charge."), _("We told you where it went. Tell us in time if you see it otherwise."), Stage.ENDED
    ),
    P.WITHDRAWN: StateDef(
        _("withdrawn"), _("You took it back."), _("You can report it again at any time."), Stage.ENDED,
        others=for_others.WITHDRAWN,
    ),
    P.MERGED: StateDef(
        _("same as another"), _("Others reported the same."), _("You see the news of both here."),
        Stage.ENDED,
    ),
}  # fmt: skip

CLOCKS = (
    ClockDef(
        "company", _("Company's answer"), "property.company", frozenset({P.WITH_COMPANY}),
        escalate="take_over",
    ),
    ClockDef(
        "coordinate", _("Committee's coordination"), "property.coordinate", frozenset({P.COORDINATED}),
        escalate="to_town",
    ),
    ClockDef("town", _("Town's housing office"), "property.town", frozenset({P.AT_TOWN})),
    ClockDef(
        "decide_reopen", _("Decide on reopening"), "report.reopen", frozenset({P.REOPEN_ASKED})
    ),
    ClockDef(
        "agree", _("Time to say that it is not solved"), "report.object", frozenset({P.ANSWERED}),
        escalate="let_stand",
    ),
    ClockDef("settle", _("Time to object"), "report.object", frozenset({P.DONE}), escalate="close"),
    ClockDef(
        "object", _("Time to object to a refusal"), "report.object", frozenset({P.REFUSED}),
        escalate="stand",
    ),
    ClockDef(
        OBJECT_END, _("Time to object to the end"), "report.object", frozenset({P.REFERRED}), lapses=True
    ),
)  # fmt: skip


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """The company is not in time by what the committee takes off it: it has answered nothing."""
    clock = held.standing.clocks.get((held.standing.cycle, "company"))
    if move.name != "coordinate" or clock is None or wish.at is None:
        return wish
    if clock.state != ClockState.RUNNING or wish.at >= clock.due_at:
        return wish
    unanswered = cut(clock, wish.at, move.name)
    return replace(wish, given=replace(wish.given, clocks=(*wish.given.clocks, unanswered)))


PROPERTY_COMPLAINT = CaseKind(
    key="property_complaint",
    version=2,
    title=_("Complaint about a property company"),
    series="WY",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    timed_by="company",
    sees=permits.SEE,
    opens=HANDLE,
    opens_at=frozenset({"village", "town"}),
    floor=STAFF,
    matters=PROPERTY_MATTERS,
    comes_in=specs.PROPERTY_COMPLAINT,
    apply=apply,
    keep=FOR_GOOD,
)
