"""Spots with printed codes: the list of a place, new ones, and the sheets to print."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases import permits
from linli.cases.forms.spots import SpotsForm, given
from linli.cases.queries.intake import SPOTS_BY_TITLE, choices_of_places, get_spot, visible_spots
from linli.cases.services.spots import SPOT, add_spots, end_spot
from linli.documents.queries import codes_of, printed_address
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.places.queries.tree import names_of_paths

GET_POST = ["GET", "HEAD", "POST"]
MOST_PRINTED = 200


@require_http_methods(GET_POST)
def spots(request: Request) -> HttpResponse:
    """The spots that the actor keeps, and the form for new ones."""
    choices = choices_of_places(request.actor, permits.SPOTS)
    if not choices:
        raise NotFound()
    form = SpotsForm(request.POST or None)
    field = form.fields["place"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    if request.method == "POST" and form.is_valid():
        try:
            made = add_spots(*given(form), actor=request.actor, now=timezone.now())
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            words = ngettext(
                "%(num)s code is ready to print.", "%(num)s codes are ready to print.", len(made)
            )
            messages.success(request, words % {"num": len(made)})
            return done(request, reverse("cases:spots"))
    found = page_of(
        visible_spots(request.actor), SPOTS_BY_TITLE,
        cursor=request.GET.get("cursor"), limit=clean_limit(50),
    )  # fmt: skip
    names = names_of_paths({row.path for row in found.items})
    frame: dict[str, object] = {"form": form, "found": found, "names": names}
    return page(request, "cases/spots.html", frame, status=422 if form.is_bound else 200)


@require_GET
def spot_sheets(request: Request) -> HttpResponse:
    """The codes to print, one a label; those picked, or all of them, some hundred on a page."""
    if not request.actor.holds(permits.SPOTS):
        raise NotFound()
    all_spots, picked = visible_spots(request.actor), request.GET.getlist("pick")[:MOST_PRINTED]
    found = page_of(
        all_spots.filter(code__in=picked) if picked else all_spots, SPOTS_BY_TITLE,
        cursor=request.GET.get("cursor"), limit=MOST_PRINTED,
    )  # fmt: skip
    rows = found.items
    codes = codes_of(SPOT, [row.pk for row in rows])
    labels = [(row, printed_address(codes[row.pk])) for row in rows]
    names = names_of_paths({row.path for row in rows})
    frame: dict[str, object] = {"labels": labels, "names": names, "found": found}
    return page(request, "cases/spot_sheets.html", frame)


@require_POST
def spot_end(request: Request, code: str) -> HttpResponse:
    """Take a spot down."""
    end_spot(get_spot(request.actor, code), actor=request.actor, now=timezone.now())
    return done(request, reverse("cases:spots"))
