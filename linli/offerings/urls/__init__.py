"""Addresses of offerings, part by part."""

from __future__ import annotations

from linli.offerings.urls import applications, centres, handbooks, items, rounds, tickets, visits

app_name = "offerings"
urlpatterns = [
    *items.urlpatterns,
    *handbooks.urlpatterns,
    *applications.urlpatterns,
    *centres.urlpatterns,
    *rounds.urlpatterns,
    *tickets.urlpatterns,
    *visits.urlpatterns,
]
