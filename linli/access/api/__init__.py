"""JSON API of access: who one is, who may do what, deputies, keys, sessions, data requests."""

from ninja import Router

from linli.access.api import accounts, deputies, own, requests, rights

router = Router(tags=["access"])
for part in (accounts, rights, deputies, own, requests):
    router.add_router("", part.router)
