"""Addresses of activities, one file for each part."""

from __future__ import annotations

from linli.activities.urls import events, rounds, venues

app_name = "activities"
urlpatterns = [*venues.urlpatterns, *rounds.urlpatterns, *events.urlpatterns]
# read by telephones, without a language
bare_urlpatterns = [*events.bare_urlpatterns]
