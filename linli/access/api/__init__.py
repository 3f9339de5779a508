"""JSON API of access: who one is, accounts, who may do what, deputies, resets, keys, data requests."""

from ninja import Router

from linli.access.api import (
    account_moves,
    accounts,
    acting,
    deputies,
    devices,
    giving,
    imports,
    own,
    requests,
    resets,
    rights,
)

router = Router(tags=["access"])
for part in (
    accounts,
    account_moves,
    giving,
    rights,
    deputies,
    resets,
    devices,
    imports,
    acting,
    own,
    requests,
):
    router.add_router("", part.router)
