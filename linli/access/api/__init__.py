"""JSON API of access: who one is and may do what, deputies, emergencies, residents, keys, data requests."""

from ninja import Router

from linli.access.api import (
    account_moves,
    accounts,
    acting,
    deputies,
    devices,
    giving,
    holders,
    imports,
    own,
    receipts,
    requests,
    resets,
    residents,
    rights,
    special,
)

router = Router(tags=["access"])
for part in (
    accounts,
    account_moves,
    giving,
    rights,
    deputies,
    holders,
    special,
    resets,
    devices,
    imports,
    acting,
    residents,
    own,
    requests,
    receipts,
):
    router.add_router("", part.router)
