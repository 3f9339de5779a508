"""The cells that somebody may choose from: her own first, then those of the villages where she works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from linli.grid import permits
from linli.grid.queries.cells import SOCIAL, find_layer
from linli.grid.queries.posts import own_duties
from linli.grid.types import CellKey
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.places.types import PlaceRow

if TYPE_CHECKING:
    from linli.places.models import Place

# of more villages than these nobody works in the cells of all; she comes by her own duties
MOST_VILLAGES = 10


def value_of(code: str, cell: CellKey) -> str:
    """Return a choice as a form sends it."""
    return f"{code}/{cell.layer}/{cell.code}"


def read(value: str) -> tuple[Place, CellKey]:
    """Return village and cell of a choice. Refuses with NotFound."""
    parts = value.split("/")
    if len(parts) != 3:
        raise NotFound(cell=value)
    return places.get_place(parts[0]), CellKey(parts[1], parts[2])


def cell_choices(actor: Actor, now: datetime) -> Sequence[tuple[str, str]]:
    """Return cells as (value, name): one's own first, then all of the villages where one works."""
    own = [
        (one.path.rstrip("/").rpartition("/")[2], CellKey(one.layer.key, one.cell_code))
        for one in own_duties(actor, now)
    ]
    names: dict[str, str] = {}
    for code in dict.fromkeys([*(code for code, _cell in own), *_villages(actor)]):
        place = places.get_place(code)
        for cell in places.cells_of(place, find_layer(SOCIAL)):
            key = CellKey(SOCIAL, cell.code)
            names[value_of(code, key)] = f"{cell.name} ({place.short_name or place.name})"
    mine = {value_of(code, cell): cell.code for code, cell in own}
    first = [(value, names.get(value, code)) for value, code in mine.items()]
    return [*first, *((value, name) for value, name in names.items() if value not in mine)]


def _villages(actor: Actor) -> list[str]:
    codes = []
    for path in actor.paths(permits.WORK):
        chain: PlaceRow = places.chain_of(path.rstrip("/").rpartition("/")[2])[-1]
        if chain.level == "village" and chain.valid_to is None:
            codes.append(chain.code)
    return codes[:MOST_VILLAGES]
