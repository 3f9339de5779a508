"""When a venue is open, which times of a day can be booked, and what a booking costs. Pure.

Times of a day are whole minutes after midnight in the city's time; 1440 is the end of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from linli.activities.types.venues import DAY_MINUTES
from linli.kernel.clock import WorkCalendar
from linli.kernel.moments import clock_of
from linli.kernel.wholes import whole_number

SUNDAY, MONDAY, SATURDAY = 6, 0, 5
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Differing:
    """Days on which other hours hold; none at all where `span` is missing."""

    first_on: date
    last_on: date
    span: Span | None


@dataclass(frozen=True, slots=True)
class Terms:
    """How a venue may be booked: pieces of time, the longest booking, how early and how late."""

    step: int
    most: int
    ahead_days: int
    notice: int


def weekday_of(on: date, calendar: WorkCalendar | None) -> int:
    """Return whose weekday's hours hold: a day off is kept like a Sunday, a make-up day like a Monday.

    Without a calendar, or where it is not published yet, the day of the week decides alone.
    """
    if calendar is None or not calendar.is_published(on):
        return on.weekday()
    is_work = calendar.is_work(on)
    if on.weekday() < SATURDAY:
        return on.weekday() if is_work else SUNDAY
    return MONDAY if is_work else on.weekday()


def open_spans(
    on: date,
    week: Iterable[tuple[int, int, int]],
    differing: Iterable[Differing],
    calendar: WorkCalendar | None = None,
) -> list[Span]:
    """Return when a venue is open on a day, in order. The last entered differing days win."""
    found = [one for one in differing if one.first_on <= on <= one.last_on]
    if found:
        span = found[-1].span
        return [span] if span else []
    day = weekday_of(on, calendar)
    return sorted((opens, closes) for weekday, opens, closes in week if weekday == day)


def pieces(spans: Iterable[Span], step: int) -> list[Span]:
    """Cut open spans into bookable pieces; what is left at the end of a span is no piece."""
    return [
        (start, start + step)
        for opens, closes in spans
        for start in range(opens, closes - step + 1, step)
    ]


def at_minute(on: date, minute: int, zone: tzinfo) -> datetime:
    """Return the moment of a minute of a day."""
    return datetime.combine(on, time(), zone) + timedelta(minutes=minute)


def fits(spans: Iterable[Span], start: int, end: int, step: int) -> bool:
    """Say whether a time is made of whole pieces of one open span."""
    return any(
        opens <= start < end <= closes and (start - opens) % step == 0 and (end - start) % step == 0
        for opens, closes in spans
    )


def overlaps(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Say whether two times share a moment; one that ends when the other begins does not."""
    return one[0] < other[1] and other[0] < one[1]


def piece_state(
    span: tuple[datetime, datetime],
    taken: Sequence[tuple[datetime, datetime]],
    *,
    now: datetime,
    terms: Terms,
    today: date,
) -> str:
    """Return free, taken, past, late (too short before) or far (too long before)."""
    if span[0] <= now:
        return "past"
    if any(overlaps(span, other) for other in taken):
        return "taken"
    if span[0] < now + timedelta(minutes=terms.notice):
        return "late"
    return "far" if (span[0].date() - today).days > terms.ahead_days else "free"


def fault_of_time(
    minutes: tuple[int, int],
    on: date,
    spans: Sequence[Span],
    terms: Terms,
    *,
    until: tuple[int, int],
) -> str:
    """Return why a time cannot be booked, or nothing.

    `minutes` are start and end on the day, `until` the days and minutes from now to the start.
    Answers: order, past, late, far, long, closed.
    """
    start, end = minutes
    days, left = until
    if end <= start:
        return "order"
    if left <= 0:
        return "past"
    if left < terms.notice:
        return "late"
    if days > terms.ahead_days:
        return "far"
    if end - start > terms.most:
        return "long"
    return "" if fits(spans, start, end, terms.step) else "closed"


def fee_of(minutes: int, hour_fen: int) -> int:
    """Return what a time costs, in fen; a part of a fen is left to the booker."""
    return minutes * hour_fen // 60


def fault_of_week(hours: Sequence[tuple[int, int, int]], step: int) -> str:
    """Return what is wrong with a weekly opening: order, short, overlap, or nothing."""
    for weekday, opens, closes in hours:
        if not (0 <= weekday <= SUNDAY and 0 <= opens < closes <= DAY_MINUTES):
            return "order"
        if closes - opens < step:
            return "short"
    for weekday in {one[0] for one in hours}:
        spans = sorted((o, c) for w, o, c in hours if w == weekday)
        if any(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:], strict=False)):
            return "overlap"
    return ""


# how people part and join hours: 8：00至12：00；14:00~21:30
SIGNS = str.maketrans(
    {**dict.fromkeys("，、;；", ","), "：": ":", **dict.fromkeys("－–—~～至到", "-")}
)


def read_spans(text: str) -> list[Span] | None:
    """Read "8:00-12:00, 14:00-21:30" as minutes; nothing typed is closed, None cannot be read."""
    spans = []
    for part in text.translate(SIGNS).split(","):
        if not part.strip():
            continue
        ends = [read_minute(one) for one in part.split("-") if one.strip()]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[1] <= ends[0]:
            return None
        spans.append((ends[0], ends[1]))
    return sorted(spans)


def read_minute(text: str) -> int | None:
    """Read "8", "8:30" or "24:00" as minutes after midnight, or None."""
    hour, _colon, minute = text.strip().partition(":")
    hours, minutes = whole_number(hour, most=24), whole_number(minute or "00", most=59)
    if hours is None or minutes is None or (minute and len(minute) != 2):
        return None
    value = hours * 60 + minutes
    return value if value <= DAY_MINUTES else None


def write_spans(spans: Iterable[Span]) -> str:
    """Write open spans as they are typed."""
    return ", ".join(f"{clock_of(opens)}-{clock_of(closes)}" for opens, closes in spans)


def use_share(booked: int, opened: int) -> int | None:
    """Return booked minutes in a hundred open ones, or None where nothing was open."""
    return booked * 100 // opened if opened else None
