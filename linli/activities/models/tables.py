"""The tables whose rows carry the path of a place, and follow it."""

from __future__ import annotations

TABLES = (
    "activities_venue",
    "activities_booking",
    "activities_group",
    "activities_round",
    "activities_event",
    "activities_cultureoffer",
    "activities_cultureanswer",
    "activities_culturewish",
    "activities_localtalent",
    "activities_carework",
)
