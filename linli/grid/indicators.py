"""What the plan asks of the grid: T08-1, T10-1, and how events were dealt with (GR-04)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.grid.queries import coverage, figures
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


def average_hours(path: str, on: date) -> Measured:
    """GR-04: mean hours from filing to disposal; unknown where nothing was disposed of."""
    found = figures.counted(path, on)
    if found.hours is None:
        return Measured(None, None, on)
    rows = [
        row
        for good in (True, False)
        for row in figures.listed(path, on, "disposed", is_good=good)
    ]  # fmt: skip
    return Measured(round(found.hours), None, on, _cases(sorted(rows)[:MOST]))


def _events(pile: str, good: str, whole: str) -> Measure:
    """Return how a share of events is measured; of none at all it is unknown, which is not zero.

    `pile` is a key of figures.PILES; `good` and `whole` are numbers of figures.Counted.
    """

    def measure(path: str, on: date) -> Measured:
        found = figures.counted(path, on)
        if not getattr(found, whole):
            return Measured(None, None, on)
        yes = figures.listed(path, on, pile, is_good=True)
        no = figures.listed(path, on, pile, is_good=False)
        return Measured(getattr(found, good), getattr(found, whole), on, _cases(yes), _cases(no))

    return measure


def _cases(rows: Iterable[tuple[str, str]]) -> list[Evidence]:
    return [Evidence(number, reverse("grid:event", args=[number]), at) for number, at in rows]


# GR-04: in time of those due, closed of those filed, sent back of those disposed of, in time of those closed
on_time = _events("due", "on_time", "due")
closing = _events("filed", "filed_closed", "filed")
rework = _events("disposed", "reworked", "disposed")
closing_on_time = _events("closed", "closed_on_time", "closed")
OF_EVENTS: tuple[tuple[str, object, str, Measure, object], ...] = (
    ("grid.on_time", gettext_lazy("Events disposed of in time"), "percent", on_time,
     gettext_lazy("Disposed of in time ÷ due, of 90 days (GR-04)")),
    ("grid.closing", gettext_lazy("Events closed"), "percent", closing,
     gettext_lazy("Closed ÷ filed, of 90 days (GR-04)")),
    ("grid.rework", gettext_lazy("Events done once more"), "percent", rework,
     gettext_lazy("Sent back once or more ÷ disposed of, of 90 days (GR-04)")),
    ("grid.closing_on_time", gettext_lazy("Events closed that were disposed of in time"), "percent", closing_on_time, gettext_lazy("Disposed of in time ÷ closed, of 90 days (GR-04)")),
    ("grid.hours", gettext_lazy("Mean time to dispose of an event"), "hours", average_hours,
     gettext_lazy("Hours from filing to disposal, mean of 90 days (GR-04)")),
)  # fmt: skip


FIGURES = tuple(key for key, *_rest in OF_EVENTS)


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
                Indicator(key, title, unit, measure, STAFF, method)
                for key, title, unit, measure, method in OF_EVENTS
            ),
        ]
    )  # fmt: skip
