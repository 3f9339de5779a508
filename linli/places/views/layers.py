"""Layers of cells of the city: the list, a new one, called otherwise, closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.places import permits, queries, services
from linli.places.errors import LayerNeeded
from linli.places.forms.layers import ChangeLayerForm, NewLayerForm
from linli.places.types import NEEDED_LAYERS
from linli.ui.jinja import named


@require_GET
def listing(request: Request) -> HttpResponse:
    """Every layer, those that were closed too."""
    require(request.actor, permits.DRAW, at=CITY_PATH)
    every = list(queries.layers(with_closed=True))
    return page(request, "places/layers.html", {"layers": every})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Begin a layer for the whole city."""
    require(request.actor, permits.DRAW, at=CITY_PATH)
    form = NewLayerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            layer = services.make_layer(
                said.pop("layer_key"), **said, actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take({"layer_key": refusal.fields["key"]})
        else:
            messages.success(
                request, _("Villages can now draw in the layer %(name)s.") % {"name": layer.name}
            )
            return done(request, reverse("places:layers"))
    context: dict[str, object] = {"form": form, "layer": None, "may_close": False, "why_not": ""}
    return page(request, "places/layer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, key: str) -> HttpResponse:
    """Call a layer otherwise; closing it stands below, with what ends with it."""
    require(request.actor, permits.DRAW, at=CITY_PATH)
    layer = queries.get_layer(key)
    known = {
        name: getattr(layer, name)
        for name in ("version", "name", "name_en", "must_cover", "may_overlap")
    }
    form = ChangeLayerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        services.change_layer(
            layer, form.words, version=form.cleaned_data["version"] or 0, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The layer is changed."))
        return done(request, reverse("places:layers"))
    cells, villages = queries.drawn_in(layer)
    context = {
        "form": form, "layer": layer, "cells": cells, "villages": villages,
        "may_close": layer.closed_on is None and layer.key not in NEEDED_LAYERS,
        "why_not": LayerNeeded(name=named(layer)) if layer.key in NEEDED_LAYERS else "",
    }  # fmt: skip
    return page(request, "places/layer.html", context, status=422 if form.is_bound else 200)


@require_POST
def close(request: Request, key: str) -> HttpResponse:
    """Close a layer today, with as many cells as the page told."""
    layer = queries.get_layer(key)
    version, cells = (whole_number(request.POST.get(name)) for name in ("version", "cells"))
    if version is None or cells is None:
        raise Invalid({"version": [_("Load the page again and send it from there.")]})
    services.close_layer(
        layer, version=version, cells=cells, actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("The layer is closed."))
    return done(request, reverse("places:layers"))
