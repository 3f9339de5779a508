"""Things that fill the addresses of activities."""

from __future__ import annotations

from linli.activities.forms.bookings import write_start
from linli.activities.queries.certificates import CERTIFICATE
from linli.demo.cast import VILLAGE_1
from tests.city_life import one
from tests.things.lookup import API, Things, page_and_api, pk


def things() -> Things:
    venue = pk("activities.venue", name="榕树礼堂")
    booking = one("activities.booking", venue_id=venue)
    return {
        **page_and_api({
            ("venues/", "venue_id"): venue,
            ("venues/", "days_id"): pk("activities.venuedays"),
            ("events/", "code"): one("activities.event", title="剪纸课").code,
            ("desk/events/", "event_id"): pk("activities.event", title="剪纸课"),
            ("desk/events/", "session_id"): pk("activities.eventsession"),
            ("desk/events/", "code"): one("activities.enrolment", event__title="剪纸课").code,
            ("desk/events/", "file"): "x",
            ("desk/talents/", "talent_id"): pk("activities.localtalent"),
            ("desk/groups/", "group_id"): pk("activities.group"),
            ("desk/rounds/", "round_id"): pk("activities.round"),
            ("desk/rounds/", "objection_id"): pk("activities.roundobjection"),
            ("desk/rounds/", "step"): "drop",
            ("enrolments/", "code"): one("activities.enrolment").code,
            ("certificates/", "code"): one("documents.shortcode", kind=CERTIFICATE).code,
            ("rounds/", "round_id"): pk("activities.round"),
            ("desk/venues/", "round_id"): pk("activities.round"),
            ("desk/venues/", "group_id"): pk("activities.group"),
            ("desk/venues/", "objection_id"): pk("activities.roundobjection"),
            ("bookings/", "code"): booking.code,
            ("desk/venues/bookings/", "booking_id"): booking.pk, ("desk/bookings/", "booking_id"): booking.pk,
        }),
        ("venues/<int:venue_id>/book/", "start"): write_start(booking.starts_at),
        ("desk/venues/bookings/", "move"): "agree",
        ("desk/venues/rounds/", "move"): "drop",
        ("desk/events/", "move"): "publish",
        ("places/<str:code>/culture/", "what"): "offer",
        (f"{API}places/<code>/culture/", "what"): "offers",
        (f"{API}places/<code>/culture/", "thing_id"): pk("activities.cultureoffer"),
        (f"{API}places/<code>/culture/", "wish_id"): pk("activities.culturewish"),
        (f"{API}places/<code>/care/", "work_id"): 1,
        (f"{API}places/<code>/care/", "move"): "release",
        ("calendars/", "code"): VILLAGE_1,
    }  # fmt: skip
