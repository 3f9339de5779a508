"""JSON API on the grid."""

from ninja import Router

from linli.grid.api import cells, contacts, heads, rounds

router = Router(tags=["grid"])
for part in (cells, contacts, heads, rounds):
    router.add_router("/grid", part.router)
