"""Addresses of the queue."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import calls, tickets

urlpatterns = [
    path("tickets/<slug:code>/", tickets.ticket, name="ticket"),
    path("tickets/<slug:code>/touch/", tickets.ticket_touch, name="ticket_touch"),
    path("tickets/<slug:code>/leave", tickets.leave, name="ticket_leave"),
    path("visits/<slug:centre>/ticket/", tickets.draw, name="draw"),
    path("visits/<slug:centre>/touch/", tickets.touch, name="touch"),
    path("screens/<slug:centre>/", tickets.screen, name="screen"),
    path("windows/<slug:centre>/ticket/", tickets.for_somebody, name="ticket_for"),
    path("windows/of/<int:window_id>/calls/", calls.calls, name="calls"),
    path("windows/of/<int:window_id>/calls/<slug:move>", calls.act, name="call_act"),
]
