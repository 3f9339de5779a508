"""The list of responsibilities (权责清单) as everybody may read it: who is in charge of what, where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from linli.cases import permits
from linli.cases.models import Category, Responsibility
from linli.cases.queries.categories import category_tree
from linli.cases.queries.posts import post_names
from linli.cases.queries.routing import on_day
from linli.cases.types.routing import Duty
from linli.kernel.errors import NotFound
from linli.kernel.paths import nearest_first
from linli.kernel.permits import Actor
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A post in the list: what it is called, at which place it was named, on what basis."""

    id: int
    duty: Duty
    post_id: int
    post: str
    path: str
    basis: str
    since: date | None
    until: date | None
    edition: int


@dataclass(slots=True)
class DutyRow:
    """A category with the posts that are in charge of it and those that are to know.

    `is_own` says that the place named somebody itself; else the place above did.
    """

    category: Category
    responsible: Line | None = None
    informed: list[Line] = field(default_factory=list)
    is_own: bool = False
    by_group: bool = False


def duty_list(path: str, on: date) -> list[tuple[Category, list[DutyRow]]]:
    """Return the list of a place on a day by groups: what it named itself, else what holds above.

    For a category of which nobody is named, its group's post is shown, as routing takes it.
    """
    rows = list(
        Responsibility.objects.filter(on_day(on), path__in=nearest_first(path)).order_by("pk")
    )
    names = post_names(row.post_id for row in rows)
    by_category: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        by_category[row.category_id].append(_line(row, names))
    return [
        (
            group.category,
            [
                _row(one, by_category, group.category, path)
                for one in (group.items or [group.category])
            ],
        )
        for group in category_tree(on)
    ]


def _row(category: Category, lines: dict[int, list[Line]], group: Category, path: str) -> DutyRow:
    own, shared = lines.get(category.pk, []), lines.get(group.pk, [])
    if category.pk == group.pk:
        shared = []
    best = max(
        [(len(line.path), True, line) for line in own if line.duty == Duty.RESPONSIBLE]
        + [(len(line.path), False, line) for line in shared if line.duty == Duty.RESPONSIBLE],
        key=lambda one: one[:2],
        default=None,
    )
    informed = [line for line in (*own, *shared) if line.duty == Duty.INFORMED]
    responsible = best[2] if best else None
    return DutyRow(
        category,
        responsible,
        informed,
        is_own=responsible is not None and responsible.path == path,
        by_group=best is not None and not best[1],
    )


def _line(row: Responsibility, names: dict[int, str]) -> Line:
    return Line(
        row.pk, Duty(row.duty), row.post_id, names.get(row.post_id, ""), row.path, row.basis,
        row.since, row.until, row.edition,
    )  # fmt: skip


def lines_of(path: str) -> list[tuple[Category, Line]]:
    """Return every line that a place ever had, those that hold first, by category."""
    rows = Responsibility.objects.filter(path=path).select_related("category")
    found = list(rows.order_by("category__order", "category_id", "duty", "-pk"))
    names = post_names(row.post_id for row in found)
    lines = [(row.category, _line(row, names)) for row in found]
    return sorted(lines, key=lambda one: one[1].until is not None)


def lines_on(path: str, on: date) -> list[tuple[Category, Line]]:
    """Return every line that holds for a place on a day, its own and those of the places above."""
    rows = Responsibility.objects.filter(on_day(on), path__in=nearest_first(path))
    found = list(rows.select_related("category").order_by("category__order", "-path", "pk"))
    names = post_names(row.post_id for row in found)
    return [(row.category, _line(row, names)) for row in found]


def line_of(row: Responsibility) -> Line:
    """Return a row as lists show it."""
    return _line(row, post_names([row.post_id]))


def without_list(actor: Actor, on: date) -> list[tuple[Place, Place]]:
    """Return places of today, each with one that ended for it and had a list, that have none at all."""
    pairs = places.came_from(actor.paths(permits.KEEP_RULES), on)
    if not pairs:
        return []
    paths = {place.path for pair in pairs for place in pair}
    rows = Responsibility.objects.filter(path__in=paths)
    listed = set(rows.values_list("path", flat=True))
    bare = {new.pk: (old, new) for old, new in pairs if old.path in listed}
    return [pair for pair in bare.values() if pair[1].path not in listed]


def get_line(line_id: int) -> Responsibility:
    """Return a line of the list, which is public. Refuses with NotFound."""
    found = Responsibility.objects.filter(pk=line_id).select_related("category").first()
    if found is None:
        raise NotFound()
    return found


def informed_posts(category_id: int | None, path: str, on: date) -> Sequence[int]:
    """Return the posts that are to know of a case of a category at a place."""
    if category_id is None:
        return []
    group = Category.objects.filter(pk=category_id).values_list("parent_id", flat=True).first()
    rows = Responsibility.objects.filter(
        on_day(on),
        path__in=nearest_first(path),
        duty=Duty.INFORMED,
        category__in=[one for one in (category_id, group) if one is not None],
    )
    return sorted(set(rows.values_list("post_id", flat=True)))
