"""Whether a shelter has room for a home."""

from __future__ import annotations

from linli.grid.errors import ShelterFull
from linli.grid.models import Shelter, Storm, StormHome
from linli.grid.queries.storms import taken_places
from linli.kernel.permits import Actor, open_to_all


@open_to_all("part of naming or marking a home, whose service asked who does it")
def refuse_full(
    storm: Storm, shelter: Shelter, people: int, home: StormHome | None, *, actor: Actor
) -> None:
    """Refuse with ShelterFull people for whom a held shelter has no room."""
    if taken_places(storm, shelter, but=home.pk if home else 0) + people > shelter.places:
        raise ShelterFull()
