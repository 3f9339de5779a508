"""Events of the grid: seen in a cell, verified, filed, disposed of, checked (GB/T 30428; GR-01 to GR-03)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases import permits as cases
from linli.cases.types import Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.kinds import FOR_GOOD, ComesIn
from linli.grid import permits
from linli.grid.kinds.limits import with_term
from linli.grid.types import EVENT, MATTER_TITLES, Matter
from linli.kernel.permits import STAFF
from linli.kernel.states import Machine


class Event(StrEnum):
    REPORTED = "reported"
    VERIFIED = "verified"
    FILED = "filed"
    AT_WORK = "at_work"
    REWORK = "rework"
    SUSPENDED = "suspended"
    DISPOSED = "disposed"
    CLOSED = "closed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    MERGED = "merged"


E = Event
WORK, CHECK, HANDLE = permits.WORK, permits.CHECK, cases.HANDLE
BEFORE_WORK = (E.REPORTED, E.VERIFIED, E.FILED)
# who settled or disposed of it does not judge it, and who has it does not stop its time
DONE_BY, HELD_BY = ("settle", "dispose"), ("take", "settle", "start", "dispose")

MACHINE: Machine[Event] = Machine(
    E.REPORTED,
    [
        CaseMove("verify", (E.REPORTED,), E.VERIFIED, WORK, title=_("It is as reported")),
        CaseMove("file", (E.VERIFIED,), E.FILED, HANDLE, title=_("File it as a case")),
        CaseMove("start", (E.FILED,), E.AT_WORK, HANDLE, title=_("Begin"), by=By.LEAD),
        CaseMove(
            "settle", (E.REPORTED, E.VERIFIED), E.DISPOSED, WORK,
            title=_("Settled on the spot"), asks=(Ask.EVIDENCE,),
        ),
        CaseMove(
            "dispose", (E.AT_WORK, E.REWORK), E.DISPOSED, HANDLE,
            title=_("It is disposed of"), by=By.LEAD, asks=(Ask.EVIDENCE,),
        ),
        CaseMove(
            "pass_check", (E.DISPOSED,), E.CLOSED, CHECK,
            title=_("Checked, it is in order"), asks=(Ask.EVIDENCE,), apart_from=DONE_BY,
        ),
        CaseMove(
            "rework", (E.DISPOSED,), E.REWORK, CHECK,
            title=_("Checked, once more"), asks=(Ask.REASON,), apart_from=DONE_BY,
        ),
        CaseMove(
            "suspend", (E.FILED, E.AT_WORK, E.REWORK), E.SUSPENDED, cases.SUPERVISE,
            title=_("Suspend, with the reason"), asks=(Ask.REASON,), apart_from=HELD_BY,
        ),
        CaseMove("resume", (E.SUSPENDED,), E.AT_WORK, cases.SUPERVISE, title=_("Go on")),
        CaseMove(
            "reject", (E.REPORTED, E.VERIFIED), E.REJECTED, HANDLE,
            title=_("No case for the grid, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC),
            grounds=("refusal.grid.", "refusal.report."),
        ),
        CaseMove(
            "cancel", BEFORE_WORK, E.CANCELLED, HANDLE,
            title=_("Entered by mistake"), asks=(Ask.REASON,),
        ),
        CaseMove("merge", BEFORE_WORK, E.MERGED, HANDLE, title=_("Same as another")),
        CaseMove("unmerge", (E.MERGED,), E.REPORTED, HANDLE, title=_("Not the same after all")),
    ],
    ends={E.CLOSED, E.REJECTED, E.CANCELLED},
)  # fmt: skip

NEXT = _("Somebody looks at it on the spot.")
STATES: dict[str, StateDef] = {
    E.REPORTED: StateDef(_("to be verified"), _("It was seen and reported."), NEXT),
    E.VERIFIED: StateDef(_("to be filed"), _("It is as reported."), _("It is filed with a number and a term.")),
    E.FILED: StateDef(_("to be begun"), _("It has a number and a term."), _("A post begins with it.")),
    E.AT_WORK: StateDef(_("being disposed of"), _("Somebody is working on it."), _("Then it is checked.")),
    E.REWORK: StateDef(_("once more"), _("The check was not passed."), _("It is done once more, then checked.")),
    E.SUSPENDED: StateDef(
        _("suspended"), _("It cannot go on at the moment; the reason is recorded."),
        _("Time stands still for some days at most, then it goes on by itself."),
    ),
    E.DISPOSED: StateDef(
        _("to be inspected"), _("It is disposed of."), _("Somebody checks it on the spot."), Stage.ANSWERED
    ),
    E.CLOSED: StateDef(_("closed"), _("It was checked and is in order."), _("For something new, report it again."), Stage.SOLVED),
    E.REJECTED: StateDef(
        _("no case for the grid"), _("The grid may not do this; the rule is named."), _("We told who may help."),
        Stage.REFUSED,
    ),
    E.CANCELLED: StateDef(
        _("entered by mistake"), _("It was entered by mistake."), _("Nothing more happens here."), Stage.ENDED
    ),
    E.MERGED: StateDef(
        _("same as another"), _("Others reported the same."), _("You see the news of both here."), Stage.ENDED
    ),
}  # fmt: skip

DISPOSE = ClockDef(
    "dispose",
    _("Dispose of it"),
    "grid.dispose",
    frozenset({E.FILED, E.AT_WORK, E.REWORK}),
    pauses=frozenset({E.SUSPENDED}),
    terms=tuple(
        (matter, f"grid.dispose.{matter}")
        for matter in (Matter.SAFETY, Matter.RUBBISH, Matter.FACILITY, Matter.ROAD)
    ),
    extend_most="grid.extend_max",
    extend_times="grid.extend_times",
)
# nobody has to remember it: after its days the event goes on, and so does its time
SUSPENSION = ClockDef(
    "suspension", _("Go on"), "grid.suspend", frozenset({E.SUSPENDED}), escalate="resume", anew=True
)
EARLIER = (
    ClockDef("verify", _("Verify"), "grid.verify", frozenset({E.REPORTED})),
    ClockDef("file", _("File it as a case"), "grid.file", frozenset({E.VERIFIED})),
    ClockDef("begin", _("Begin"), "grid.dispatch", frozenset({E.FILED})),
    DISPOSE,
    ClockDef(
        "check", pgettext_lazy("event of the grid", "Check"), "grid.check", frozenset({E.DISPOSED})
    ),
)

GRID_EVENT = CaseKind(
    key=EVENT,
    version=2,
    is_routed=True,
    title=_("Event in the grid"),
    series="WG",
    machine=MACHINE,
    states=STATES,
    clocks=(*EARLIER, SUSPENSION),
    sees=cases.SEE,
    opens=permits.WORK,
    opens_at=frozenset({"village"}),
    floor=STAFF,
    matters=MATTER_TITLES,
    has_categories=False,
    comes_in=ComesIn(_("Whoever works in the grid reports what is seen in a cell."), "grid:report"),
    keep=FOR_GOOD,
    # filed as a sub-class it has the term of that
    apply=partial(with_term, DISPOSE),
)
# events from before a suspension had an end
SUSPENDED_1 = replace(
    STATES[E.SUSPENDED], next=_("Time stands still until it goes on."),
    without_clock=_("It was begun when a suspension had no end yet."),
)  # fmt: skip
GRID_EVENT_1 = replace(
    GRID_EVENT, version=1, clocks=EARLIER, states={**STATES, E.SUSPENDED: SUSPENDED_1}
)
