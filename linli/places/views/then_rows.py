"""The register on a day as one table, the same for page, paper and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.places import queries
from linli.places.queries.becoming import becoming
from linli.places.queries.figures import Figures
from linli.places.queries.then import PlaceThen
from linli.places.rules import Carried
from linli.places.types import (
    CATEGORY_TITLES,
    FIGURES,
    KIND_TITLES,
    SETTLEMENT_TITLES,
    Category,
    Kind,
    Settlement,
)
from linli.ui.columns import Column, col
from linli.ui.formats import is_chinese, listed, number

HAPPENED = {
    "merged": gettext_lazy("merged"),
    "split": gettext_lazy("split"),
    "renamed": gettext_lazy("renamed"),
    "moved": gettext_lazy("hangs elsewhere"),
    "ended": gettext_lazy("ended"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One place: its cells, the first of them its code and the second its name."""

    url: str
    cells: list[Any]
    is_invented: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns and lines, and the whole of all places where there are figures."""

    columns: list[Column]
    lines: list[Line]
    whole: list[Any] = field(default_factory=list)

    @property
    def has_invented(self) -> bool:
        """Whether a place of the demo stands in it."""
        return any(line.is_invented for line in self.lines)

    @property
    def rows(self) -> list[list[Any]]:
        """Heads, lines and the whole, for a file."""
        body = [line.cells for line in self.lines]
        heads = [str(column.title) for column in self.columns]
        return [heads, *body, *([["", _("Whole"), *self.whole]] if self.whole else [])]


def called(place: PlaceThen) -> str:
    """The name of a place on its day, in the reader's language."""
    return place.name if is_chinese() or not place.name_en else place.name_en


def as_they_were(places: Sequence[PlaceThen], on: date, *, with_path: bool = False) -> Sheet:
    """Places under their names and kinds of a day, with what was decided; files show the path."""
    ids = [place.id for place in places]
    above = queries.named_on((place.above for place in places), on)
    settlement = queries.decisions_on(ids, "settlement", on)
    category = queries.decisions_on(ids, "category", on)
    lines = [
        _line(
            place,
            str(KIND_TITLES[Kind(place.kind)]),
            called(above[place.above]) if place.above in above else "",
            str(SETTLEMENT_TITLES[Settlement(settlement[place.id].value)])
            if place.id in settlement
            else "",
            str(CATEGORY_TITLES[Category(category[place.id].value)])
            if place.id in category
            else "",
            *([place.path] if with_path else []),
        )
        for place in places
    ]
    heads = [_("Kind"), _("Above"), _("Counts as"), _("Category of the plan")]
    heads += [_("Path")] if with_path else []
    return Sheet([*_first(), *map(col, heads)], lines)


def what_became(places: Sequence[PlaceThen], measured_on: date, on: date) -> Sheet:
    """Places of a day with what each is on a later one, and with which share."""
    lines = []
    for one in becoming(places, measured_on=measured_on, on=on):
        shares = listed(
            called(share.place)
            if share.share == 1
            else _("%(name)s (%(share)s)") % {"name": called(share.place), "share": share.share}
            for share in one.shares
        )
        codes = listed(share.place.code for share in one.shares)
        words = listed(HAPPENED[key] for key in one.happened)
        lines.append(_line(one.place, words or _("unchanged"), shares, codes))
    heads = [_("What happened"), _("What it is now"), _("Code now")]
    return Sheet([*_first(), *map(col, heads)], lines)


def with_figures(places: Sequence[PlaceThen], found: Mapping[int, Figures], level: str) -> Sheet:
    """Places with their figures, and the whole of every place that there is."""
    keys = [key for key in FIGURES if level != "village" or key not in ("villages",)]
    lines = [_line(place, *(figure_cell(found[place.id][key]) for key in keys)) for place in places]
    whole = queries.whole_of(found.values())
    columns = [*_first(), *(col(FIGURES[key], end=True) for key in keys)]
    return Sheet(columns, lines, [figure_cell(whole[key]) for key in keys])


def figure_cell(one: Carried) -> int | str:
    """A figure as a number; in words where all or a part of it is unknown."""
    if one.value is not None:
        return one.value
    if one.known is None:
        return "–"
    return _("%(known)s, rest unknown") % {"known": number(one.known)}


def _first() -> list[Column]:
    return [col(_("Code")), col(_("Name"))]


def _line(place: PlaceThen, *cells: Any) -> Line:
    url = reverse("places:detail", args=[place.code])
    return Line(url, [place.code, called(place), *cells], place.is_invented)


def checked(before: Mapping[int, Figures], after: Mapping[int, Figures]) -> list[dict[str, Any]]:
    """The whole of each figure before and after restating: the sum of the parts stays."""
    one, other = queries.whole_of(before.values()), queries.whole_of(after.values())
    return [
        {
            "title": title, "before": figure_cell(one[key]), "after": figure_cell(other[key]),
            "is_same": one[key] == other[key],
        }
        for key, title in FIGURES.items()
    ]  # fmt: skip
