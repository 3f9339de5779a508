"""The list of cases of every kind, as a page, on paper and with a map beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.cases.errors import UnclearPlace
from linli.cases.forms.filters import FILTERS, fault_of_since, wanted_of
from linli.cases.permits import HANDLE, SUPERVISE
from linli.cases.queries import filters, listing, telling
from linli.cases.queries.mapping import sketch_of
from linli.cases.types.listing import CasePage, View, Wanted, count_text
from linli.cases.views.frame import only_known, wanted_from
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request, page
from linli.runtime.queries import offered
from linli.ui.addresses import address_of

LIST = "cases.list"
SHOWN, PRINTED, MAPPED = 25, 500, 200


@require_GET
def case_list(request: Request) -> HttpResponse:
    """Cases that the actor may see, late first, in the view and with the filters of the address."""
    # a day that somebody just typed stays in its field, with what is wrong beside it
    mistyped = fault_of_since(request.GET.dict())
    aside = ("since",) if mistyped else ()
    try:
        wanted = wanted_from(request, without=aside)
    except Invalid as refusal:
        if (known := only_known(request, asked=aside)) is not None:
            return known
        if isinstance(refusal, UnclearPlace):
            return _unclear(request, refusal, mistyped)
        raise
    here, typed = address_of(request), request.GET.get("place", "")
    if typed and code_of(wanted.path) != typed:
        # what was typed becomes the place that is meant, so that every copy of the address means it
        return redirect(here.to(place=code_of(wanted.path), cursor=None))
    return _listed(request, wanted, mistyped)


def _listed(request: Request, wanted: Wanted, mistyped: list[str]) -> HttpResponse:
    limit = clean_limit(request.GET.get("limit") or SHOWN)
    found = listing.list_cases(
        request.actor, wanted, cursor=request.GET.get("cursor") or None, limit=limit
    )
    counts = _counts(request, wanted)
    found = replace(found, counted=counts[wanted.view])
    context: dict[str, object] = {
        **_rows(request, found),
        **_choices(request, wanted),
        **offered(request.actor, LIST),
        "mistyped": mistyped,
        "tabs": _tabs(request, wanted.view, counts),
        "may_bulk": request.actor.holds(HANDLE, SUPERVISE),
        "kept": _kept(request, mistyped),
        "sketch": sketch_of(request.actor, wanted, limit=MAPPED)
        if request.GET.get("show") == "map"
        else None,
    }
    status = 422 if mistyped else 200
    return page(request, "cases/list.html", context, part="cases/_list_rows.html", status=status)


def _unclear(request: Request, unclear: UnclearPlace, mistyped: list[str]) -> HttpResponse:
    """What was typed for a place means several, or none: which is meant is asked before anything."""
    given = _kept(request, mistyped) | {"place": ""}
    wanted = wanted_of(given, now=timezone.now())
    context: dict[str, object] = {
        **_rows(request, CasePage([], None, counted=0)),
        **_choices(request, wanted),
        **offered(request.actor, LIST),
        "unclear": unclear, "sketch": None, "kept": given, "mistyped": mistyped,
    }  # fmt: skip
    return page(request, "cases/list.html", context, status=422)


def _kept(request: Request, mistyped: list[str]) -> dict[str, str]:
    aside = "since" if mistyped else ""
    return {name: request.GET[name] for name in FILTERS if request.GET.get(name) and name != aside}


@require_GET
def case_list_print(request: Request) -> HttpResponse:
    """The same list on paper, as far as one reads a list on paper."""
    if (known := only_known(request)) is not None:
        return known
    try:
        wanted = wanted_from(request)
    except UnclearPlace:
        # which place is meant is asked on the list; nothing is printed before
        return redirect(replace(address_of(request), path=reverse("cases:list")).to(cursor=None))
    found = listing.list_cases(request.actor, wanted, limit=PRINTED)
    context: dict[str, object] = {
        **_rows(request, found),
        "title": dict(_views())[wanted.view],
        "filters": [text for text in _filter_words(request) if text],
        "is_cut": found.next is not None,
        "most": PRINTED,
    }
    return page(request, "cases/list_print.html", context)


def _rows(request: Request, found: CasePage) -> dict[str, object]:
    rows = telling.told_rows(request.actor, found.items, timezone.now())
    return {"found": found, "rows": rows, "here": address_of(request)}


def _views() -> list[tuple[View, str]]:
    return [
        (View.OPEN, _("All open")), (View.MINE, _("With my post")), (View.OFFERED, _("Offered to me")),
        (View.OVERDUE, _("Overdue")), (View.WAITING, _("Waiting for somebody")), (View.CLOSED, _("Closed")),
    ]  # fmt: skip


def _counts(request: Request, wanted: Wanted) -> dict[View, int]:
    views = [view for view, _title in _views()]
    asked = [replace(wanted, view=view) for view in views]
    return dict(zip(views, listing.count_each(request.actor, asked), strict=True))


def _tabs(request: Request, now: View, counts: dict[View, int]) -> list[tuple[Any, ...]]:
    here = address_of(request)
    return [
        (title, here.to(view=view, cursor=None), count_text(counts[view]), view is now)
        for view, title in _views()
    ]


def _choices(request: Request, wanted: Wanted) -> dict[str, object]:
    return {
        "wanted": wanted,
        "shown": FILTERS,
        "places": filters.places_to_choose(request.actor),
        "categories": _categories(),
        "kinds": telling.kind_choices(),
        "matters": telling.matter_choices(wanted.kind),
        "flags": flag_choices(),
    }


def _categories() -> list[tuple[str, str]]:
    return [*filters.categories_to_choose(), (filters.NO_CATEGORY, _("no category"))]


def flag_choices() -> list[tuple[str, str]]:
    """What a supervisor may look for."""
    return [
        ("unaccepted", _("nobody has it yet")),
        ("bounced", _("handed back")),
        ("reopened", _("taken up again")),
    ]


def _filter_words(request: Request) -> list[str]:
    """The filters of an address in words, for the head of a printed list."""
    given = request.GET
    known = {
        "place": filters.places_to_choose(request.actor),
        "own": [("1", _("Not in a place below"))],
        "category": _categories(),
        "kind": telling.kind_choices(),
        "matter": telling.matter_choices(),
        "flag": flag_choices(),
    }
    found = [dict(pairs).get(given.get(name, ""), "").strip() for name, pairs in known.items()]
    return [*found, given.get("q", "")]
