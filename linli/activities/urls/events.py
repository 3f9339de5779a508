"""Addresses of events and enrolments."""

from __future__ import annotations

from django.urls import path

from linli.activities.views import doors, events, events_desk, events_editing, fees, lists, pictures

urlpatterns = [
    path("places/<str:code>/events/", events.programme, name="events"),
    path(
        "places/<str:code>/events/picture.png", pictures.programme_picture, name="programme_picture"
    ),
    path("places/<str:code>/events/new/", events_editing.event_new, name="event_new"),
    path("events/<slug:code>/", events.detail, name="event"),
    path("events/<slug:code>/enrol/", events.enrol, name="enrol"),
    path("enrolments/<slug:code>/", events.enrolment, name="enrolment"),
    path("enrolments/<slug:code>/withdraw", events.withdraw, name="enrolment_withdraw"),
    path("certificates/<slug:code>/", events.certificate, name="certificate"),
    path("desk/events/", lists.events, name="events_desk"),
    path("desk/events/fees/", lists.family_fees, name="family_fees"),
    path("desk/events/door/", doors.door, name="door"),
    path("desk/events/door/worker.js", doors.worker, name="door_worker"),
    path("desk/events/<int:event_id>/", events_desk.detail, name="event_desk"),
    path("desk/events/<int:event_id>/edit/", events_editing.event_edit, name="event_edit"),
    path("desk/events/<int:event_id>/people", events_desk.people, name="event_people"),
    path(
        "desk/events/<int:event_id>/sessions/<int:session_id>/came",
        events_desk.check_in,
        name="event_check_in",
    ),
    path(
        "desk/events/<int:event_id>/sessions/<int:session_id>/others",
        events_desk.others,
        name="event_others",
    ),
    path("desk/events/<int:event_id>/families/<slug:code>/", fees.family, name="family_fee"),
    path("desk/events/<int:event_id>/<slug:move>", events_desk.act, name="event_act"),
]
bare_urlpatterns = [path("calendars/<slug:code>.ics", events.feed, name="calendar")]
