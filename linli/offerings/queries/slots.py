"""Free times: what the hours offer less what is booked. Public; nothing is stored for a free time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from linli.kernel.clock import WorkCalendar
from linli.kernel.moments import day_of, here, minute_of
from linli.offerings.errors import KeptTime, NoSuchTime, NotServed, WaitsForDraw
from linli.offerings.models import Appointment
from linli.offerings.models.appointments import HELD
from linli.offerings.queries.windows import Ground, closings_of, grounds_of
from linli.offerings.rules.slots import closed_by, slots_on
from linli.offerings.types.visits import FreeDay, FreeTime, Kept, Purpose, Slot, Way
from linli.rulebook import queries as rulebook

KEYS = ("visit.horizon", "visit.kept_until", "visit.most_open")
CAPS = ("visit.most_address", "visit.most_address_known")
DAY = timedelta(days=1)
EVERYTHING = Purpose()


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers that hold at a centre on a day: days ahead, hours that times are kept, visits a number."""

    horizon: int
    kept_hours: int
    most_open: int


@dataclass(frozen=True, slots=True)
class Caps:
    """How many times of one day at a centre one address may hold: without a number, and in all."""

    unnamed: int
    every: int


def terms_at(path: str, on: date) -> Terms:
    """Return the numbers of booking at a place; from memory."""
    return Terms(*(rulebook.lookup(key, path, on).number for key in KEYS))


def caps_at(path: str, on: date) -> Caps:
    """Return how much of a day one address may take at a place; from memory."""
    return Caps(*(rulebook.lookup(key, path, on).number for key in CAPS))


def moment_of(on: date, minutes: int) -> datetime:
    """Return a minute of the city's day as a moment."""
    return make_aware(datetime.combine(on, time()) + timedelta(minutes=minutes))


def is_offered(slot: Slot, starts_at: datetime, way: Way, now: datetime, terms: Terms) -> bool:
    """Say whether a time may be taken now in this way: those kept for others open to all when it is near."""
    if slot.kept is Kept.ALL or way is not Way.ONLINE:
        return True
    return starts_at - now <= timedelta(hours=terms.kept_hours)


def slot_at(ground: Ground, starts_at: datetime, calendar: WorkCalendar) -> Slot | None:
    """Return the time of a window that begins at a moment, or None if it has none then."""
    local = here(starts_at)
    if local.second or local.microsecond:
        return None
    found = ground.slots_of(local.date(), calendar)
    return found.get(minute_of(local))


def offered_at(
    ground: Ground, starts_at: datetime, way: Way, now: datetime, item: str = ""
) -> Slot:
    """Return the time of a window that may be taken now, for an item or for anything.

    Refuses with NoSuchTime, KeptTime, WaitsForDraw, NotServed.
    """
    today, on = day_of(now), day_of(starts_at)
    terms = terms_at(ground.path, today)
    is_over = ground.closed_on is not None or starts_at <= now
    if is_over or on > today + timedelta(days=terms.horizon):
        raise NoSuchTime()
    if ground.waits_for_draw(on):
        raise WaitsForDraw()
    slot = slot_at(ground, starts_at, rulebook.calendar())
    if slot is None:
        raise NoSuchTime()
    if not ground.serves(item):
        raise NotServed()
    if not is_offered(slot, starts_at, way, now, terms):
        raise KeptTime()
    return slot


def is_free(ground: Ground, starts_at: datetime, way: Way, now: datetime, item: str = "") -> bool:
    """Say whether a time of a window could be booked now; whoever is faster still takes it."""
    try:
        slot = offered_at(ground, starts_at, way, now, item)
    except (NoSuchTime, KeptTime, WaitsForDraw, NotServed):
        return False
    on = day_of(starts_at)
    ends, taken = moment_of(on, slot.closes), taken_between([ground.window_id], on, on)
    return not any(begun < ends and starts_at < done for begun, done in taken[ground.window_id])


def free_days(
    centre_id: int, path: str, first: date, days: int, *, purpose: Purpose = EVERYTHING,
    way: Way = Way.ONLINE, now: datetime,
) -> list[FreeDay]:  # fmt: skip
    """Return the days from `first` on with the free times of windows for a purpose.

    Of windows that do the same one stands for each time; for an item, one of all that serve it.
    One query more than the windows take.
    """
    grounds = [
        (one, () if purpose.item else (one.name, one.items))
        for one in grounds_of(centre_id, first)
        if _fits(one, purpose)
    ]
    terms, calendar = terms_at(path, day_of(now)), rulebook.calendar()
    last = min(first + timedelta(days=days - 1), day_of(now) + timedelta(days=terms.horizon))
    taken = taken_between([one.window_id for one, _group in grounds], first, last)
    notes = {one.on: one.note for one in closings_of(centre_id, first) if one.note}
    found = []
    for number in range(days):
        on = first + number * DAY
        day = _day(grounds, on, calendar, taken, way, now, terms) if on <= last else FreeDay(on)
        day.note = notes.get(on, "") if day.is_closed else ""
        found.append(day)
    return found


def _fits(ground: Ground, purpose: Purpose) -> bool:
    is_meant = not purpose.windows or ground.window_id in purpose.windows
    return is_meant and ground.serves(purpose.item)


def _day(
    grounds: Sequence[tuple[Ground, tuple[object, ...]]], on: date, calendar: WorkCalendar, taken: dict[int, list[tuple[datetime, datetime]]],
    way: Way, now: datetime, terms: Terms,
) -> FreeDay:  # fmt: skip
    day, seen, has_any = FreeDay(on), set[tuple[object, ...]](), False
    # of two windows free at a time, the one for everything comes before the one for some items
    for ground, group in sorted(grounds, key=lambda one: bool(one[0].items)):
        if ground.waits_for_draw(on):
            day.is_drawn = has_any = True
            continue
        for slot in slots_on(ground.spans, ground.changes, on, calendar):
            has_any = True
            starts, ends = moment_of(on, slot.opens), moment_of(on, slot.closes)
            if starts <= now or not is_offered(slot, starts, way, now, terms):
                continue
            if any(begun < ends and starts < done for begun, done in taken[ground.window_id]):
                day.taken += 1
            elif (slot.opens, *group) not in seen:
                seen.add((slot.opens, *group))
                day.times.append(FreeTime(ground.window_id, starts, ends, slot.kept))
    day.times.sort(key=lambda one: (one.starts_at, one.ends_at))
    day.is_closed = not has_any
    if day.is_closed and grounds:
        closing = closed_by([change for one, _group in grounds for change in one.changes], on)
        day.why = closing.why if closing else ""
    return day


def taken_between(
    window_ids: Iterable[int], first: date, last: date
) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return what is booked at windows from one day to another, both included; one query."""
    rows = Appointment.objects.filter(
        window_id__in=list(window_ids), state__in=HELD,
        starts_at__gte=moment_of(first, 0), starts_at__lt=moment_of(last + DAY, 0),
    ).values_list("window_id", "starts_at", "ends_at")  # fmt: skip
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for window_id, starts, ends in rows:
        found[window_id].append((starts, ends))
    return found
