"""Which times a window has on a day: from its weekly hours, the working days of the year, and the day's changes.

On a day off of the published calendar a window is shut. A make-up working day on a Saturday has the hours of
Friday, on a Sunday those of Monday, the working days beside it (TIM-05), unless the window has hours of its own
for that weekday. Nothing is stored for a time that nobody booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from linli.kernel.clock import WorkCalendar
from linli.offerings.types.visits import DayChange, Kept, Slot, Span

MIDNIGHT, MOST_STEP, LEAST_STEP = 24 * 60, 240, 5
FRIDAY, SATURDAY, SUNDAY, MONDAY = 4, 5, 6, 0


def spans_on(spans: Iterable[Span], on: date, calendar: WorkCalendar) -> list[Span]:
    """Return the hours that hold on a day, before what is different on that day alone."""
    held = [
        one
        for one in spans
        if (one.since is None or one.since <= on) and (one.until is None or on < one.until)
    ]
    weekday = on.weekday()
    own = [one for one in held if one.weekday == weekday]
    if weekday > FRIDAY and not own and calendar.is_work(on):
        beside = FRIDAY if weekday == SATURDAY else MONDAY
        own = [one for one in held if one.weekday == beside]
    elif weekday <= FRIDAY and not calendar.is_work(on):
        own = []
    return sorted(own, key=lambda one: one.opens)


def slots_on(
    spans: Iterable[Span], changes: Iterable[DayChange], on: date, calendar: WorkCalendar
) -> list[Slot]:
    """Return the times of a window on a day, earliest first; none overlaps another."""
    today = [one for one in changes if one.on == on]
    found: list[Slot] = []
    for span in spans_on(spans, on, calendar):
        found += _cut(span)
    for change in today:
        if change.is_open:
            extra = _cut(Span(on.weekday(), change.opens, change.closes, change.step))
            found += [one for one in extra if not _meets_any(one, found)]
    closed = [Slot(one.opens, one.closes) for one in today if not one.is_open]
    return sorted((one for one in found if not _meets_any(one, closed)), key=lambda one: one.opens)


def ended(
    spans: Iterable[Span], changes: Iterable[DayChange], on: date | None
) -> tuple[tuple[Span, ...], tuple[DayChange, ...]]:
    """Return hours and changes of a window as far as its centre lasts: from the day of its end on there is nothing."""
    if on is None:
        return tuple(spans), tuple(changes)
    return (
        tuple(replace(one, until=min(one.until or on, on)) for one in spans),
        tuple(one for one in changes if one.on < on),
    )


def closed_by(changes: Iterable[DayChange], on: date) -> DayChange | None:
    """Return what closes a day, the longest closing first; None if nothing does."""
    found = [one for one in changes if one.on == on and not one.is_open]
    return max(found, key=lambda one: one.closes - one.opens, default=None)


def kept_for(number: int, of: int, phone: int, counter: int) -> Kept:
    """Say for whom the time `number` (from 0) of `of` is kept: the kept ones are spread over the opening."""
    if of <= 0 or phone + counter <= 0:
        return Kept.ALL
    kept = min(phone + counter, of)
    before, after = number * kept // of, (number + 1) * kept // of
    if before == after:
        return Kept.ALL
    # of the kept ones, those for callers are spread as well
    share = min(phone, kept)
    return Kept.PHONE if before * share // kept != (before + 1) * share // kept else Kept.COUNTER


def faults_of(spans: Sequence[Span]) -> list[tuple[int, str]]:
    """Return what is wrong with weekly hours as (number of the span, what): order, step, overlap, quota."""
    faults = []
    for number, one in enumerate(spans):
        if not 0 <= one.opens < one.closes <= MIDNIGHT:
            faults.append((number, "order"))
        elif not LEAST_STEP <= one.step <= MOST_STEP or one.step > one.closes - one.opens:
            faults.append((number, "step"))
        elif one.kept_phone + one.kept_counter > (one.closes - one.opens) // one.step:
            faults.append((number, "kept"))
        elif any(_overlap(one, other) for other in spans[:number]):
            faults.append((number, "overlap"))
    return faults


def _cut(span: Span) -> list[Slot]:
    count = max(0, (span.closes - span.opens) // span.step) if span.step > 0 else 0
    return [
        Slot(
            span.opens + number * span.step,
            span.opens + (number + 1) * span.step,
            kept_for(number, count, span.kept_phone, span.kept_counter),
        )
        for number in range(count)
    ]


def _meets_any(slot: Slot, others: Iterable[Slot]) -> bool:
    return any(slot.opens < one.closes and one.opens < slot.closes for one in others)


def _overlap(one: Span, other: Span) -> bool:
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes
