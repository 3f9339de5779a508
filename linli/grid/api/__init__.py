"""JSON API on the grid."""

from ninja import Router

from linli.grid.api import cells, contacts, day, heads, replay, rounds, storms, warnings, watch

router = Router(tags=["grid"])
for part in (cells, contacts, day, heads, replay, rounds, storms, warnings, watch):
    router.add_router("/grid", part.router)
router.add_router("/replay", replay.replays)
