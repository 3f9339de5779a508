"""Addresses of visits and windows."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import visit_lists, visit_times, visits, window_hours, windows

urlpatterns = [
    path("items/<slug:key>/visit/", visit_times.for_item, name="item_visit"),
    path("visits/", visit_times.start, name="visits"),
    path("visits/of/<slug:code>/", visits.visit, name="visit"),
    path("visits/of/<slug:code>/visit.ics", visits.calendar, name="visit_calendar"),
    path("visits/of/<slug:code>/move/", visits.move, name="visit_move"),
    path("visits/of/<slug:code>/cancel", visits.cancel, name="visit_cancel"),
    path("visits/<slug:centre>/", visit_times.week, name="week"),
    path("visits/<slug:centre>/book/", visits.book, name="book"),
    path("windows/", visit_lists.centres, name="windows"),
    path("windows/visits/", visit_lists.visits, name="visit_list"),
    path("windows/of/<int:window_id>/", windows.change, name="window"),
    path("windows/of/<int:window_id>/hours/", window_hours.week, name="hours"),
    path("windows/of/<int:window_id>/end", windows.end, name="window_end"),
    path("windows/visits/<slug:code>/reach/", windows.reach, name="visit_reach"),
    path("windows/visits/<slug:code>/<slug:move>", windows.mark, name="visit_mark"),
    path("windows/closings/<int:closing_id>/back", window_hours.take_back, name="closing_back"),
    path("windows/<slug:centre>/", windows.day, name="day"),
    path("windows/<slug:centre>/new/", windows.add, name="window_new"),
    path("windows/<slug:centre>/closings/", window_hours.closings, name="closings"),
]
