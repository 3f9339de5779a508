"""Makers of cells, staff and events for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from linli.grid import permits
from linli.grid.models import CellDuty
from linli.grid.services import duties
from linli.grid.types import CellKey, DutyFacts, Role, Shift
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import make_actor
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_cell

if TYPE_CHECKING:
    from linli.orgs.models import Post
    from linli.places.models import Place

__all__ = ["CELL", "NOON", "SYSTEM", "TODAY", "make_cell", "make_duty", "make_worker"]

# a Monday noon in Shanghai
NOON = datetime(2026, 8, 10, 4, 0, tzinfo=UTC)
TODAY = date(2026, 8, 10)
CELL = CellKey("social", "G1")
SYSTEM = system_actor("test")


def make_worker(
    place: Place, *more: Any, post: Post | None = None, is_held: bool = False
) -> tuple[Actor, Post]:
    """Return somebody who works in the cells of a village, in a post of it.

    `is_held`: the register says that the post is held, as what is offered to it needs.
    """
    from dataclasses import replace

    from linli.cases import permits as cases

    post = post or make_post(make_organisation(at=place), kind="grid_worker")
    if is_held:
        make_holding(post)
    actor = make_actor(
        "worker", permits.SEE, permits.WORK, cases.SEE, cases.HANDLE, *more, at=place.path
    )
    grants = tuple(replace(grant, post_id=post.pk) for grant in actor.grants)
    return replace(actor, posts=frozenset({post.pk}), grants=grants), post


def make_duty(
    place: Place, post: Post, cell: CellKey = CELL, *, role: str = Role.WORKER,
    shift: str = Shift.WHOLE, since: date = date(2026, 1, 1), until: date | None = None,
) -> CellDuty:  # fmt: skip
    """Let a post look after a cell."""
    facts = DutyFacts(post.pk, role, shift, since, until)
    return duties.name_duty(place, cell, facts, actor=SYSTEM, now=NOON)
