"""Addresses of venues and bookings."""

from __future__ import annotations

from django.urls import path

from linli.activities.views import book, bookings, desk, fees, keeping, venues

urlpatterns = [
    path("places/<str:code>/venues/", venues.listing, name="venues"),
    path("places/<str:code>/venues/touch/", venues.touch, name="venues_touch"),
    path("places/<str:code>/venues/new/", keeping.venue_new, name="venue_new"),
    path("venues/<int:venue_id>/", venues.detail, name="venue"),
    path("venues/<int:venue_id>/plan/", venues.plan, name="venue_plan"),
    path("venues/<int:venue_id>/book/", book.book, name="book"),
    path("venues/<int:venue_id>/edit/", keeping.venue_edit, name="venue_edit"),
    path("venues/<int:venue_id>/hours/", keeping.venue_hours, name="venue_hours"),
    path("venues/<int:venue_id>/days/", keeping.venue_days, name="venue_days"),
    path("venues/<int:venue_id>/end/", keeping.venue_end, name="venue_end"),
    path("venues/days/<int:days_id>/lift", keeping.days_lift, name="days_lift"),
    path("bookings/", bookings.find, name="find"),
    path("bookings/<slug:code>/", bookings.detail, name="booking"),
    path("bookings/<slug:code>/move/", bookings.move, name="booking_move"),
    path("bookings/<slug:code>/cancel", bookings.cancel, name="booking_cancel"),
    path("bookings/<slug:code>/pay", fees.pay, name="pay"),
    path("desk/venues/", desk.day, name="day"),
    path("desk/venues/register/", desk.register, name="register"),
    path("desk/venues/bookings/", desk.listing, name="bookings"),
    path("desk/venues/bookings/cancel", desk.cancel_many, name="cancel_many"),
    path("desk/venues/bookings/<int:booking_id>/", keeping.booking, name="booking_desk"),
    path("desk/venues/bookings/<int:booking_id>/show", keeping.show, name="booking_show"),
    path("desk/venues/bookings/<int:booking_id>/back", keeping.back, name="booking_back"),
    path("desk/venues/bookings/<int:booking_id>/fee/", fees.booking, name="booking_fee"),
    path("desk/venues/bookings/<int:booking_id>/<slug:move>", keeping.act, name="booking_act"),
]
