"""What the office sees of venues: a day side by side, a list with filters, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from linli.activities import permits
from linli.activities.models import Booking, Venue
from linli.activities.queries.bookings import day_bookings, minutes_of, visible_bookings
from linli.activities.queries.fees import with_fee
from linli.activities.queries.venues import BY_PLACE, kept_venues, schedule_of
from linli.activities.rules import venues as rules
from linli.activities.types.venues import DAY_MINUTES, BookingState
from linli.kernel.moments import clock_of
from linli.kernel.permits import Actor, require_somewhere

SERVING = (permits.BOOKINGS, permits.VENUES)
MOST_CHOICES = 200
# a day on the desk is drawn in pieces of half an hour
PIECE = 30


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a day of a venue, in pieces: closed, free, or a booking."""

    start: int
    pieces: int
    state: str
    booking: Booking | None = None

    @property
    def words(self) -> str:
        return clock_of(self.start)


@dataclass(frozen=True, slots=True)
class Lane:
    """A venue on a day, or a day of a venue, as blocks one after another."""

    venue: Venue
    on: date
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Board:
    """Lanes under the same hours, from the earliest opening to the latest closing of all."""

    hours: list[int]
    lanes: list[Lane]


def must_serve(actor: Actor) -> None:
    """Refuse with NotAllowed who neither keeps venues nor decides bookings anywhere."""
    require_somewhere(actor, *SERVING)


def month_of(text: str) -> tuple[date, date]:
    """Return the first and last day of a month like 2026-11, of this one without or with a damaged one."""
    try:
        first = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        first = timezone.localdate().replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def venues_in_use(actor: Actor, path: str = "") -> QuerySet[Venue]:
    """Return the venues that the actor works with, at a place and below."""
    found = kept_venues(actor).filter(ended_on__isnull=True, path__startswith=path)
    return found.order_by(*BY_PLACE.columns)


def venues_to_choose(actor: Actor, path: str = "") -> tuple[list[Venue], bool]:
    """Return the venues among which one is chosen, and whether there are so many that a place comes first."""
    found = list(venues_in_use(actor, path)[: MOST_CHOICES + 1])
    return found[:MOST_CHOICES], len(found) > MOST_CHOICES


def board_of(venues: Sequence[Venue], days: Sequence[date]) -> Board:
    """Return venues on days, each in a lane; three reads however many there are."""
    if not venues or not days:
        return Board([], [])
    schedule = schedule_of(venues, days[0], days[-1])
    rows: dict[tuple[int, date], list[Booking]] = {}
    for one in day_bookings([venue.pk for venue in venues], days[0], days[-1]):
        rows.setdefault((one.venue_id, timezone.localdate(one.starts_at)), []).append(one)
    plans = [
        (venue, on, schedule.spans(venue, on), rows.get((venue.pk, on), []))
        for venue in venues
        for on in days
    ]
    first, last = _edges(plans)
    lanes = [Lane(v, on, _blocks(spans, found, first, last)) for v, on, spans, found in plans]
    return Board(list(range(first, last, 60)), lanes)


def _edges(plans: Sequence[tuple[Venue, date, list[rules.Span], list[Booking]]]) -> tuple[int, int]:
    """Return the whole hours that hold all openings and bookings."""
    edges = [edge for _v, _on, spans, _found in plans for span in spans for edge in span]
    edges += [edge for _v, _on, _spans, found in plans for one in found for edge in minutes_of(one)]
    if not edges:
        return 8 * 60, 22 * 60
    return min(edges) // 60 * 60, min(-(-max(edges) // 60) * 60, DAY_MINUTES)


def _blocks(spans: list[rules.Span], found: list[Booking], first: int, last: int) -> list[Block]:
    """Return a day as blocks without a gap; a booking covers what is open below it."""
    marks: list[tuple[int, int, str, Booking | None]] = []
    for one in found:
        begin, end = minutes_of(one)
        marks.append((begin, end, one.state, one))
    for opens, closes in spans:
        at = opens
        for begin, end in sorted(
            (m[0], m[1]) for m in marks if m[3] and m[0] < closes and opens < m[1]
        ):
            if at < begin:
                marks.append((at, begin, "free", None))
            at = max(at, end)
        if at < closes:
            marks.append((at, closes, "free", None))
    blocks, at = [], first
    for begin, end, state, booking in sorted(marks, key=lambda mark: mark[0]):
        if at < begin:
            blocks.append(Block(at, _pieces(at, begin), "closed"))
        blocks.append(Block(begin, _pieces(begin, end), state, booking))
        at = max(at, end)
    if at < last:
        blocks.append(Block(at, _pieces(at, last), "closed"))
    return blocks


def _pieces(begin: int, end: int) -> int:
    return max(1, (end - begin) // PIECE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list of bookings."""

    path: str = ""
    state: str = ""
    venue_id: int | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""
    fee: str = ""


def filtered(actor: Actor, wanted: Wanted) -> QuerySet[Booking]:
    """Return bookings by the filters of the list."""
    found = visible_bookings(actor).filter(path__startswith=wanted.path).select_related("venue")
    if wanted.state in {str(one) for one in BookingState}:
        found = found.filter(state=wanted.state)
    if wanted.venue_id:
        found = found.filter(venue_id=wanted.venue_id)
    zone = timezone.get_current_timezone()
    if wanted.first:
        found = found.filter(starts_at__gte=rules.at_minute(wanted.first, 0, zone))
    if wanted.last:
        found = found.filter(starts_at__lt=rules.at_minute(wanted.last, DAY_MINUTES, zone))
    for word in wanted.words.split():
        found = found.filter(code=word.upper()) if len(word) == 10 else found.filter(
            venue__name__icontains=word
        )  # fmt: skip
    return with_fee(found, wanted.fee)


def count_waiting(actor: Actor, now: datetime) -> int:
    """Count what waits for a yes or no, up to a hundred."""
    return visible_bookings(actor).filter(state=BookingState.ASKED, ends_at__gt=now)[:100].count()
