"""A cell drawn on the map, or by its corners: checked against its neighbours, then saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.forms.drawing import SEE_FIRST, DrawForm
from linli.places.queries.cells import DrawnFaults, cell_named, drawn_faults
from linli.places.rules.corners import next_number, text_of
from linli.places.services.cells import UNIT, UNIT_DIGITS
from linli.places.views.cells import rings
from linli.ui.charts import outlines

if TYPE_CHECKING:
    from linli.places.models import Cell, Layer, Place

# room around the sketch, so that a corner outside what is drawn finds a place
MARGIN = 40


@dataclass(frozen=True, slots=True)
class There:
    """A layer of a village, and the cell of today that is changed, if one is."""

    place: Place
    layer: Layer
    cell: Cell | None

    @property
    def url(self) -> str:
        return f"{reverse('places:cells', args=[self.place.code])}?layer={self.layer.key}"


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, code: str, layer: str) -> HttpResponse:
    """Draw a cell of a layer, or draw one of today anew."""
    find = queries.open_place if request.method == "POST" else queries.get_place
    at = _there(find(code), layer, request.GET.get("cell", ""))
    require(request.actor, permits.DRAW, at=at.place.path)
    form = DrawForm(request.POST or None, initial=_initial(at))
    faults = _faults(at, form) if request.method == "POST" and form.is_valid() else None
    if faults is None:
        return _answer(request, at, form, faults)
    if request.POST.get("step") == "check":
        return _answer(request, at, form, faults)
    if not faults.is_clean and not form.cleaned_data["is_seen"]:
        form.add_error(None, SEE_FIRST)
        return _answer(request, at, form, faults, 422)
    try:
        services.draw_cell(
            at.layer, at.place, form.shape, valid_from=form.cleaned_data["valid_from"],
            version=form.cleaned_data["version"] or 0, actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as refusal:
        form.take({_field(form, name): words for name, words in refusal.fields.items()})
    except WrongState as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("The cell %(code)s is drawn.") % {"code": form.shape.code})
        return done(request, at.url)
    return _answer(request, at, form, faults, 422)


def _there(place: Place, layer: str, cell: str) -> There:
    if place.level != "village":
        raise NotFound(code=place.code)
    known = queries.get_layer(layer)
    found = cell_named(place, known, cell) if cell else None
    if cell and found is None:
        raise NotFound(cell=cell)
    return There(place, known, found)


def _initial(at: There) -> dict[str, Any]:
    today = timezone.localdate()
    if at.cell is not None:
        return {
            "version": at.cell.version, "code": at.cell.code, "name": at.cell.name,
            "households": at.cell.households, "valid_from": today, "corners": text_of(at.cell.geometry),
        }  # fmt: skip
    codes = [one.code for one in queries.cells_of(at.place, at.layer)]
    code = next_number(at.place.code, codes, UNIT_DIGITS) if at.layer.key == UNIT else ""
    return {"version": 0, "code": code, "valid_from": today}


def _field(form: DrawForm, name: str) -> str:
    """Faults of the shape are told under the code of the cell; here there is one, and its corners."""
    return name if name in form.fields else "corners"


def _faults(at: There, form: DrawForm) -> DrawnFaults:
    return drawn_faults(at.place, at.layer, form.shape, on=timezone.localdate())


def _answer(
    request: Request, at: There, form: DrawForm, faults: DrawnFaults | None, status: int = 0
) -> HttpResponse:
    own = at.cell.geometry if at.cell else None
    if form.is_bound and "corners" in form.cleaned_data:
        own = form.cleaned_data["corners"]
    code = form["code"].value() or ""
    others = [one for one in queries.cells_of(at.place, at.layer) if one.code != code]
    outline = queries.outline_of(at.place.code)
    ground = [(one.code, f"{one.code} {one.name}", one.geometry, "") for one in others]
    if outline is not None:
        ground.insert(0, ("", _("The village"), outline, "q"))
    if own is not None:
        ground.append((code, _("This cell"), own, "me"))
    features: list[dict[str, object]] = [
        {"key": key, "label": label, "rings": rings(geometry), "tone": tone}
        for key, label, geometry, tone in ground
    ]
    context: dict[str, object] = {
        "at": at, "place": at.place, "layer": at.layer, "form": form, "faults": faults,
        "sketch": outlines(features, margin=MARGIN), "others": others,
        "near": json.dumps([ring for *_words, shape, tone in ground if tone != "me" for ring in rings(shape)]),
        "asks_why": "why" in form.errors or (at.cell is not None and at.cell.valid_from == timezone.localdate()),
        "may_overlap": at.layer.may_overlap,
    }  # fmt: skip
    bad = 422 if form.is_bound and not form.is_valid() else 200
    return page(request, "places/draw.html", context, status=status or bad)
