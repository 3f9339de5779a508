"""Addresses of offerings, part by part."""

from __future__ import annotations

from linli.offerings.urls import (
    applications,
    centres,
    hall,
    handbooks,
    home_visits,
    items,
    mandates,
    reminders,
    reporting,
    rounds,
    tickets,
    visits,
)

app_name = "offerings"
urlpatterns = [
    *items.urlpatterns,
    *handbooks.urlpatterns,
    *home_visits.urlpatterns,
    *applications.urlpatterns,
    *mandates.urlpatterns,
    *centres.urlpatterns,
    *reminders.urlpatterns,
    *hall.urlpatterns,
    *reporting.urlpatterns,
    *rounds.urlpatterns,
    *tickets.urlpatterns,
    *visits.urlpatterns,
]
