"""The list of residents, searching it, exporting it, asking whether a number is known."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.clock import age_on
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, page
from linli.people import permits
from linli.people.forms import LookUpForm, place_options
from linli.people.queries.lists import SORTS, Filters, list_residents, place_to_list
from linli.people.queries.scopes import Node, places_to_choose
from linli.people.queries.search import find_people
from linli.people.services.looking_up import look_up
from linli.people.types import titles
from linli.people.views.frame import (
    GET_POST,
    asked_place,
    form_page,
    number_of,
    ordered,
    parts_of,
    place_name,
)
from linli.runtime.queries import offered


def _filters(asked: Any) -> Filters:
    words = {n: asked.get(n, "")[:100] for n in ("standing", "basis", "sex", "group", "employer")}
    sort = asked.get("sort", "name")
    return Filters(
        **words,
        youngest=number_of(asked.get("from")),
        oldest=number_of(asked.get("to")),
        gone=asked.get("gone") == "1",
        sort=sort if sort in SORTS else "name",
    )


def _frame(request: Request, place: Node) -> dict[str, Any]:
    return {
        "place": place,
        "tabs": parts_of(request, "list"),
        "places": place_options(places_to_choose(request.actor, permits.VIEW)),
        "may_add": bool(places_to_choose(request.actor, permits.EDIT, level="village")),
        "may_import": bool(request.actor.paths(permits.IMPORT)),
        "may_export": request.actor.may(permits.EXPORT, at=place.path),
        "may_ask": bool(request.actor.paths(permits.LOOK_UP)),
        "t": titles,
        "name_of": place_name,
        "age_on": age_on,
    }


@require_GET
def people_list(request: Request) -> HttpResponse:
    """Residents of one place, narrowed and in order; or whoever a search finds."""
    place = asked_place(request)
    text = request.GET.get("q", "").strip()[:100]
    frame = {**_frame(request, place), "q": text}
    if text:
        found = find_people(
            request.actor,
            text,
            at=place.path if request.GET.get("place") else "",
            cursor=request.GET.get("cursor"),
        )
        return page(request, "people/found.html", {**frame, "found": found})
    filters = _filters(request.GET)
    residents = list_residents(
        place,
        filters,
        on=localdate(),
        cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )
    return page(
        request,
        "people/list.html",
        {
            **frame,
            "found": residents,
            "filters": filters,
            **offered(request.actor, "people.residents"),
        },
    )


@require_POST
def people_export(request: Request) -> HttpResponse:
    """Order a file of the list as it is narrowed."""
    place = place_to_list(request.actor, request.POST.get("place", ""), permits.EXPORT)
    return ordered(request, "residents", place.path, asdict(_filters(request.POST)))


@require_http_methods(GET_POST)
def number_look_up(request: Request) -> HttpResponse:
    """Ask whether a number is known: here, elsewhere, not at all."""
    place = place_to_list(request.actor, "", permits.LOOK_UP)
    form = LookUpForm(request.POST or None)
    frame: dict[str, Any] = {"answer": None, "may_add": request.actor.paths(permits.EDIT)}

    def act(form: LookUpForm) -> str:
        given = form.cleaned_data
        answer = look_up(
            given["kind"], given["document_number"], place=place.path, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
        messages.success(request, titles.WHEREABOUTS[answer])
        return reverse("people:look_up")

    return form_page(request, "people/look_up.html", form, act, context=frame)
