"""The cells of a village with those who look after them: the list, on paper, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.grid import permits
from linli.grid.forms.lists import CellFilter
from linli.grid.queries import cells, storms
from linli.grid.types import ROLE_TITLES, SHIFT_TITLES, Role, Shift
from linli.grid.views.frame import way_to
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import Keyset, page_of, page_of_rows
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.rulebook import queries as rulebook
from linli.runtime.queries import offered
from linli.ui.demo import demo_note
from linli.ui.formats import listed
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Layer, Place

INVENTED_FIRST = Keyset("mine", ("-is_invented", "code", "id"))
PAGE = 50


@require_safe
def mine(request: Request) -> HttpResponse:
    """The villages whose cells somebody sees; with one alone, straight to it."""
    found = page_of(
        cells.my_villages(request.actor), INVENTED_FIRST,
        cursor=request.GET.get("cursor"), limit=PAGE,
    )  # fmt: skip
    if not found.count:
        raise NotAllowed(permit=permits.SEE.name, at="")
    if found.count == 1 and found.items:
        return HttpResponseRedirect(reverse("grid:village", args=[found.items[0].code]))
    rows = [(village, reverse("grid:village", args=[village.code])) for village in found.items]
    return page(request, "grid/mine.html", {"rows": rows, "found": found,
                                               "wide": storms.wide_places(request.actor)})  # fmt: skip


@require_safe
def village(request: Request, code: str) -> HttpResponse:
    """The cells of one layer with staff, size and faults; also as csv or xlsx."""
    place, layer, rows = _read(request, code)
    form, wanted = CellFilter(request.GET or None), request.GET.get("only", "")
    shown = [row for row in rows if _fits(row, wanted) and row.fits(form.wanted)]
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(request.GET["format"], place, shown)
    found = page_of_rows(
        shown, lambda row: row.cell.code, cursor=request.GET.get("cursor"), limit=PAGE
    )
    bounds = rulebook.lookup(cells.SIZE_KEY, place.path, localdate()).range
    faults = places.layer_faults(place, layer, least=0, most=10**6) if layer else None
    context: dict[str, object] = {
        "form": form, "found": found, **offered(request.actor, "grid.cells"),
        "place": place, "layer": layer, "layers": list(places.layers()), "faults": faults,
        "rows": found.items, "is_narrowed": len(shown) < len(rows),
        "way": way_to(place)[:-1] + [(named(place), "")], "bounds": bounds,
        "figures": _figures(rows), "roles": ROLE_TITLES, "shifts": SHIFT_TITLES,
        "may_keep": request.actor.may(permits.KEEP, at=place.path),
    }  # fmt: skip
    return page(request, "grid/village.html", context)


@require_safe
def paper(request: Request, code: str) -> HttpResponse:
    """The same list to hang up in the office: posts and their telephones, no private numbers."""
    place, layer, rows = _read(request, code)
    context: dict[str, object] = {
        "place": place, "layer": layer, "rows": rows, "roles": ROLE_TITLES, "shifts": SHIFT_TITLES
    }  # fmt: skip
    return page(request, "grid/print.html", context)


def _read(request: Request, code: str) -> tuple[Place, Layer | None, list[cells.CellRow]]:
    place = cells.village_for(request.actor, code)
    every = {one.key: one for one in places.layers()}
    usual = every.get(cells.SOCIAL) or next(iter(every.values()), None)
    layer = every.get(request.GET.get("layer", ""), usual)
    return place, layer, cells.cell_rows(place, layer, localdate()) if layer else []


def _fits(row: cells.CellRow, wanted: str) -> bool:
    if wanted == "open":
        return not row.is_looked_after
    return wanted != "size" or row.fault in ("small", "big")


def _figures(rows: list[cells.CellRow]) -> dict[str, int | None]:
    counted = [row.cell.households for row in rows if row.cell.households is not None]
    return {
        "cells": len(rows),
        "open": sum(not row.is_looked_after for row in rows),
        "size": sum(row.fault in ("small", "big") for row in rows),
        # what nobody counted is unknown, which is not zero
        "households": sum(counted) if counted else None,
    }


def _file(form: str, place: Place, rows: list[cells.CellRow]) -> HttpResponse:
    heads = [
        _("Code"), _("Name"), _("Households"), _("Post"), _("Held by"), _("As what"), _("Shift"),
        _("Since"), _("Until"),
    ]  # fmt: skip
    lines: list[list[object]] = []
    for row in rows:
        start = [
            row.cell.code,
            row.cell.name,
            "" if row.cell.households is None else row.cell.households,
        ]
        for one in row.duties:
            holders = listed(held.holder_name for held in one.holders)
            lines.append([
                *start, one.post, holders, ROLE_TITLES[Role(one.duty.role)],
                SHIFT_TITLES[Shift(one.duty.shift)], one.duty.since, one.duty.until or "",
            ])  # fmt: skip
        if not row.duties:
            lines.append([*start, "", "", "", "", "", ""])
    name = _("Cells of %(place)s") % {"place": named(place)}
    return download([heads, *lines], name=name, form=form, note=demo_note(anyway=place.is_invented))
