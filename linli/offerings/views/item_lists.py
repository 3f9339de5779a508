"""Lists of items at the desk: handing one in, what its check found, taking it, the result as a file."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import NotFound, Refusal
from linli.kernel.handed_in import ListState, is_dry
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings.forms.item_lists import ItemListForm
from linli.offerings.queries import handed_items as queries
from linli.offerings.queries.item_lists import CHANGED, MADE
from linli.offerings.rules.item_sheets import HEADINGS, NEEDED
from linli.offerings.services import handed_items as services
from linli.offerings.types.item_titles import FATE_TITLES, FATE_TONES, LIST_TITLES
from linli.places import queries as places
from linli.runtime.queries import job_or_none
from linli.ui.addresses import address_of
from linli.ui.demo import demo_note
from linli.ui.handed_in import TONES, beside_the_file

if TYPE_CHECKING:
    from linli.offerings.models import ItemList

GET_POST = ["GET", "HEAD", "POST"]
NEWEST = Keyset("newest", ("-id",))
SHOWN = 100


@require_http_methods(GET_POST)
def listing(request: Request) -> HttpResponse:
    """Lists that were handed in, the newest first, and the form for another one."""
    grounds = queries.grounds_of(request.actor)
    form = ItemListForm(request.POST or None, request.FILES or None, places=grounds)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.receive_list(
                places.open_place(form.cleaned_data["place"]), file.read(), file.name,
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.take(beside_the_file(refusal))
        else:
            messages.success(request, _("Every row is checked. Nothing is written yet."))
            return done(request, reverse("offerings:item_list", args=[made.code]))
    found = page_of(
        queries.visible_lists(request.actor), NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    context: dict[str, object] = {
        "found": found, "form": form, "states": LIST_TITLES, "tones": TONES, "here": address_of(request),
        "names": PLACE_NAMES.call([one.path for one in found.items]), "counts_of": queries.counts_of,
        "headings": [(words[0], field in NEEDED) for field, words in HEADINGS.items()],
    }  # fmt: skip
    return page(request, "offerings/items/lists.html", context, status=422 if form.is_bound else 200)  # fmt: skip


@require_http_methods(GET_POST)
def detail(request: Request, code: str) -> HttpResponse:
    """One list: what comes of each row, why rows are refused; taken, checked again or put away by a button."""
    found = queries.get_list(request.actor, code)
    if request.method == "POST":
        return _moved(request, found)
    if request.GET.get("format") in ("xlsx", "csv"):
        return _file(found, request.GET["format"])
    fate = request.GET.get("fate", "")
    if fate and fate not in queries.FATES:
        raise NotFound(fate=fate)
    counts = queries.counts_of(found)
    first = whole_number(request.GET.get("from")) or 0
    rows = queries.rows_of(found, (fate,) if fate else ())
    job = job_or_none(request.actor, found.job_code)
    context: dict[str, object] = {
        "list": found, "counts": counts, "fate": fate, "fates": FATE_TITLES, "tones": FATE_TONES,
        "rows": list(islice(rows, first, first + SHOWN)), "first": first, "shown": SHOWN,
        "all_rows": counts.get(fate, 0) if fate else len(found.rows), "is_dry": is_dry(found.state),
        "good": counts.get(MADE, 0) + counts.get(CHANGED, 0), "written": (MADE, CHANGED),
        "job": job, "is_working": job is not None and job.is_open, "here": address_of(request),
        "place": PLACE_NAMES.call([found.path]).get(found.path, ""),
        "state": LIST_TITLES[found.state], "tone": TONES[ListState(found.state)],
    }  # fmt: skip
    return page(request, "offerings/items/list_handed_in.html", context)


def _moved(request: Request, found: ItemList) -> HttpResponse:
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    back = reverse("offerings:item_list", args=[found.code])
    move = request.POST.get("move")
    if move == "take":
        services.start_taking(found, **by)
        words = _("The drafts are being written. You may leave this page.")
    elif move == "check":
        services.check_again(found, **by)
        words = _("Every row is checked. Nothing is written yet.")
    elif move == "drop":
        services.drop_list(found, **by)
        words, back = (
            _("The list of items is put away, its content erased."),
            reverse("offerings:item_lists"),
        )
    else:
        raise NotFound(move=move)
    messages.success(request, words)
    return done(request, back)


def _file(found: ItemList, form: str) -> HttpResponse:
    """All rows with what comes or came of each, in the order of the list."""
    heads = [_("line"), _("Key"), _("Name of the item"), _("What it comes to"), _("reasons")]
    rows = [
        [
            row.line, row.key, row.name, str(FATE_TITLES.get(row.fate, "")),
            "；".join(f"{where}: {why}" for where, why in row.reasons),
        ]
        for row in queries.rows_of(found)
    ]  # fmt: skip
    return download([heads, *rows], name=f"items-{found.code}", form=form, note=demo_note())
