"""JSON API of the hotline and of connections to other systems of the city."""

from ninja import Router

from linli.exchange.api import connections, lists, orders, returns

router = Router()
for part in (orders, lists, returns):
    router.add_router("", part.router, tags=["hotline"])
router.add_router("", connections.router, tags=["connections"])
