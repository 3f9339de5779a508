"""Jobs of the grid."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from linli.grid.services import (
    closed_posts,
    ended_cells,
    head_accounts,
    joined_storms,
    leaving,
    quiet_storms,
    telling_storms,
)
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor

FORGETTER = system_actor("grid.let_go")
STORMS, HEADS = system_actor("grid.storm"), system_actor("grid.heads")
CELLS = system_actor("grid.cells")


@job("grid.forget_account", lock="grid.forget_account", retry=3)
def forget_account(account_id: int) -> None:
    """Forget the name of a head whose account was erased."""
    head_accounts.forget_account(account_id, actor=FORGETTER, now=timezone.now())


@job("grid.forget_person", lock="grid.forget_account", retry=3)
def forget_person(person_id: int) -> None:
    """Forget the name of a head or contact person whose entry was erased."""
    head_accounts.forget_person(person_id, actor=FORGETTER, now=timezone.now())


@periodic("20 8 * * *")
@job("grid.look_after_storms", lock="grid.look_after_storms", retry=3)
def look_after_storms(timestamp: int = 0) -> None:
    """Ask about storms for which nothing is entered any more, and end what is long over."""
    quiet_storms.look_after_storms(actor=STORMS, now=timezone.now())


@job("grid.tell_of_storm", lock="grid.tell_of_storm", retry=3)
def tell_of_storm(storm_id: int) -> None:
    """Tell the villages below who declared a storm."""
    telling_storms.tell_villages(storm_id, actor=STORMS, now=timezone.now())


@job("grid.unite_storms", lock="grid.unite_storms", retry=3)
def unite_storms(place_id: int) -> None:
    """Make one of the storms of one name that a change of places brought to one ground."""
    joined_storms.unite_storms(place_id, actor=STORMS, now=timezone.now())


@job("grid.end_of_dead", retry=3)
def end_of_dead(person_id: int, on: str) -> None:
    """End the terms of somebody who died."""
    leaving.end_of_dead(person_id, date.fromisoformat(on), actor=HEADS, now=timezone.now())


@job("grid.tell_of_moved", retry=3)
def tell_of_moved(person_id: int, path: str) -> None:
    """Tell the office that a head moved away."""
    leaving.tell_of_moved(person_id, path, actor=HEADS, now=timezone.now())


@job("grid.end_of_cells", lock="grid.end_of_cells", retry=3)
def end_of_cells(layer_id: int, code: str) -> None:
    """End what posts and neighbours were named for in cells that ended."""
    ended_cells.follow(layer_id, code, actor=CELLS, now=timezone.now())


@job("grid.follow_closed_posts", lock="grid.follow_closed_posts", retry=3)
def follow_closed_posts(post_ids: list[int], on: str) -> None:
    """Relieve posts that end of their cells and shifts."""
    closed_posts.follow(post_ids, date.fromisoformat(on), actor=CELLS, now=timezone.now())
