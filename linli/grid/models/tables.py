"""The tables whose rows carry the path of a village, and follow it."""

from __future__ import annotations

TABLES = (
    "grid_cellduty",
    "grid_cellpart",
    "grid_cellcontact",
    "grid_sighting",
    "grid_stop",
    "grid_hazardcheck",
    "grid_headship",
    "grid_queued",
    "grid_team",
    "grid_storm",
    "grid_shelter",
    "grid_stormhome",
    "grid_stormsheet",
    "grid_weatherwarning",
)
# rows that go with time, or when somebody takes them out
ROSTERS = ("grid_watchseat", "grid_watchnote", "grid_watchswap")
