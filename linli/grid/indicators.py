"""What the plan asks of the grid: T08-1, T10-1, and how events were dealt with (GR-04)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.grid.queries import coverage, figures
from linli.grid.types.figures import FIGURES, Counted, Figure, Span
from linli.kernel.paths import code_of
from linli.kernel.permits import STAFF
from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured
from linli.places import queries as places
from linli.places.types import WITH_COMMITTEE

Measure = Callable[[str, date], Measured]
MOST = 700


def villages_in_cells(path: str, on: date) -> Measured:
    """T08-1: villages whose every social-service cell has a post ÷ villages with a committee.

    As long as none of them has a cell, the number is unknown.
    """
    wanted, cells = _villages(path), coverage.covered(path, on)
    there = [at for at in wanted if at in cells and cells[at].looked_after == cells[at].cells]
    words = {
        at: _("%(name)s: %(held)s of %(cells)s cells looked after")
        % {"name": name, "held": cells[at].looked_after, "cells": cells[at].cells}
        for at, name in wanted.items()
        if at in cells
    }
    return _share(
        wanted, there, words, on, "grid:village", is_known=any(at in cells for at in wanted)
    )


def villages_with_heads(path: str, on: date) -> Measured:
    """T10-1: villages where a head of a building, block or lane serves ÷ villages with a committee.

    As long as none of them has anybody on record, the number is unknown.
    """
    wanted, heads = _villages(path), coverage.heads_by_village(path, on)
    words = {
        at: _("%(name)s: heads serving: %(count)s") % {"name": name, "count": heads[at]}
        for at, name in wanted.items()
        if at in heads
    }
    there = [at for at in wanted if at in heads]
    return _share(
        wanted, there, words, on, "grid:heads", is_known=any(at in heads for at in wanted)
    )


def _villages(path: str) -> dict[str, str]:
    kinds = {kind.value for kind in WITH_COMMITTEE}
    found = places.places_of_level("village", with_invented=path.count("/") > 1)
    reach = found.filter(path__startswith=path, kind__in=kinds).order_by("path")
    return dict(reach.values_list("path", "short_name"))


def _share(
    wanted: Mapping[str, str], there: list[str], words: Mapping[str, str], on: date, page: str, *,
    is_known: bool,
) -> Measured:  # fmt: skip
    lacking = [at for at in wanted if at not in set(there)]

    def told(paths: Iterable[str]) -> list[Evidence]:
        return [
            Evidence(words.get(at, wanted[at]), reverse(page, args=[code_of(at)]), at)
            for at in list(paths)[:MOST]
        ]

    if not is_known:
        return Measured(None, len(wanted) or None, on, missing=told(lacking))
    return Measured(len(there), len(wanted), on, told(there), told(lacking))


def measured(
    figure: Figure, path: str, span: Span, found: Counted | None = None, unseen: Sequence[int] = ()
) -> Measured:
    """Return what a figure of GR-04 says of a place over some days; of no events it is unknown, not zero.

    It names at most MOST events, none that is not to be named; after these comes the page that lists all.
    """
    found, on = found or figures.counted(path, span, unseen), span.last
    if not figure.is_share:
        if found.hours is None:
            return Measured(None, None, on)
        return Measured(
            round(found.hours), None, on, _cases(figure, path, span, unseen, is_good=True)
        )
    if not (whole := getattr(found, figure.whole)):
        return Measured(None, None, on)
    good, others = (
        _cases(figure, path, span, unseen, is_good=is_good) for is_good in (True, False)
    )
    return Measured(getattr(found, figure.good), whole, on, good, others)


def _cases(
    figure: Figure, path: str, span: Span, unseen: Sequence[int], *, is_good: bool
) -> list[Evidence]:
    rows = figures.listed(path, span, figure.pile, is_good=is_good, most=MOST + 1, unseen=unseen)
    shown = [
        Evidence(one.number, reverse("grid:event", args=[one.number]), one.path)
        for one in rows[:MOST]
    ]
    if len(rows) > MOST:
        asked = {
            "of": figure.key, "part": "yes" if is_good else "no",
            "first": f"{span.first}", "last": f"{span.last}",
        }  # fmt: skip
        where = reverse("grid:figures", args=[code_of(path)])
        shown.append(Evidence(_("All of them"), f"{where}?{urlencode(asked)}", path))
    return shown


def _of_days(figure: Figure) -> Measure:
    return lambda path, on: measured(figure, path, figures.last_days(on))


def register() -> None:
    """Give the plan what it can ask about the grid. Called once at start."""
    INDICATORS.add_all(
        [
            Indicator(
                "T08-1", gettext_lazy("Villages cut into cells that are looked after"), "villages",
                villages_in_cells,
                method=gettext_lazy("Villages whose every social-service cell has a post ÷ all with a committee"),
            ),
            Indicator(
                "T10-1", gettext_lazy("Villages with heads of buildings, blocks or lanes"), "villages",
                villages_with_heads,
                method=gettext_lazy("Villages where at least one chosen head serves ÷ all with a committee"),
            ),
            *(
                Indicator(
                    one.key, one.title, "percent" if one.is_share else "hours", _of_days(one), STAFF,
                    format_lazy("{} · {}", one.method, gettext_lazy("over 90 days")),
                )
                for one in FIGURES
            ),
        ]
    )  # fmt: skip
