"""Addresses of what falls due in a month, and of what people receive."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import reminders

urlpatterns = [
    path("desk/reminders/", reminders.listing, name="reminders"),
    path("desk/reminders/<slug:name>", reminders.act, name="reminders_act"),
    path("desk/benefits/<int:person_id>/", reminders.receives, name="benefits"),
    path("desk/benefits/of/<int:benefit_id>/<slug:move>", reminders.decide, name="benefit_decide"),
]
