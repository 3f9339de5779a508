"""Reports: what residents ask for, complain of, point out, suggest or praise (12345, 6.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.kinds import for_others
from linli.cases.queries.heard import instead
from linli.cases.rules.following import OBJECT_END
from linli.cases.types.kinds import (
    FOR_GOOD,
    Ask,
    By,
    CaseKind,
    CaseMove,
    ClockDef,
    ComesIn,
    Stage,
    StateDef,
)
from linli.cases.types.words import Matter
from linli.kernel.states import Machine, Move


class Report(StrEnum):
    FILED = "filed"
    AT_WORK = "at_work"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"
    REOPEN_ASKED = "reopen_asked"
    CLOSED = "closed"
    STANDS = "stands"
    BEYOND = "beyond"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    LAPSED = "lapsed"


MATTERS: dict[str, Any] = {
    Matter.INQUIRY: _("Inquiry"),
    Matter.HELP: _("Request for help"),
    Matter.COMPLAINT: _("Complaint"),
    Matter.TIP: _("Tip-off"),
    Matter.SUGGESTION: _("Suggestion"),
    Matter.PRAISE: _("Praise"),
}
R = Report
HANDLE, SUPERVISE = permits.HANDLE, permits.SUPERVISE
WORKED_ON = (R.FILED, R.AT_WORK, R.ANSWERED)
# ended without doing what was asked and without a rule against it: she may object to that in time
WITHOUT_RESULT = (R.BEYOND, R.REFERRED)

MOVES: list[Move[Report]] = [
    CaseMove("accept", (R.FILED,), R.AT_WORK, HANDLE, title=_("Accept the case")),
    CaseMove(
        "answer", (R.AT_WORK,), R.ANSWERED, HANDLE,
        title=_("Answer"), by=By.LEAD, asks=(Ask.PUBLIC,),
    ),
    CaseMove(
        "finish", (R.AT_WORK, R.ANSWERED), R.DONE, HANDLE,
        title=_("Done, with evidence"), by=By.LEAD, asks=(Ask.PUBLIC, Ask.EVIDENCE),
    ),
    CaseMove(
        "ask_back", (R.AT_WORK,), R.ASKED_BACK, HANDLE,
        title=_("Ask the reporter"), by=By.LEAD, asks=(Ask.PUBLIC,),
    ),
    CaseMove("add", (R.ASKED_BACK,), R.AT_WORK, title=_("Add what was asked"), by=By.REPORTER),
    CaseMove("resume", (R.ASKED_BACK,), R.AT_WORK, HANDLE, title=_("Go on without it")),
    CaseMove("agree", (R.ANSWERED,), R.DONE, title=_("It is solved"), by=By.REPORTER),
    CaseMove(
        "refuse", (R.FILED, R.AT_WORK), R.REFUSED, HANDLE,
        title=_("Refuse, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC), grounds=("refusal.report.",),
    ),
    CaseMove(
        "beyond", (R.AT_WORK, R.ANSWERED), R.BEYOND, SUPERVISE,
        title=_("Beyond what we can do"), asks=(Ask.REASON, Ask.PUBLIC), by_others=True,
    ),
    CaseMove(
        "refer", (R.FILED, R.AT_WORK), R.REFERRED, HANDLE,
        title=_("Refer to the office that is in charge"), asks=(Ask.REASON, Ask.PUBLIC),
    ),
    CaseMove(
        "withdraw", (*WORKED_ON, R.ASKED_BACK), R.WITHDRAWN,
        title=_("Withdraw"), by=By.REPORTER,
    ),
    CaseMove("merge", (R.FILED, R.AT_WORK), R.MERGED, HANDLE, title=_("Same as another")),
    CaseMove("unmerge", (R.MERGED,), R.FILED, HANDLE, title=_("Not the same after all")),
    CaseMove("lapse", (R.ASKED_BACK,), R.LAPSED, title=_("No answer came"), by=By.SYSTEM),
    CaseMove(
        "ask_reopen", (R.ANSWERED, R.DONE, R.REFUSED, *WITHOUT_RESULT), R.REOPEN_ASKED,
        title=_("It is not solved"), by=By.REPORTER, asks=(Ask.REASON,),
    ),
    CaseMove(
        "reopen", (R.REOPEN_ASKED,), R.AT_WORK, SUPERVISE,
        title=_("Take it up again"), opens_cycle=True, by_others=True,
    ),
    CaseMove("keep_closed", (R.REOPEN_ASKED,), R.STANDS, SUPERVISE,
        title=_("Leave it closed, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC),
        grounds=("refusal.report.",), by_others=True,
    ),
    CaseMove("close", (R.DONE,), R.CLOSED, title=_("Close"), by=By.SYSTEM),
    CaseMove("stand", (R.REFUSED,), R.STANDS, title=_("The refusal stands"), by=By.SYSTEM),
]  # fmt: skip
MACHINE: Machine[Report] = Machine(R.FILED, MOVES, ends={R.CLOSED, R.STANDS, R.WITHDRAWN, R.LAPSED})

STATES: dict[str, StateDef] = {
    R.FILED: StateDef(
        _("to be accepted"), _("We have your report."), _("The office reads it and accepts it.")
    ),
    R.AT_WORK: StateDef(
        _("being handled"), _("Somebody is working on it."), _("You can look up what is new at any time."),
        unled=StateDef(
            _("accepted, nobody has it yet"), _("We have accepted your report."),
            _("A post was asked to handle it and answers in time."),
        ),
    ),
    R.ASKED_BACK: StateDef(
        _("waits for the reporter"), _("We need something from you."), _("Add it here; time stands still."),
        others=for_others.ASKED_BACK,
    ),
    R.ANSWERED: StateDef(
        _("answered, not done"), _("We have answered."), _("It stays open until it is done."),
        Stage.ANSWERED,
    ),
    R.DONE: StateDef(
        _("done and shown"), _("It is done."), _("Tell us if it is not solved."), Stage.SOLVED
    ),
    R.REFUSED: StateDef(
        _("refused by rule"), _("We may not do this; the rule is named."), _("Tell us if you see it otherwise."),
        Stage.REFUSED,
    ),
    R.REOPEN_ASKED: StateDef(
        _("reopening asked"), _("You said it is not solved."), _("A supervisor decides whether we take it up again."),
        others=for_others.REOPEN_ASKED,
    ),
    R.CLOSED: StateDef(
        _("closed for good"), _("This is closed."), _("For something new, write a new report."), Stage.SOLVED
    ),
    R.STANDS: StateDef(
        _("refusal stands"), _("We left it as it was; the rule is named."),
        _("You can turn to the office above."), Stage.REFUSED,
    ),
    R.BEYOND: StateDef(
        _("beyond our power"), _("This is beyond what we can do."), _("We told you who may help. Tell us in time if you see it otherwise."),
        Stage.ENDED,
    ),
    R.REFERRED: StateDef(
        _("referred"), _("Another office is in charge."), _("We told you where it went. Tell us in time if you see it otherwise."),
        Stage.ENDED,
    ),
    R.WITHDRAWN: StateDef(
        _("withdrawn"), _("You took it back."), _("You can report it again at any time."), Stage.ENDED,
        others=for_others.WITHDRAWN,
    ),
    R.MERGED: StateDef(
        _("same as another"), _("Others reported the same."), _("You see the news of both here."),
        Stage.ENDED,
    ),
    R.LAPSED: StateDef(
        _("ended without an answer"), _("We did not hear from you."), _("You can report it again at any time."),
        Stage.ENDED, others=for_others.LAPSED,
    ),
}  # fmt: skip

CLOCKS = (
    ClockDef("accept", _("Accept the case"), "report.accept", frozenset({R.FILED})),
    ClockDef(
        "solve",
        _("Solve"),
        "hotline.ordinary",
        frozenset({R.FILED, R.AT_WORK, R.ANSWERED}),
        pauses=frozenset({R.ASKED_BACK}),
        terms=((Matter.INQUIRY, "hotline.advice"),),
        extend_most="report.extend_max",
        extend_times="report.extend_times",
    ),
    ClockDef("reply", _("Reporter's reply"), "report.reply", frozenset({R.ASKED_BACK}), escalate="lapse"),
    ClockDef("decide_reopen", _("Decide on reopening"), "report.reopen", frozenset({R.REOPEN_ASKED})),
    ClockDef("settle", _("Time to object"), "report.object", frozenset({R.DONE}), escalate="close"),
    ClockDef(
        "object", _("Time to object to a refusal"), "report.object", frozenset({R.REFUSED}),
        escalate="stand",
    ),
    ClockDef(OBJECT_END, _("Time to object to the end"), "report.object", frozenset(WITHOUT_RESULT), lapses=True),
)  # fmt: skip


REPORT = CaseKind(
    key="report",
    version=2,
    is_routed=True,
    timed_by="solve",
    title=_("Report of a resident"),
    series="JB",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    sees=permits.SEE,
    opens=None,
    opens_at=frozenset({"village", "town", "city"}),
    may_be_released=True,
    matters=MATTERS,
    comes_in=ComesIn(
        _("By page, code on the spot, counter, telephone or another system; no account is needed."),
        "cases:report",
    ),
    keep=FOR_GOOD,
    instead=instead,
)
