"""Supplements and withdrawals of the service hall at the desk: what became of each, which wait for a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.exchange.queries import connections
from linli.exchange.queries import hall_changes as theirs
from linli.exchange.services import hall_changes as services
from linli.exchange.types import connection_titles as titles
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.offerings.forms.hall import HallChangeForm
from linli.offerings.views.hall import GET_POST, SHOWN, tabs_of, view_and_words
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import acted
from linli.ui.downloads import list_download

LIST = "offerings.hall_changes"
VIEWS = ("", "look", *titles.CHANGE_STATE)


@require_safe
def hall_changes(request: Request) -> HttpResponse:
    """What applicants did at the hall with their applications, and what became of it."""
    connections.require_any(request.actor)
    view, words = view_and_words(request.GET, VIEWS)
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, theirs.narrowed(request.actor, view, words))
    found = theirs.list_changes(
        request.actor, view, words, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    context: dict[str, object] = {
        "tabs": tabs_of(request, "changes"), "found": found, "here": address_of(request),
        "shown": ("view", "q"), "views_of_list": _views(), "states": titles.CHANGE_STATE,
        "tones": titles.CHANGE_TONE, "kinds": titles.CHANGE_KIND, "reasons": titles.WHY_STUCK,
        "names": PLACE_NAMES.call([one.path for one in found.items]), **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/hall/changes.html", context)


def _views() -> list[tuple[str, Any]]:
    return [("", _("All")), ("look", _("To be looked at")), *titles.CHANGE_STATE.items()]


@never_cache
@require_http_methods(GET_POST)
def hall_change(request: Request, change_id: int) -> HttpResponse:
    """One step of an applicant: tried again, done by hand, or sent back with the reason."""
    row = theirs.get_change(request.actor, change_id)
    can_be_tried = theirs.can_be_tried(row)
    needs_why = not can_be_tried and request.POST.get("move") not in ("again", "look")
    form = HallChangeForm(request.POST or None, needs_why=needs_why)
    said = acted(request, form, lambda: _decided(request, row, form.cleaned_data["why"]))
    if said is not None:
        messages.success(request, said[0])
        return done(request, reverse("offerings:hall_changes"))
    parent = theirs.sent_in_named(row.application)
    context: dict[str, object] = {
        "row": row, "form": form, "state": titles.CHANGE_STATE[row.state], "parent": parent,
        "tone": titles.CHANGE_TONE[row.state], "why": titles.WHY_STUCK.get(row.fault, ""),
        "kind": titles.CHANGE_KIND[row.kind], "can_be_tried": can_be_tried,
        "case": row.case or (parent.case if parent else None), "files": theirs.papers_named(row),
        "place": PLACE_NAMES.call([row.path]).get(row.path, ""),
    }  # fmt: skip
    return page(request, "offerings/hall/change.html", context, status=422 if form.faults else 200)


def _decided(request: Request, row: Any, why: str) -> str:
    move, now = request.POST.get("move", ""), timezone.now()
    if move == "look":
        services.look_at_change(row, actor=request.actor, now=now)
        return _("Noted.")
    if move == "again":
        services.try_change_again(row, actor=request.actor, now=now)
        return _("It is tried again within a minute.")
    if move == "done":
        services.note_done(row, why, actor=request.actor, now=now)
        return _("Noted. The hall is told that it is done.")
    if move != "return":
        raise NotFound()
    services.return_change(row, why, actor=request.actor, now=now)
    return _("It goes back to the hall with the reason.")
