"""Cells of a village by layer: list, faults, import, closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.places import permits, queries, services
from linli.places.forms import CellsForm
from linli.places.queries.cells import SIZE_KEY
from linli.places.types import CellShape
from linli.rulebook import queries as rulebook


@require_GET
def listing(request: Request, code: str) -> HttpResponse:
    """The cells of one layer in a village, on a schematic map with the list beside it."""
    return _answer(request, code, CellsForm(initial={"layer": request.GET.get("layer", "")}))


def _answer(request: Request, code: str, form: CellsForm, status: int = 200) -> HttpResponse:
    place = queries.get_place(code)
    every = list(queries.layers())
    wanted = form["layer"].value()
    layer = next((one for one in every if one.key == wanted), every[0] if every else None)
    size = rulebook.lookup(SIZE_KEY, place.path, timezone.localdate())
    cells = list(queries.cells_of(place, layer)) if layer else []
    bounds = size.range
    faults = (
        queries.layer_faults(place, layer, least=int(bounds.min or 0), most=int(bounds.max or 0))
        if layer
        else None
    )
    context: dict[str, object] = {
        "place": place, "layers": every, "layer": layer, "cells": cells, "faults": faults,
        "form": form, "size": bounds, "successors": queries.successors_of(place),
        "may_draw": place.valid_to is None and request.actor.may(permits.DRAW, at=place.path),
        "features": [
            {"key": c.code, "label": f"{c.code} {c.name}", "rings": rings(c.geometry)} for c in cells
        ],
    }  # fmt: skip
    return page(request, "places/cells.html", context, status=status)


def rings(geometry: Mapping[str, Any]) -> list[Any]:
    """Return the rings of an area, of all its parts."""
    shapes = geometry["coordinates"]
    assert isinstance(shapes, list)
    return shapes if geometry["type"] == "Polygon" else [ring for part in shapes for ring in part]


@require_POST
def load(request: Request, code: str) -> HttpResponse:
    """Draw every cell of a file, or none of them."""
    form = CellsForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        place, layer = queries.get_place(code), queries.get_layer(said["layer"])
        shapes = [CellShape(**feature) for feature in said["file"]]
        try:
            services.import_cells(
                layer, place, shapes, valid_from=said["valid_from"], actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.take({"file": [f"{key}: {' '.join(m)}" for key, m in refusal.fields.items()]})
        else:
            messages.success(request, _("%(count)s cells are drawn.") % {"count": len(shapes)})
            return done(request, f"{reverse('places:cells', args=[code])}?layer={layer.key}")
    return _answer(request, code, form, 422)


@require_POST
def close(request: Request, code: str, pk: int) -> HttpResponse:
    """End a cell today."""
    cell = queries.get_cell(code, pk)
    version = whole_number(request.POST.get("version"))
    if version is None:
        raise Invalid({"version": [_("Load the page again and send it from there.")]})
    services.close_cell(
        cell, valid_to=timezone.localdate(), version=version, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("The cell ends today."))
    return done(request, f"{reverse('places:cells', args=[code])}?layer={cell.layer.key}")
