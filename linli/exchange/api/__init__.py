"""JSON API of the hotline: its lists, orders, what is returned, and what we ask it to take back."""

from ninja import Router

from linli.exchange.api import lists, orders, returns

router = Router(tags=["hotline"])
for part in (orders, lists, returns):
    router.add_router("", part.router)
