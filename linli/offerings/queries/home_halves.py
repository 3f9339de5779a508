"""The half-days of visits at home at a place: how many are taken, and on which somebody can still come."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from linli.kernel.moments import minute_of
from linli.offerings.models import DayOff, HomeVisit
from linli.offerings.rules.home_visits import Of, halves_left, is_shut
from linli.offerings.states import HomeVisitState
from linli.offerings.types.home_visits import HALF_MINUTES, HORIZON, Half, HalfLeft
from linli.rulebook import queries as rulebook

MOST_PER_HALF = "visit.home_per_half"
# somebody went or goes then; who finds nobody was there too
TAKES = (HomeVisitState.PLANNED, HomeVisitState.AWAY, HomeVisitState.DONE)
OFFERED = 6


def most_per_half(path: str, on: date) -> int:
    """Return how many visits a place makes in half a day, by its own value or the default."""
    return rulebook.lookup(MOST_PER_HALF, path, on).number


def taken_in(path: str, first: date, last: date, *, but: int = 0) -> Counter[Of]:
    """Return how many visits of a place fall into each half from a day to another; one may be left out."""
    found = HomeVisit.objects.filter(
        path=path, visit_on__range=(first, last), state__in=TAKES
    ).exclude(pk=but)
    rows = found.values_list("visit_on", "half")
    return Counter((on, Half(half)) for on, half in rows if on is not None)


def shut_in(path: str, first: date, last: date) -> set[Of]:
    """Return the halves in which nobody comes: no working day, or the centre of the place is closed; one read."""
    changes: dict[Of, set[bool]] = defaultdict(set)
    rows = DayOff.objects.filter(path=path, window=None, on__range=(first, last), ended_at=None)
    for on, opens, closes, is_open in rows.values_list("on", "opens", "closes", "is_open"):
        for half, (begin, end) in HALF_MINUTES.items():
            if opens < end and closes > begin:
                changes[on, half].add(is_open)
    calendar = rulebook.calendar()
    return {
        (on, half) for on, half in _halves(first, last)
        if is_shut(changes.get((on, half), set()), calendar.is_work(on))
    }  # fmt: skip


def _halves(first: date, last: date) -> list[Of]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(on, half) for on in days for half in Half]


def halves_offered(path: str, now: datetime, *, but: int = 0) -> list[HalfLeft]:
    """Return the next half-days on which somebody of a place can come; two reads."""
    first, minute = localdate(now), minute_of(now)
    last = first + timedelta(days=HORIZON)
    ahead = [
        (on, half) for on, half in _halves(first, last)
        if on > first or HALF_MINUTES[half][1] > minute
    ]  # fmt: skip
    taken, shut = taken_in(path, first, last, but=but), shut_in(path, first, last)
    return halves_left(ahead, taken, shut, most_per_half(path, first))[:OFFERED]
