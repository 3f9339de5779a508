"""Pages on service centres with the villages they serve. Public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.errors import NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request, page
from linli.orgs import permits, queries, services
from linli.orgs.forms.centres import AreaForm, CentreForm
from linli.orgs.indicators import service_centre_coverage
from linli.orgs.queries.naming import place_name
from linli.orgs.services import CentreFacts
from linli.orgs.views.answering import Asking, Fresh, answer, name_of, way_to
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui import charts
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.formats import listed

GET_POST = ["GET", "HEAD", "POST"]
FACTS = ("opened_on", "closed_on", "lon", "lat", "note")


@require_safe
def centre_list(request: Request, code: str) -> HttpResponse:
    """List the centres of a place with what they serve, beside a map of who is served."""
    place, way = way_to(code, (_("Service centres"), ""))
    today = localdate()
    kind = request.GET.get("kind", "")
    rows = queries.centre_rows(place.path, on=today, kind=kind)
    coverage = service_centre_coverage(place.path, today)
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Service centres of %(place)s") % {"place": place_name(place)},
        "rows": rows,
        "coverage": coverage,
        "map": _map(place, queries.served_paths(place.path, today)),
        "here": address_of(request),
        "kind": kind,
        "kinds": [("", _("All kinds")), *_kinds()],
        **offered(request.actor, "orgs.centres"),
        "columns": [col(_("Centre")), col(_("State")), col(_("Serves")), col(_("Office phone"))],
        "may_edit": request.actor.may(permits.EDIT, at=place.path),
        "place_name": place_name,
    }
    return page(request, "orgs/centres.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [(k.code, name_of(k)) for k in queries.kinds() if k.code in queries.CENTRES]


def _map(place: Any, served: dict[str, list[str]]) -> Any:
    """Sketch the parts of a place: a served village in the tone of done, one that is not in grey."""
    shapes: list[dict[str, object]] = []
    for outline in places.outlines_below(place.id):
        part = outline.place
        is_served = part.path in served
        if part.level == "town":
            is_served = any(path.startswith(part.path) for path in served)
        shapes.append(
            {
                "key": part.code, "label": place_name(part), "rings": _rings(outline.geometry),
                "url": reverse("orgs:centres", args=[part.code]),
                "tone": "done" if is_served else "", "is_schematic": outline.is_schematic,
                "source": outline.source,
            }
        )  # fmt: skip
    return charts.outlines(shapes) if shapes else None


def _rings(geometry: dict[str, Any]) -> list[Any]:
    """Return the outer and inner lines of a GeoJSON outline."""
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    return list(geometry["coordinates"])


@require_http_methods(GET_POST)
def centre_describe(request: Request, code: str) -> HttpResponse:
    """Record when a centre opened and closed, and where its door is."""
    organisation = _mine(request, code)
    centre = queries.get_centre(organisation.pk)
    form = CentreForm(request.POST or None, initial=_said(centre))

    def act() -> None:
        facts = CentreFacts(**{name: form.cleaned_data[name] for name in FACTS})
        services.describe_centre(
            organisation, facts, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    def said() -> Sequence[tuple[str, Any]]:
        current = _said(queries.get_centre(organisation.pk))
        return [(str(form.fields[name].label), current[name]) for name in FACTS]

    def edition() -> int:
        return int(_said(queries.get_centre(organisation.pk))["edition"])

    asking = _asking(organisation, form, _("Opening of the centre"), _("The centre is described."))
    return answer(request, asking, act, Fresh(said=said, edition=edition))


@require_http_methods(GET_POST)
def centre_area(request: Request, code: str) -> HttpResponse:
    """Say which villages a centre serves from a day on."""
    organisation = _mine(request, code)
    centre = queries.get_centre(organisation.pk)
    if centre is None:
        raise NotFound(code=code)
    choices = queries.villages_around(organisation)
    now_served = [a.place.code for a in queries.areas_of([centre.pk], localdate())]
    form = AreaForm(
        request.POST or None, places=[(v.code, place_name(v)) for v in choices],
        initial={"since": localdate(), "places": now_served, "edition": centre.edition},
    )  # fmt: skip

    def act() -> None:
        wanted = set(form.cleaned_data["places"])
        services.change_service_area(
            centre, [v for v in choices if v.code in wanted], since=form.cleaned_data["since"],
            edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    def said() -> Sequence[tuple[str, Any]]:
        areas = queries.areas_of([centre.pk], localdate())
        return [(_("Serves"), listed(place_name(a.place) for a in areas))]

    def edition() -> int:
        current = queries.get_centre(organisation.pk)
        return current.edition if current else 0

    asking = _asking(organisation, form, _("Service area"), _("The service area is changed."))
    return answer(request, asking, act, Fresh(said=said, edition=edition))


def _mine(request: Request, code: str) -> Any:
    organisation = queries.get_organisation(request.actor, code, on=localdate())
    if organisation.kind_id not in queries.CENTRES:
        raise NotFound(code=code)
    require(request.actor, permits.EDIT, at=organisation.path)
    return organisation


def _said(centre: Any) -> dict[str, Any]:
    if centre is None:
        return {"edition": 0, **dict.fromkeys(FACTS)}
    return {"edition": centre.edition, **{name: getattr(centre, name) for name in FACTS}}


def _asking(organisation: Any, form: Any, title: str, said: str) -> Asking:
    to = reverse("orgs:organisation", args=[organisation.code])
    way = way_to(organisation.place.code, (name_of(organisation), to), (title, ""))[1]
    return Asking(title=title, form=form, way=way, to=to, submit=_("Save"), said=said,
                  lead=name_of(organisation))  # fmt: skip
