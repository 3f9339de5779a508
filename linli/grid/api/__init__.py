"""JSON API on the grid."""

from ninja import Router

from linli.grid.api import cells, contacts, rounds

router = Router(tags=["grid"])
for part in (cells, contacts, rounds):
    router.add_router("/grid", part.router)
