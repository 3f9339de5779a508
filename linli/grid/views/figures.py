"""How events in the cells of a place were dealt with, on one page with what each figure rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.grid.indicators import FIGURES
from linli.grid.queries import cells
from linli.grid.views.frame import way_to
from linli.kernel.registries import INDICATORS, Indicator, Measured
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.ui.demo import demo_note
from linli.ui.jinja import named


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with what it says of the village."""

    indicator: Indicator
    said: Measured

    @property
    def percent(self) -> int | None:
        """The share in percent, or None where it is unknown or no share."""
        if self.said.numerator is None or not self.said.denominator:
            return None
        return round(100 * self.said.numerator / self.said.denominator)


@require_safe
def figures(request: Request, code: str) -> HttpResponse:
    """The figures of a village over 90 days; unknown where there is nothing to count. Also a file."""
    place = cells.village_for(request.actor, code)
    on = localdate()
    lines = [
        Line(one, one.measure(place.path, on)) for key in FIGURES if (one := INDICATORS.get(key))
    ]
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(request.GET["format"], place, lines)
    context: dict[str, object] = {
        "place": place, "lines": lines, "on": on, "way": way_to(place, (_("Figures"), "")),
    }  # fmt: skip
    return page(request, "grid/figures.html", context)


def _file(form: str, place: Any, lines: list[Line]) -> HttpResponse:
    heads = [
        _("What it counts"),
        _("How"),
        _("How many"),
        _("Out of how many"),
        _("Percent"),
        _("As of"),
    ]
    rows = [
        [
            str(one.indicator.title), str(one.indicator.method), _told(one.said.numerator),
            _told(one.said.denominator), _told(one.percent), one.said.as_of,
        ]
        for one in lines
    ]  # fmt: skip
    name = _("Figures of the grid of %(place)s") % {"place": named(place)}
    return download([heads, *rows], name=name, form=form, note=demo_note(anyway=place.is_invented))


def _told(number: int | None) -> int | str:
    """What is unknown stays empty, it is not zero."""
    return "" if number is None else number
