"""How a storm ends on its pages: what is open in it, and where it went on if it ended into another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate

from linli.grid import permits
from linli.grid.queries import storms as queries
from linli.grid.queries.quiet_storms import quiet_days
from linli.grid.queries.storm_sheets import left_open, open_words
from linli.places.queries.tree import names_of_paths

if TYPE_CHECKING:
    from linli.grid.models import Storm
    from linli.kernel.permits import Actor
    from linli.places.models import Place


def end_frame(actor: Actor, storm: Storm, place: Place) -> dict[str, Any]:
    """Return what a page of a storm says of its end, to whom it is offered."""
    may_end = actor.may(permits.DECLARE, at=storm.path)
    left = left_open(storm) if may_end and storm.ended_on is None else None
    return {
        "may_end": may_end, "quiet": quiet_days(storm, localdate()),
        "left": open_words(left) if left else "", "needs_anyway": bool(left and left.people),
        **_went_on(storm, place),
    }  # fmt: skip


def _went_on(storm: Storm, place: Place) -> dict[str, Any]:
    into = queries.went_on_in(storm)
    if into is None:
        return {"into": None}
    to = queries.page_of_storm(into, place.path)
    by = names_of_paths({into.path}).get(into.path, "")
    return {"into": into, "into_by": by, "into_at": reverse(to.view, args=to.args)}
