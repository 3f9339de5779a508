"""The service hall at the desk: its list beside ours, and applications that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.exchange.queries import connections
from linli.exchange.queries import hall as theirs
from linli.exchange.queries.connection_tabs import tabs_for
from linli.exchange.queries.hall_changes import changes_of
from linli.exchange.services import hall_applications
from linli.exchange.types import connection_titles as titles
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.offerings.forms.hall import HallItemForm, SentInForm
from linli.offerings.queries import hall as queries
from linli.offerings.queries.item_desk import places_of
from linli.offerings.services import hall as services
from linli.offerings.services import hall_lists
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import acted

GET_POST = ["GET", "HEAD", "POST"]
LIST = "offerings.sent_in"
SHOWN = 50
ITEM_VIEWS = ("", "open", "new", "changed", "gone")
MOST_WORDS = 64
VIEWS = ("", "waiting", "look", "taken", "returned")


def tabs_of(request: Request, current: str) -> list[tuple[Any, str, None, bool]]:
    """Return the tabs of the pages about connections."""
    return [
        (words, reverse(name), None, key == current) for key, words, name in tabs_for(request.actor)
    ]


def view_and_words(given: Any, views: Sequence[str]) -> tuple[str, str]:
    """Return the view and the words that an address asks a list for. Refuses with Invalid."""
    view = given.get("view", "")
    if view not in views:
        raise Invalid({"view": [", ".join(views)]})
    return view, given.get("q", "").strip()[:MOST_WORDS]


@require_safe
def sent_in(request: Request) -> HttpResponse:
    """Applications that were made at the hall: which case each became, which wait for a person."""
    connections.require_any(request.actor)
    view, words = view_and_words(request.GET, VIEWS)
    found = theirs.list_sent_in(
        request.actor, view, words, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    items = theirs.keys_of_codes(one.item_code for one in found.items)
    context: dict[str, object] = {
        "tabs": tabs_of(request, "sent_in"), "found": found, "here": address_of(request),
        "shown": ("view", "q"), "views_of_list": _views(), "states": titles.SENT_IN_STATE,
        "tones": titles.SENT_IN_TONE, "reasons": titles.WHY_WAITING, "items": items,
        "names": PLACE_NAMES.call([one.path for one in found.items]), **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/hall/sent_in.html", context)


def _views() -> list[tuple[str, Any]]:
    return [
        ("", _("All")), ("waiting", _("Waiting for a person")), ("look", _("To be looked at")),
        ("taken", _("Taken in")), ("returned", _("Sent back")),
    ]  # fmt: skip


@never_cache
@require_http_methods(GET_POST)
def sent_in_one(request: Request, application_id: int) -> HttpResponse:
    """One application of the hall: taken in with what a person chooses, or sent back with the reason."""
    row = theirs.get_sent_in(request.actor, application_id)
    form = _sent_in_form(request, row)
    said = acted(request, form, lambda: _decided(request, row, form))
    if said is not None:
        messages.success(request, said[0])
        return done(request, reverse("offerings:sent_in"))
    context: dict[str, object] = {
        "row": row, "form": form, "state": titles.SENT_IN_STATE[row.state],
        "tone": titles.SENT_IN_TONE[row.state], "why": titles.WHY_WAITING.get(row.fault, ""),
        "listed": theirs.keys_of_codes([row.item_code]).get(row.item_code),
        "place": PLACE_NAMES.call([row.path]).get(row.path, ""), "can_be_taken": theirs.can_be_taken(row),
        "changes": changes_of(request.actor, row.number), "kinds": titles.CHANGE_KIND,
        "states": titles.CHANGE_STATE, "tones": titles.CHANGE_TONE,
    }  # fmt: skip
    return page(
        request, "offerings/hall/sent_in_one.html", context, status=422 if form.faults else 200
    )


def _sent_in_form(request: Request, row: Any) -> SentInForm:
    today = localdate()
    key = (
        request.POST.get("item") or request.GET.get("item") or queries.our_key(row.item_code, today)
    )
    return SentInForm(
        request.POST or None, items=queries.choices_of_items(today), asked=queries.item_for(str(key)),
        initial={"item": key, "place": row.place_code if queries.is_place(row.place_code) else ""},
    )  # fmt: skip


def _decided(request: Request, row: Any, form: SentInForm) -> str:
    said, move, now = form.cleaned_data, request.POST.get("move", ""), timezone.now()
    if move == "look":
        hall_applications.look_at(row, actor=request.actor, now=now)
        return _("Noted.")
    if move == "return":
        hall_applications.return_to_hall(row, said["why"], actor=request.actor, now=now)
        return _("It goes back to the hall with the reason.")
    if move != "take":
        raise NotFound()
    chosen = services.Chosen(said["item"], said["place"].strip(), form.answers())
    taken = services.decide_sent_in(row, chosen, actor=request.actor, now=now)
    return _("It is taken in as %(number)s.") % {"number": taken.case.number if taken.case else ""}


@require_safe
def hall_items(request: Request) -> HttpResponse:
    """The hall's list: what is new, changed or gone there, and which of our items each is."""
    queries.require_list(request.actor)
    view = request.GET.get("view", "open")
    if view not in ITEM_VIEWS:
        raise Invalid({"view": [", ".join(ITEM_VIEWS)]})
    found = theirs.list_items(view, cursor=request.GET.get("cursor"), limit=clean_limit(SHOWN))
    here = address_of(request)
    words = {
        "open": _("To be decided"),
        "new": _("New"),
        "changed": _("Changed"),
        "gone": _("Ended"),
        "": _("All"),
    }
    context: dict[str, object] = {
        "tabs": tabs_of(request, "hall_items"), "found": found, "here": here,
        "views": [(title, here.to(view=key, cursor=None), None, key == view) for key, title in words.items()],
        "differences": titles.DIFFERENCE, "tones": titles.DIFFERENCE_TONE,
        "unread": connections.unread_rows(), "ours": dict(queries.choices_of_items(localdate())),
    }  # fmt: skip
    return page(request, "offerings/hall/items.html", context)


@never_cache
@require_http_methods(GET_POST)
def hall_item(request: Request, item_id: int) -> HttpResponse:
    """One item of the hall's list beside what was known of it; a person says what becomes of it."""
    queries.require_list(request.actor)
    item, today = theirs.get_hall_item(item_id), localdate()
    key = item.item_key or queries.likely_key(item.code, item.name, today)
    form = HallItemForm(
        request.POST or None, items=queries.choices_of_items(today),
        initial={"item": key, "digest": item.digest},
    )  # fmt: skip
    to = acted(request, form, lambda: _settled(request, item, form))
    if to is not None:
        return done(request, to[0])
    grounds = places_of(request.actor)
    context: dict[str, object] = {
        "item": item, "form": form, "differences": titles.DIFFERENCE, "tones": titles.DIFFERENCE_TONE,
        "changes": theirs.changes_in(item) if item.known else [], "says": theirs.fields_of(item),
        "ours": queries.newest_of(key) if key else None, "key": key, "may_write": bool(grounds),
    }  # fmt: skip
    return page(request, "offerings/hall/item.html", context, status=422 if form.faults else 200)


def _settled(request: Request, item: Any, form: HallItemForm) -> str:
    said, now = form.cleaned_data, timezone.now()
    if request.POST.get("move") == "draft":
        grounds = places_of(request.actor)
        if not grounds:
            raise NotFound()
        place = places.get_place(grounds[0][0])
        made = hall_lists.draft_item(
            item, place, said["why"], digest=said["digest"], actor=request.actor, now=now
        )
        messages.success(
            request, _("A draft is begun. What is public stays until a second person publishes it.")
        )
        return reverse("offerings:desk_item", args=[made.item.key])
    hall_lists.link_item(
        item, said["item"], said["why"], digest=said["digest"], actor=request.actor, now=now
    )
    messages.success(request, _("Decided. Nothing of ours was changed."))
    return reverse("offerings:hall_items")
