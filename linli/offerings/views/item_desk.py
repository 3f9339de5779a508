"""Items at the desk: the list, one with what speaks against it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.items import MoveForm
from linli.offerings.queries import item_desk as desk
from linli.offerings.queries import items as queries
from linli.offerings.queries.guides import guide_of
from linli.offerings.queries.item_files import event_titles
from linli.offerings.services import item_moves, items
from linli.offerings.types.item_faults import fault_words, place_words
from linli.offerings.types.item_titles import STATE_TITLES, STATE_TONES, VIEW_TITLES
from linli.offerings.types.items import KIND_TITLES
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.downloads import list_download
from linli.ui.formats import day_plain

if TYPE_CHECKING:
    from linli.offerings.models import Item, ItemVersion

LIST = "offerings.items"
SHOWN = 50
FILTERS = ("q", "kind", "event", "place")


@require_safe
def listing(request: Request) -> HttpResponse:
    """The items that one works on, by what has to be done with them."""
    desk.require_any(request.actor)
    wanted, today = desk.wanted_of(request.GET), localdate()
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, desk.narrowed(request.actor, wanted, today))
    found = desk.list_items(
        request.actor, wanted, today, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    grounds = desk.places_of(request.actor)
    context: dict[str, object] = {
        "found": found, "rows": desk.rows_of(found.items), "here": address_of(request), "shown": FILTERS,
        "views_of_list": VIEW_TITLES, "view": wanted.view, "kinds": KIND_TITLES, "events": event_titles(),
        "states": STATE_TITLES, "tones": STATE_TONES, "grounds": grounds,
        "names": PLACE_NAMES.call([one.path for one in found.items]), "may_write": bool(grounds),
        "today": today, **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/items/list.html", context)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """One item: what it says, what speaks against publishing it, its versions, what comes next."""
    item = queries.get_item(request.actor, key)
    return page(request, "offerings/items/detail.html", _frame(request, item))


def _frame(request: Request, item: Item) -> dict[str, object]:
    draft, versions = queries.draft_of(item), queries.versions_of(item)
    shown = draft or queries.holding(item, localdate()) or versions[0]
    shown.item = item
    faults, titles = queries.faults_of_version(shown) if draft else [], event_titles()
    return {
        "item": item, "draft": draft, "version": shown, "versions": versions,
        "told": (told := guide_of(shown, {})), "faults": _told(faults, is_warning=False), "warnings": _told(faults, is_warning=True),
        "states": STATE_TITLES, "tones": STATE_TONES,
        "event_words": [titles.get(one, one) for one in told.facts.events],
        "owner": queries.owner_name(item), "place": PLACE_NAMES.call([item.path]).get(item.path, ""),
        "may_write": request.actor.may(permits.WRITE_ITEMS, at=item.path),
        "may_publish": request.actor.may(permits.PUBLISH_ITEMS, at=item.path),
        "is_own": draft is not None and draft.is_of(request.actor.account_id),
    }  # fmt: skip


def _told(faults: list[Any], *, is_warning: bool) -> list[tuple[str, str]]:
    return [
        (place_words(one.where), fault_words(one.code, one.word))
        for one in faults
        if one.is_warning == is_warning
    ]


@require_safe
def preview(request: Request, key: str) -> HttpResponse:
    """The page of an item as everybody is going to see it, with the questions working."""
    item = queries.get_item(request.actor, key)
    version = queries.draft_of(item) or queries.versions_of(item)[0]
    version.item = item
    context: dict[str, object] = {
        "one": guide_of(version, request.GET.dict()), "back": reverse("offerings:desk_item", args=[key])
    }  # fmt: skip
    return page(request, "offerings/items/preview.html", context)


Act = Callable[[Request, "Item", MoveForm], str]


def _version(item: Item) -> ItemVersion:
    draft = queries.draft_of(item)
    if draft is None:
        raise NotFound(key=item.key)
    return draft


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _draft(request: Request, item: Item, form: MoveForm) -> str:
    items.open_draft(item, **_by(request))
    return _("A new version is begun. What is public stays until you publish it.")


def _submit(request: Request, item: Item, form: MoveForm) -> str:
    item_moves.submit_version(_version(item), edition=form.cleaned_data["edition"], **_by(request))
    return _("Handed to a second person.")


def _return(request: Request, item: Item, form: MoveForm) -> str:
    said = form.cleaned_data
    item_moves.return_version(
        _version(item), said["words"], edition=said["edition"], **_by(request)
    )
    return _("Given back to be changed.")


def _publish(request: Request, item: Item, form: MoveForm) -> str:
    said = form.cleaned_data
    made = item_moves.publish_version(
        _version(item), since=said["since"], edition=said["edition"], **_by(request)
    )
    return _("Published; it holds from %(day)s on.") % {"day": day_plain(made.since)}


def _drop(request: Request, item: Item, form: MoveForm) -> str:
    item_moves.drop_draft(_version(item), **_by(request))
    return _("The draft is put away.")


def _suspend(request: Request, item: Item, form: MoveForm) -> str:
    said = form.cleaned_data
    item_moves.suspend_item(item, said["words"], edition=said["edition"], **_by(request))
    return _("Suspended. Everybody reads why.")


def _resume(request: Request, item: Item, form: MoveForm) -> str:
    item_moves.resume_item(item, edition=form.cleaned_data["edition"], **_by(request))
    return _("Offered again.")


def _end(request: Request, item: Item, form: MoveForm) -> str:
    said = form.cleaned_data
    item_moves.end_item(item, said["words"], edition=said["edition"], **_by(request))
    return _("Ended. Applications under way go on.")


def _reviewed(request: Request, item: Item, form: MoveForm) -> str:
    item_moves.review_item(item, edition=form.cleaned_data["edition"], **_by(request))
    return _("Recorded. It comes up again in a year.")


ACTS: dict[str, Act] = {
    "draft": _draft, "submit": _submit, "return": _return, "publish": _publish, "drop": _drop,
    "suspend": _suspend, "resume": _resume, "end": _end, "reviewed": _reviewed,
}  # fmt: skip


@require_POST
def move(request: Request, key: str, move: str) -> HttpResponse:
    """Do one step with an item; what is missing is shown on its page."""
    item = queries.get_item(request.actor, key)
    if move not in ACTS:
        raise NotFound(move=move)
    form = MoveForm(request.POST)
    try:
        form.accepted()
        said = ACTS[move](request, item, form)
    except Invalid as refusal:
        wrong = [("", " ".join(words)) for words in refusal.fields.values()]
        frame = {
            **_frame(request, queries.get_item(request.actor, key)),
            "wrong": wrong,
            "at": move,
        }
        return page(request, "offerings/items/detail.html", frame, status=422)
    messages.success(request, said)
    dropped = move == "drop" and not any(v.state != "dropped" for v in queries.versions_of(item))
    return done(
        request,
        reverse("offerings:desk_items") if dropped else reverse("offerings:desk_item", args=[key]),
    )
