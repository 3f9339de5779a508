"""By when something is promised: of a report before it is sent, and of a case for who follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.cases.models import Case, CaseClock, PublicWords
from linli.cases.queries.ground import fresh_clock, ground
from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.clocks import last_day
from linli.cases.rules.ticking import recounted
from linli.cases.types.kinds import CaseKind, ClockDef, Stage
from linli.cases.types.shapes import NEVER
from linli.cases.types.words import GOING, ClockState
from linli.ui.formats import is_chinese

# of a report the day on which it is settled is promised, whatever else is due before
OF_REPORT = "solve"


@dataclass(frozen=True, slots=True)
class Promise:
    """Until when it is to be done; `is_extended` if it was once longer than at first.

    `what` says what is done by then, where that is not the settling of a report.
    """

    due_at: datetime | None = None
    is_late: bool = False
    is_paused: bool = False
    is_extended: bool = False
    is_provisional: bool = False
    what: Any = ""

    @property
    def last_day(self) -> date | None:
        """The last day on which it is still in time."""
        return last_day(self.due_at) if self.due_at else None


@dataclass(frozen=True, slots=True)
class OwnTime:
    """What the reporter herself may or must do until a day, such as asking for a review.

    `label` names the day where the office waits for her; nothing where she only may.
    """

    what: Any
    last_day: date
    label: Any = ""
    is_provisional: bool = False


def promise_of(case: Case, kind: CaseKind, clocks: Mapping[str, CaseClock]) -> Promise:
    """Return what is promised to whoever follows a case; of one that is over, nothing.

    A report has its own clock, also once it was settled. Of any other kind, and while a supervisor
    decides, it is what the office has to do in the state in which the case is; of several such
    terms the longest, as the shorter ones are among offices. What she has to do is no promise.
    """
    if not case.is_open:
        return Promise()
    own = clocks.get(OF_REPORT)
    if own is None or own.state not in GOING:
        running = _running(case, kind, clocks) if kind.stage(case.state) is Stage.OPEN else []
        found = [one for one in running if not one[0].hers]
        longest = max(found, key=lambda one: one[1].due_at, default=None)
        if longest is not None:
            return _promise(longest[1], longest[0].title)
    return _promise(own) if own is not None else Promise()


def promise_by(case: Case, key: str) -> Promise:
    """Return by when a clock of a case that is open ends; nothing where it has not begun or is over."""
    clock = (
        CaseClock.objects.filter(case_id=case.pk, key=key, state__in=GOING).order_by("-pk").first()
    )
    return _promise(clock) if case.is_open and clock is not None else Promise()


def own_time_of(case: Case, kind: CaseKind, clocks: Mapping[str, CaseClock]) -> OwnTime | None:
    """Until when the reporter has to bring something, may answer, or object to what was answered, done or refused."""
    running = _running(case, kind, clocks)
    found = [one for one in running if one[0].hers]
    may_act = kind.stage(case.state) is not Stage.OPEN or promise_of(case, kind, clocks).is_paused
    if not found and may_act:
        found = [one for one in running if one[0].key != OF_REPORT]
    if not found:
        return None
    kept, clock = found[0]
    return OwnTime(kept.title, clock.last_day, kept.hers, clock.is_provisional)


def own_day(case_id: int, key: str) -> date | None:
    """Return the last day of a clock of the reporter's that runs now, or None."""
    found = CaseClock.objects.filter(case_id=case_id, key=key, state=ClockState.RUNNING)
    clock = found.order_by("-pk").first()
    return clock.last_day if clock is not None else None


def begun_at(case_id: int, key: str) -> datetime | None:
    """Return since when a clock of a case runs or stands still, or None where it does neither."""
    found = CaseClock.objects.filter(case_id=case_id, key=key, state__in=GOING).order_by("-pk")
    return found.values_list("started_at", flat=True).first()


def _running(
    case: Case, kind: CaseKind, clocks: Mapping[str, CaseClock]
) -> list[tuple[ClockDef, CaseClock]]:
    """Return the kind's clocks that run in the state of the case, each with what is kept of it."""
    return [
        (one, clock)
        for one in kind.clocks
        if case.state in one.runs
        and (clock := clocks.get(one.key)) is not None
        and clock.state == ClockState.RUNNING
    ]


def _promise(clock: CaseClock, what: Any = "") -> Promise:
    return Promise(
        due_at=None if clock.due_at == NEVER else clock.due_at,
        # what was late and is done is late no more
        is_late=clock.is_overdue and clock.state in GOING,
        is_paused=clock.state == ClockState.PAUSED,
        is_extended=bool(clock.extensions),
        is_provisional=clock.is_provisional,
        what=what,
    )


def promised_words(case_id: int) -> str:
    """Return what the category promised when the case was reported, in the reader's language."""
    found = PublicWords.objects.filter(case_id=case_id, event__seq=1).values_list("said", flat=True)
    told = (found.first() or {}).get("promise") or {}
    zh, en = str(told.get("zh", "")), str(told.get("en", ""))
    return zh if is_chinese() or not en else en


def promised(path: str, now: datetime, *, matter: str = "help") -> dict[str, date]:
    """Return the last days of the clocks that begin with a report at a place."""
    kind = newest_kind("report")
    found = {}
    for definition in kind.clocks:
        if kind.start in definition.runs:
            begun = fresh_clock(definition, matter=matter, path=path, at=now, cycle=1)
            due_at = recounted(begun, ground(), warn=definition.warn).due_at
            found[definition.key] = last_day(due_at)
    return found
