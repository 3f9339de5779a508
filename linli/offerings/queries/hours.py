"""The board of a day at the desk, and what other hours would change before they are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel.clock import WorkCalendar
from linli.kernel.errors import NotFound
from linli.kernel.moments import clock_of, minute_of
from linli.kernel.permits import NOBODY, Actor
from linli.offerings import permits
from linli.offerings.models import Appointment, DayOff, ServiceWindow, WindowHours
from linli.offerings.queries.slots import DAY, moment_of
from linli.offerings.queries.visit_ratings import spread_of
from linli.offerings.queries.visits import Outcome, booked_at, outcomes, visits_of_day
from linli.offerings.queries.windows import Ground, centre_called, change_of, grounds_of
from linli.offerings.rules.opening_times import write_times
from linli.offerings.rules.slots import slots_on
from linli.offerings.states import VISIT
from linli.offerings.types.visit_ratings import Spread
from linli.offerings.types.visits import Kept, Span, WeekPlan
from linli.orgs import queries as orgs
from linli.rulebook import queries as rulebook
from linli.ui.formats import day_short, hours_of, statements

MOST_OUTSIDE, LOOKED_BACK = 500, 30 * DAY


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board: a time at a window with the visit booked there, if any."""

    clock: str
    window: ServiceWindow
    at: Any
    visit: Appointment | None
    kept: Kept = Kept.ALL
    is_past: bool = False


def served_centre(actor: Actor, code: str, on: date) -> Any:
    """Return the organisation of a centre whose days the actor sees. Refuses with NotFound."""
    body = centre_called(code, on)
    if not any(actor.may(one, at=body.path) for one in (permits.SERVE, permits.WINDOWS)):
        raise NotFound(code=code)
    return body


def thirty_days(centre_id: int, path: str, on: date) -> tuple[Outcome, Spread]:
    """Return what became of the visits of a centre, and how they were rated, in the thirty days up to a day."""
    first = on - LOOKED_BACK
    spread = spread_of(centre_id, path, moment_of(first, 0), moment_of(on + DAY, 0))
    return outcomes(centre_id, first, on), spread


def board_of(actor: Actor, centre_id: int, path: str, on: date) -> list[Line]:
    """Return the times of a day at all windows with their visits, earliest first; also visits without a time.

    Whoever only keeps the windows sees which times are taken, no visit. Refuses with NotAllowed.
    """
    now, calendar = timezone.now(), rulebook.calendar()
    visits = visits_of_day(actor, centre_id, path, on) if actor.may(permits.SERVE, at=path) else []
    windows = {one.pk: one for one in ServiceWindow.objects.filter(centre_id=centre_id)}
    held = {
        (one.window_id, minute_of(one.starts_at)): one for one in visits if one.state != "closed"
    }
    lines = []
    for ground in grounds_of(centre_id, on):
        for slot in slots_on(ground.spans, ground.changes, on, calendar):
            visit = held.pop((ground.window_id, slot.opens), None)
            at = moment_of(on, slot.opens)
            lines.append(
                Line(
                    clock_of(slot.opens), windows[ground.window_id], at, visit, slot.kept, at <= now
                )
            )
    for (window_id, opens), visit in held.items():
        lines.append(Line(clock_of(opens), windows[window_id], visit.starts_at, visit))
    return sorted(lines, key=lambda one: (one.at, one.window.number, one.window.pk))


@dataclass(frozen=True, slots=True)
class Preview:
    """What other hours bring: times a weekday, visits outside of them, and from when others are planned."""

    days: list[tuple[str, int, int, int]]
    outside: list[Appointment]
    until: date | None = None


def preview_of(window: ServiceWindow, plan: WeekPlan) -> Preview:
    """Return what a plan would bring: each weekday with its times, those kept, and visits outside of it."""
    calendar, days = rulebook.calendar(), []
    for number in range(7):
        spans = [one for one in plan.spans if one.weekday == number]
        count = sum((one.closes - one.opens) // one.step for one in spans)
        days.append((
            write_times([(one.opens, one.closes) for one in spans]), count,
            sum(one.kept_phone for one in spans), sum(one.kept_counter for one in spans),
        ))  # fmt: skip
    outside, until = [], planned_next(window.pk, plan.since)
    for visit in booked_at([window.pk], moment_of(plan.since, 0))[:MOST_OUTSIDE]:
        on = timezone.localdate(visit.starts_at)
        if until is not None and on >= until:
            continue
        starts = {one.opens for one in slots_on(plan.spans, (), on, calendar)}
        if minute_of(visit.starts_at) not in starts:
            outside.append(visit)
    return Preview(days, outside, until)


def planned_next(window_id: int, since: date) -> date | None:
    """Return from when other hours of a window are planned after a day, if they are: they stay planned.

    Also where nothing is open from then on: then the hours that hold on the day end there.
    """
    held = WindowHours.objects.filter(window_id=window_id).exclude(until__lte=F("since"))
    found = held.filter(Q(since__gt=since) | Q(until__gt=since)).values_list("since", "until")
    ahead = [one for pair in found for one in pair if one is not None and one > since]
    return min(ahead, default=None)


def lost_with(closings: Iterable[DayOff], now: datetime) -> dict[int, list[Appointment]]:
    """Return the visits to come that lie in an extra opening alone, by the openings of one centre.

    Once it is taken back their windows have no such time.
    """
    rows = [one for one in closings if one.is_open and one.ended_at is None]
    if not rows:
        return {}
    grounds = {
        one.window_id: one for one in grounds_of(rows[0].centre_id, min(one.on for one in rows))
    }
    lies_in = Q()
    for first, last in {_stretch(one) for one in rows}:
        lies_in |= Q(starts_at__gte=max(first, now), starts_at__lt=last)
    held = Appointment.objects.filter(
        lies_in, window_id__in=list(grounds), state__in=VISIT.moves["close"].source
    )
    visits = list(held.order_by("pk"))
    calendar = rulebook.calendar()
    return {one.pk: _lost_with(one, grounds, visits, calendar) for one in rows}


def _lost_with(
    closing: DayOff,
    grounds: Mapping[int, Ground],
    visits: Sequence[Appointment],
    calendar: WorkCalendar,
) -> list[Appointment]:
    change, starts = change_of(closing), {}
    for pk, ground in grounds.items():
        left = list(ground.changes)
        if change in left:
            left.remove(change)
        starts[pk] = {one.opens for one in slots_on(ground.spans, left, closing.on, calendar)}
    first, last = _stretch(closing)
    return [
        one
        for one in visits
        if closing.window_id in (None, one.window_id)
        and first <= one.starts_at < last
        and minute_of(one.starts_at) not in starts[one.window_id]
    ]


def _stretch(closing: DayOff) -> tuple[datetime, datetime]:
    return moment_of(closing.on, closing.opens), moment_of(closing.on, closing.closes)


def week_words(spans: list[Span]) -> list[tuple[str, str]]:
    """Return weekly hours in words, by the day from which they hold."""
    found: dict[date | None, list[Span]] = {}
    for one in spans:
        found.setdefault(one.since, []).append(one)
    told = []
    for since, group in found.items():
        days = []
        for number in range(7):
            own = [(one.opens, one.closes) for one in group if one.weekday == number]
            if own:
                days.append(f"{_day_name(number)} {hours_of(sorted(own))}")
        title = _("from %(day)s on") % {"day": day_short(since)} if since else _("up to now")
        told.append((title, statements(days)))
    return told


def _day_name(number: int) -> str:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[number]


def posts_at(centre_id: int, on: date) -> list[tuple[str, str]]:
    """Return the posts of a centre to choose from: who serves at a window."""
    centre = orgs.organisation_by_id(NOBODY, centre_id, on=on)
    return [
        (str(one.pk), one.title)
        for one in orgs.visible_posts(NOBODY)
        .filter(organisation_id=centre.pk, closed_on__isnull=True)
        .order_by("rank", "pk")
    ]
