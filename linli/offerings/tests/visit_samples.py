"""Makers of centres, windows and visits for tests and benches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from linli.kernel.permits import NOBODY, VAULT, system_actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.offerings import permits
from linli.offerings.models import Appointment, ServiceWindow, Ticket, VisitRating
from linli.offerings.queries.slots import moment_of
from linli.offerings.services import tickets, visit_ratings, visits, windows
from linli.offerings.types.tickets import DrawWish
from linli.offerings.types.visit_ratings import RatedBy
from linli.offerings.types.visits import Contact, Span, Way, WeekPlan, WindowFacts, Wish
from linli.orgs.models import ServiceCentre
from linli.orgs.testing import make_organisation, place_at

if TYPE_CHECKING:
    from linli.places.models import Place

# a Tuesday noon in Shanghai, and the working day after it
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=3)
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
SYSTEM = system_actor("test")
CLERK = make_actor("clerk", permits.SERVE, permits.REACH, ceiling=VAULT)
KEEPER = make_actor("keeper", permits.SERVE, permits.REACH, permits.WINDOWS, ceiling=VAULT)
WORKDAYS = range(5)


def make_centre(*, at: Place | None = None) -> Any:
    """Return the organisation of a centre that is open."""
    body = make_organisation("public_service_center", at=at or place_at(VILLAGE))
    ServiceCentre.objects.create(organisation=body, opened_on=date(2026, 1, 1))
    return body


def make_window(
    centre: Any = None, number: str = "1", *, step: int = 20, phone: int = 0, counter: int = 0,
    spans: tuple[tuple[int, int], ...] = ((510, 720), (840, 1050)), items: tuple[str, ...] = (),
) -> ServiceWindow:  # fmt: skip
    """Return a window that is open on working days, 08:30 to 12:00 and 14:00 to 17:30 unless said otherwise."""
    centre = centre or make_centre()
    before = NOON - timedelta(days=60)
    made = windows.add_window(
        centre.pk, centre.path, WindowFacts(number, "综合受理", "All matters", items), actor=SYSTEM, now=before
    )  # fmt: skip
    week = [
        Span(day, opens, closes, step, phone, counter)
        for day in WORKDAYS
        for opens, closes in spans
    ]
    return windows.set_hours(made, WeekPlan(before.date(), week), actor=SYSTEM, now=before)


def at(minutes: int, on: date = TOMORROW) -> datetime:
    """Return a minute of the city's day as a moment."""
    return moment_of(on, minutes)


def make_visit(
    window: ServiceWindow | None = None, minutes: int = 510, *, on: date = TOMORROW,
    phone: str = "", name: str = "", now: datetime = NOON,
) -> Appointment:  # fmt: skip
    """Return a visit that somebody booked by herself."""
    window = window or make_window()
    return visits.book(
        Wish(window.pk, at(minutes, on)),
        Contact(name, phone),
        way=Way.ONLINE,
        actor=NOBODY,
        now=now,
    )


def served(now: datetime = NOON) -> Ticket:
    """Return a ticket that was served."""
    window = make_window()
    ticket = tickets.draw_ticket(window.centre_id, window.path, DrawWish(), actor=NOBODY, now=now)
    tickets.call_next(window, actor=CLERK, now=now)
    return tickets.finish(ticket.handle, actor=CLERK, now=now)


def rated(
    ticket: Ticket, grade: int = 5, *, by: RatedBy = RatedBy.OWN, now: datetime = LATER
) -> VisitRating:
    """Rate a visit by the code of its ticket."""
    return visit_ratings.rate_visit(ticket.code, grade, by=by, actor=NOBODY, now=now)


def drawn(
    window: ServiceWindow, priority: str = "", *, now: datetime = NOON, **more: Any
) -> Ticket:
    """Return a ticket that somebody draws."""
    wish = DrawWish(priority=priority, **more)
    return tickets.draw_ticket(window.centre_id, window.path, wish, actor=NOBODY, now=now)


def called(window: ServiceWindow, *, now: datetime = NOON) -> str:
    """Call the next one to a window and return the name of her ticket."""
    found = tickets.call_next(window, actor=CLERK, now=now)
    return found.name if found else ""
