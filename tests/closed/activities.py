"""Who opens the addresses of venues and bookings that are not for everybody."""

from __future__ import annotations

ACTIVITIES: dict[str, tuple[str, ...]] = {
    "activities.venues": (
        "places/<str:code>/venues/new/", "venues/<int:venue_id>/edit/", "venues/<int:venue_id>/hours/",
        "venues/<int:venue_id>/days/", "venues/<int:venue_id>/end/", "venues/days/<int:days_id>/lift",
        "api/v1/places/<code>/venues/", "api/v1/venues/<int:venue_id>/correct",
        "api/v1/venues/<int:venue_id>/hours", "api/v1/venues/<int:venue_id>/days",
        "api/v1/venues/days/<int:days_id>/lift", "api/v1/places/<code>/groups/", "api/v1/desk/groups/",
        "api/v1/desk/groups/<int:group_id>/correct", "api/v1/desk/groups/<int:group_id>/end", "api/v1/places/<code>/rounds/",
        "api/v1/desk/rounds/<int:round_id>/<step>", "api/v1/desk/rounds/<int:round_id>/objections/",
        "api/v1/desk/rounds/<int:round_id>/objections/<int:objection_id>/answer",
        "places/<str:code>/rounds/new/", "places/<str:code>/groups/new/", "desk/venues/groups/",
        "desk/venues/groups/<int:group_id>/", "desk/venues/groups/<int:group_id>/end",
        "desk/venues/rounds/<int:round_id>/", "desk/venues/rounds/<int:round_id>/objections/<int:objection_id>",
        "desk/venues/rounds/<int:round_id>/<slug:move>",
    ),
    "activities.venues activities.bookings": ("desk/venues/", "desk/venues/register/", "desk/venues/bookings/"),
    "activities.events": (
        "places/<str:code>/culture/desk/", "places/<str:code>/culture/desk/<slug:what>/",
        "places/<str:code>/events/new/", "desk/events/", "desk/events/<int:event_id>/",
        "desk/events/<int:event_id>/edit/", "desk/events/<int:event_id>/families/<slug:code>/",
        "api/v1/desk/events/<int:event_id>/families/<code>/fee/", "api/v1/desk/events/<int:event_id>/families/<code>/fee/back", "api/v1/places/<code>/events/", "api/v1/desk/events/",
        "api/v1/desk/events/<int:event_id>/words/",
        "api/v1/desk/events/<int:event_id>/words/<int:thought_id>/decide", "api/v1/desk/events/<int:event_id>/words/<int:thought_id>/back",
        "api/v1/desk/events/<int:event_id>/edit", "api/v1/desk/events/<int:event_id>/cancel",
        "desk/events/<int:event_id>/people", "desk/events/<int:event_id>/sessions/<int:session_id>/came",
        "desk/events/<int:event_id>/<slug:move>", "api/v1/desk/events/<int:event_id>/enrolments/",
        "api/v1/desk/events/<int:event_id>/sessions/<int:session_id>/came", "api/v1/desk/events/<int:event_id>/publish",
        "api/v1/desk/events/door/", "api/v1/desk/events/door/came",
        "api/v1/places/<code>/culture/wishes/", "api/v1/places/<code>/culture/wishes/<int:wish_id>/release",
        "api/v1/places/<code>/culture/offers/", "api/v1/places/<code>/culture/answers/",
        "api/v1/places/<code>/culture/talents/", "api/v1/places/<code>/culture/<slug:what>/<int:thing_id>/end",
        "api/v1/places/<code>/care/<int:work_id>/<move>",
    ),
    "activities.bookings": (
        "desk/venues/bookings/cancel", "desk/venues/bookings/<int:booking_id>/", "desk/venues/bookings/<int:booking_id>/show",
        "desk/venues/bookings/<int:booking_id>/back", "desk/venues/bookings/<int:booking_id>/<slug:move>",
        "api/v1/desk/bookings/", "api/v1/desk/bookings/cancel",
        "api/v1/desk/bookings/<int:booking_id>/decide", "api/v1/desk/bookings/<int:booking_id>/back",
        "api/v1/desk/bookings/<int:booking_id>/missed", "desk/venues/bookings/<int:booking_id>/fee/",
        "api/v1/desk/bookings/<int:booking_id>/fee/", "api/v1/desk/bookings/<int:booking_id>/fee/back",
    ),
}  # fmt: skip
