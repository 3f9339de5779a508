"""Addresses of activities, one file for each part."""

from __future__ import annotations

from linli.activities.urls import culture, events, rounds, venues

app_name = "activities"
urlpatterns = [*venues.urlpatterns, *rounds.urlpatterns, *events.urlpatterns, *culture.urlpatterns]
# read by telephones, without a language
bare_urlpatterns = [*events.bare_urlpatterns]
