"""Addresses of activities, one file for each part."""

from __future__ import annotations

from linli.activities.urls import rounds, venues

app_name = "activities"
urlpatterns = [*venues.urlpatterns, *rounds.urlpatterns]
