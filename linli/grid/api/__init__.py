"""JSON API on the grid."""

from ninja import Router

from linli.grid.api import (
    cells,
    checks,
    contacts,
    day,
    events,
    figures,
    heads,
    homes,
    replay,
    rounds,
    shelters,
    shifts,
    storms,
    warnings,
    watch,
    words,
)

router = Router(tags=["grid"])
PARTS = (
    cells, checks, contacts, day, events, figures, heads, homes, words, replay, rounds, shelters, shifts, storms,
    warnings, watch,
)  # fmt: skip
for part in PARTS:
    router.add_router("/grid", part.router)
router.add_router("/replay", replay.replays)
