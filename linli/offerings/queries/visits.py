"""Visits: by their code for whoever booked, by day for whoever serves at the windows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.timezone import localtime

from linli.kernel import sql
from linli.kernel.errors import NotAllowed, NotFound, Stale
from linli.kernel.hoarding import Held
from linli.kernel.ids import code_typed
from linli.kernel.permits import Actor
from linli.offerings import permits
from linli.offerings.models import Appointment
from linli.offerings.queries.slots import DAY, moment_of
from linli.offerings.queries.windows import hold_windows
from linli.offerings.states import VisitState
from linli.offerings.types.visits import BESIDES, WHY_WORDS, Why
from linli.rulebook import queries as rulebook
from linli.ui.formats import day_short

REMIND = "visit.remind"
# a time of a draw that nobody took
UNBOOKED = (VisitState.OFFERED, VisitState.PASSED)
# nobody is reminded earlier, whatever a place wishes
REMINDED_WITHIN = timedelta(days=31)
# what was not kept is over so long after it would have ended
MISSED_AFTER = timedelta(minutes=30)
HELD_BY_NUMBER = """
SELECT count(*) FROM (
    SELECT FROM offerings_appointment
     WHERE contact_mark = %s AND state = %s AND starts_at > %s LIMIT %s
) held
"""
HELD_FROM = """
SELECT count(*), count(*) FILTER (WHERE a.contact_mark IS NULL)
  FROM offerings_appointment a JOIN offerings_servicewindow w ON w.id = a.window_id
 WHERE a.origin_mark = %s AND a.state = 'booked' AND a.starts_at >= %s AND a.starts_at < %s
   AND w.centre_id = %s
"""
# contacts go so long after the visit
KEEP = timedelta(days=30)


def visit_called(code: str) -> Appointment:
    """Return a visit for whoever has its code. Refuses with NotFound."""
    found = Appointment.objects.filter(code=code_typed(code)).select_related("window").first()
    if found is None:
        raise NotFound()
    return found


def may_move(visit: Appointment, now: datetime) -> bool:
    """Say whether a visit may be given another time: until it begins; one that the office cancelled while its
    contact is kept."""
    if visit.state == VisitState.CLOSED:
        return now < visit.ends_at + KEEP
    return visit.state == VisitState.BOOKED and visit.starts_at > now


def held_visit(code: str) -> Appointment:
    """Return a visit by its code, held until the transaction ends. Refuses with NotFound."""
    pk = visit_called(code).pk
    return Appointment.objects.select_for_update(of=("self",)).select_related("window").get(pk=pk)


def held_with_windows(code: str, *others: int) -> Appointment:
    """Return a visit by its code, held after its window and others. Refuses with NotFound, Stale if it moved."""
    known = visit_called(code)
    hold_windows([known.window_id, *others])
    visit = held_visit(code)
    if visit.window_id != known.window_id:
        raise Stale(move="move", state="")
    return visit


def visits_of_day(actor: Actor, centre_id: int, path: str, on: date) -> list[Appointment]:
    """Return the visits of a centre on a day, by time and window. Refuses with NotAllowed."""
    if not actor.may(permits.SERVE, at=path):
        raise NotAllowed(permit=permits.SERVE.name, at=path)
    found = Appointment.objects.filter(
        window__centre_id=centre_id, starts_at__gte=moment_of(on, 0),
        starts_at__lt=moment_of(on + DAY, 0),
    ).exclude(state__in=[VisitState.CANCELLED, VisitState.PASSED])  # fmt: skip
    return list(found.select_related("window").order_by("starts_at", "window__number", "pk"))


def booked_at(window_ids: Iterable[int], since: datetime) -> QuerySet[Appointment]:
    """Return what is booked at windows from a moment on."""
    return Appointment.objects.filter(
        window_id__in=list(window_ids), state=VisitState.BOOKED, starts_at__gte=since
    ).order_by("starts_at", "pk")


def due_reminders(now: datetime, limit: int) -> list[Appointment]:
    """Return visits of which whoever left a number is to be reminded now, as early as each place wishes."""
    ahead = Appointment.objects.filter(
        state=VisitState.BOOKED, reminded_at__isnull=True, contact_mark__isnull=False,
        starts_at__gt=now, starts_at__lte=now + REMINDED_WITHIN,
    )  # fmt: skip
    due = Q(pk__in=[])
    for hours, paths in hours_by_place(ahead, REMIND, now).items():
        due |= Q(path__in=paths, starts_at__lte=now + timedelta(hours=hours))
    found = ahead.filter(due)
    return list(found.select_related("window").order_by("starts_at", "pk")[:limit])


def hours_by_place(found: QuerySet[Appointment], key: str, now: datetime) -> dict[int, list[str]]:
    """Return the places of visits by their own value of the rulebook, in hours."""
    on = localtime(now).date()
    places: dict[int, list[str]] = defaultdict(list)
    for path in found.order_by().values_list("path", flat=True).distinct():
        places[rulebook.lookup(key, path, on).number].append(path)
    return places


def missed(now: datetime) -> QuerySet[Appointment]:
    """Return visits to which nobody came."""
    return Appointment.objects.filter(
        state=VisitState.BOOKED, ends_at__lt=now - MISSED_AFTER
    ).order_by("pk")


def reachable_over(now: datetime) -> QuerySet[Appointment]:
    """Return visits whose contact is not needed any more, or from where they were booked: a day after them."""
    over = Q(contact__isnull=False, ends_at__lt=now - KEEP)
    marked = Q(origin_mark__isnull=False, ends_at__lt=now - DAY)
    # the first bound and the order are those of its index
    ended = Appointment.objects.filter(ends_at__lt=now - DAY)
    return ended.filter(over | marked).order_by("ends_at", "pk")


def held_by_number(mark: bytes, now: datetime, most: int) -> int:
    """Return how many visits to come a telephone number holds, counted up to `most`."""
    asked = [mark, VisitState.BOOKED.value, now, most]
    ((count,),) = sql.tuples("visits.held_by_number", HELD_BY_NUMBER, asked)
    return int(count)


def held_from(origin: bytes, centre_id: int, on: date) -> Held:
    """Return how many times of a day at a centre one address holds."""
    asked = [origin, moment_of(on, 0), moment_of(on + DAY, 0), centre_id]
    ((every, unnamed),) = sql.tuples("visits.held_from", HELD_FROM, asked)
    return Held(every, unnamed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many visits of a centre were booked, and what became of them. `came` is of those that were due."""

    booked: int
    came: int
    missed: int
    cancelled: int
    closed: int


def outcomes(centre_id: int, first: date, last: date) -> Outcome:
    """Count the visits of a centre from one day to another by what became of them; no clerk, no window."""
    rows = Appointment.objects.filter(
        window__centre_id=centre_id, starts_at__gte=moment_of(first, 0),
        starts_at__lt=moment_of(last + DAY, 0),
    ).exclude(state__in=UNBOOKED).values_list("state", flat=True)  # fmt: skip
    told = Counter(rows)
    return Outcome(
        sum(told.values()), told["came"], told["no_show"], told["cancelled"], told["closed"]
    )


def time_words(one: Appointment, language: str = "") -> str:
    """Return day and time of a visit: 11月30日（周一）09:20."""
    return moment_words(one.starts_at, language)


def moment_words(at: datetime, language: str = "") -> str:
    """Return day and time of a moment in a language."""
    with translation.override(language or translation.get_language()):
        local = localtime(at)
        return f"{day_short(local)} {local:%H:%M}"


def why_words(why: str, language: str = "") -> str:
    """Return the reason of a closing in words."""
    with translation.override(language or translation.get_language()):
        return str(WHY_WORDS[Why(why)]) if why in set(Why) else str(BESIDES.get(why, ""))
