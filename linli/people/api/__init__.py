"""JSON API on people, for tokens that hold the permits. Numbers leave masked, never in clear."""

from ninja import Router

from linli.people.api import (
    dwellings,
    entry,
    exports,
    households,
    imports,
    months,
    pairs,
    persons,
    rolls,
    stays,
    vault,
)

router = Router(tags=["people"])
for part in (
    persons, entry, stays, vault, households, dwellings, rolls, months, imports, exports, pairs,
):  # fmt: skip
    router.add_router("", part.router)
