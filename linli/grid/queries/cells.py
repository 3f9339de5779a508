"""Cells with those who look after them, as an actor may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from linli.grid import permits
from linli.grid.models import CellDuty
from linli.grid.queries.narrowing import Wanted
from linli.grid.rules.cells import is_looked_after, size_fault
from linli.grid.types import CellKey
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.orgs import queries as orgs
from linli.orgs.queries.naming import called_each
from linli.orgs.types import HoldingView
from linli.places import queries as places
from linli.rulebook import queries as rulebook
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Cell, Layer, Place

SIZE_KEY = "grid.households"
# the layer whose cells are meant for people and homes: only its sizes are judged
SOCIAL = "social"
# whoever has any of these at a village finds its cells
SEEN_WITH = (permits.SEE, permits.KEEP, permits.CONTACTS, permits.WORK)


@dataclass(slots=True)
class DutyView:
    """A duty with the name of its post and who holds it on the day."""

    duty: CellDuty
    post: str
    holders: Sequence[HoldingView] = ()


@dataclass(slots=True)
class CellRow:
    """A cell of today with who looks after it; `fault` is small, big, unknown or nothing."""

    cell: Cell
    fault: str
    duties: list[DutyView] = field(default_factory=list)

    @property
    def is_looked_after(self) -> bool:
        return is_looked_after(one.duty.role for one in self.duties)

    def fits(self, wanted: Wanted) -> bool:
        """Say whether a list shows it: by code, name, or a post that looks after it in some role."""
        words = wanted.words.casefold()
        by_role = [one for one in self.duties if wanted.kind in ("", one.duty.role)]
        named_by = [self.cell.code, self.cell.name, *(one.post for one in by_role)]
        is_meant = any(words in one.casefold() for one in named_by)
        return is_meant and bool(by_role or not wanted.kind)


def find_layer(key: str) -> Layer:
    """Return a layer by its key. Refuses with NotFound."""
    return places.get_layer(key)


def is_cell_of(place: Place, cell: CellKey) -> bool:
    """Say whether a village has this cell today."""
    return places.cells_of(place, find_layer(cell.layer)).filter(code=cell.code).exists()


def ground_for(actor: Actor, code: str) -> Place:
    """Return a village, town or city whose cells the actor sees. Refuses with NotFound."""
    place = places.get_place(code)
    is_seen = any(actor.may(one, at=place.path) for one in SEEN_WITH)
    if place.level not in ("city", "town", "village") or not is_seen:
        raise NotFound(code=code)
    return place


def village_for(actor: Actor, code: str) -> Place:
    """Return a village whose cells the actor sees. Refuses with NotFound."""
    place = ground_for(actor, code)
    if place.level != "village":
        raise NotFound(code=code)
    return place


def my_villages(actor: Actor) -> QuerySet[Place]:
    """Return the villages of today whose cells the actor sees."""
    found = places.places_of_level("village", with_invented=True)
    return found.filter(in_reach(actor, permits.SEE))


def visible_duties(actor: Actor) -> QuerySet[CellDuty]:
    """Duties in cells of villages that the actor sees."""
    return CellDuty.objects.filter(in_reach(actor, permits.SEE, permits.KEEP))


def get_duty(actor: Actor, duty_id: int) -> CellDuty:
    """Return one duty. Refuses with NotFound."""
    found = visible_duties(actor).filter(pk=duty_id).select_related("layer", "post").first()
    if found is None:
        raise NotFound(id=duty_id)
    return found


def holding_on(on: date) -> Q:
    """Return the condition of what holds on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def of_open_post(on: date) -> Q:
    """Return the condition of duties whose post is open on a day: one that closes later works until then."""
    return Q(post__closed_on__isnull=True) | Q(post__closed_on__gt=on)


def cell_rows(place: Place, layer: Layer, on: date) -> list[CellRow]:
    """Return the cells of a layer in a village with their duties of a day; three queries."""
    bounds = rulebook.lookup(SIZE_KEY, place.path, on).range
    sized = layer.key == SOCIAL
    rows = {
        cell.code: CellRow(cell, _fault(cell, bounds) if sized else "")
        for cell in places.cells_of(place, layer)
    }
    found = CellDuty.objects.filter(holding_on(on), of_open_post(on), path=place.path, layer=layer)
    for view in views_of(found.select_related("post"), on):
        if view.duty.cell_code in rows:
            rows[view.duty.cell_code].duties.append(view)
    return list(rows.values())


def _fault(cell: Cell, bounds: Any) -> str:
    return size_fault(cell.households, least=bounds.min, most=bounds.max)


def views_of(duties: QuerySet[CellDuty], on: date) -> list[DutyView]:
    """Return duties with the names of their posts and holders; two queries more."""
    rows = list(duties.order_by("cell_code", "role", "shift", "pk"))
    held = orgs.holders_of_posts({one.post_id for one in rows}, on)
    return [DutyView(one, named(one.post), held.get(one.post_id, ())) for one in rows]


def duties_of(place: Place, layer: Layer, code: str, on: date) -> list[DutyView]:
    """Return all duties in one cell, those of today first, then the latest."""
    found = CellDuty.objects.filter(path=place.path, layer=layer, cell_code=code)
    views = views_of(found.select_related("post"), on)
    return sorted(
        views, key=lambda v: (v.duty.until is not None and v.duty.until <= on, -v.duty.pk)
    )


def cell_named(place: Place, layer: Layer, code: str) -> Cell:
    """Return today's cell of a code. Refuses with NotFound."""
    cell = places.cells_of(place, layer).filter(code=code).first()
    if cell is None:
        raise NotFound(cell=code)
    return cell


def post_choices(
    actor: Actor, place: Place, on: date, *, held_alone: bool = False
) -> list[tuple[str, str]]:
    """Return posts of the village and its town that may look after a cell, with their holders.

    Posts of one name are told apart by their body. `held_alone`: those that somebody holds, for what has to be done at once.
    """
    wanted = orgs.PostsWanted(place.path, with_invented=True)
    page, held = orgs.posts_page(actor, wanted, on=on, limit=500)
    shown = [post for post in page.items if not held_alone or held.get(post.pk)]
    titles = Counter(named(post) for post in shown)
    alike = {post.organisation for post in shown if titles[named(post)] > 1}
    bodies = called_each(alike, on)
    return [
        (str(post.pk), " · ".join([
            named(post), *([bodies[post.organisation_id]] if titles[named(post)] > 1 else ()),
            *(h.holder_name for h in held.get(post.pk, [])),
        ]))
        for post in shown
    ]  # fmt: skip
