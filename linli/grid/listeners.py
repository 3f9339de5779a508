"""Reactions of the grid to events: each only defers a job."""

from __future__ import annotations

from linli.access.events import AccountErased
from linli.grid import tasks
from linli.grid.events import StormBegan
from linli.orgs.events import PostsClosed
from linli.people.events import PersonDied, PersonErased, PersonLeft
from linli.places.events import CellsEnded, PlacesChanged


def on_account_erased(event: AccountErased) -> None:
    """Whoever was erased stands for no neighbours by name."""
    tasks.forget_account.defer(account_id=event.account_id)


def on_person_erased(event: PersonErased) -> None:
    """Whoever was erased is named to no neighbours, as head or contact person."""
    tasks.forget_person.defer(person_id=event.person_id)


def on_person_died(event: PersonDied) -> None:
    """Neighbours do not go on writing to somebody who died."""
    tasks.end_of_dead.defer(person_id=event.person_id, on=event.on.isoformat())


def on_person_left(event: PersonLeft) -> None:
    """The office hears that a head moved away."""
    tasks.tell_of_moved.defer(person_id=event.person_id, path=event.path)


def on_cells_ended(event: CellsEnded) -> None:
    """Nobody looks after a cell that is no more, nor is anybody named to its households."""
    tasks.end_of_cells.defer(layer_id=event.layer_id, code=event.code)


def on_storm_began(event: StormBegan) -> None:
    """The villages below hear what they do in it."""
    tasks.tell_of_storm.defer(storm_id=event.storm_id)


def on_places_changed(event: PlacesChanged) -> None:
    """Villages that each declared a storm, and merged or moved, are in one storm of that name."""
    if event.kind in ("merge", "move"):
        for place_id in event.new:
            tasks.unite_storms.defer(place_id=place_id)


def on_posts_closed(event: PostsClosed) -> None:
    """A post that ended looks after no cell, and is on duty in no shift."""
    if event.post_ids:
        tasks.follow_closed_posts.defer(post_ids=list(event.post_ids), on=event.on.isoformat())
