"""Lists of orders: handing one in, naming its columns, what was found, taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.exchange.forms import UploadForm
from linli.exchange.queries import choices
from linli.exchange.queries.lists import (
    count_lines,
    counts_seen,
    get_list,
    lines_of,
    taken_seen,
    visible_lists,
)
from linli.exchange.rules.orders import FIELDS
from linli.exchange.services import order_lists as services
from linli.exchange.types import titles
from linli.exchange.types.orders import Fate
from linli.exchange.views.hotline import tabs_of
from linli.kernel.errors import Invalid, NotFound, Refusal
from linli.kernel.handed_in import ListState, is_dry
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.runtime.queries import job_or_none
from linli.ui.formats import number
from linli.ui.handed_in import (
    TONES,
    beside_the_file,
    columns_sent,
    fields_of_columns,
    reasons,
    rows_as_csv,
)

if TYPE_CHECKING:
    from linli.exchange.models import OrderList

NEWEST = Keyset("newest", ("-id",))
SHOWN = 100
# what a row comes to, in the order in which a person cares
SECTIONS = (
    Fate.REFUSED,
    Fate.SUGGESTED,
    Fate.UNCLEAR,
    Fate.LOOK,
    Fate.AGAIN,
    Fate.OVER,
    Fate.CHANGED,
)


@require_GET
def order_lists(request: Request) -> HttpResponse:
    """Lists that were handed in, the newest first."""
    choices.require_any(request.actor)
    found = page_of(
        visible_lists(request.actor), NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    context: dict[str, object] = {
        "tabs": tabs_of("lists"), "found": found, "states": titles.LIST_STATE, "tones": TONES,
        "sums": counts_seen(request.actor, found.items),
        "names": PLACE_NAMES.call([one.path for one in found.items]), "fates": titles.FATE,
    }  # fmt: skip
    return page(request, "exchange/order_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def order_list_new(request: Request) -> HttpResponse:
    """Hand in a list."""
    places = choices.offices(request.actor)
    if not places:
        raise NotFound()
    form = UploadForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = services.receive_list(
                given["file"], given["sender"],
                place=choices.path_for(request.actor, given["place"]), actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.take(beside_the_file(refusal))
        else:
            return done(request, reverse("exchange:order_list", args=[found.pk]))
    context: dict[str, object] = {"tabs": tabs_of("lists"), "form": form}
    return page(
        request, "exchange/order_list_new.html", context, status=422 if form.faults else 200
    )


def _frame(request: Request, found: OrderList) -> dict[str, Any]:
    job = job_or_none(request.actor, found.job_code)
    counts, actor = count_lines(request.actor, found), request.actor
    sums = counts_seen(actor, [found])[found.pk]
    parts = [
        (fate, titles.FATE[fate], counts[fate], list(lines_of(actor, found, fates=(fate,), limit=SHOWN)))
        for fate in SECTIONS
        if counts.get(fate)
    ]  # fmt: skip
    return {
        "tabs": tabs_of("lists"), "list": found, "job": job, "is_dry": is_dry(found.state), "fields": FIELDS,
        "columns": fields_of_columns(found.mapping),
        "parts": parts, "fates": [(titles.FATE[f], number(sums[f])) for f in Fate if f in sums],
        "faults": reasons(sums, titles.FAULT), "sums": sums, "taken": taken_seen(found, sums),
        "place": PLACE_NAMES.call([found.path]).get(found.path, ""), "titles": titles,
        "tone": TONES[ListState(found.state)], "is_working": job is not None and job.is_open,
        "most": SHOWN,
    }  # fmt: skip


@require_GET
def order_list(request: Request, list_id: int) -> HttpResponse:
    """One list: its columns, what a check found, what became of it."""
    found = get_list(request.actor, list_id)
    return page(request, "exchange/order_list.html", _frame(request, found))


@require_POST
def order_list_map(request: Request, list_id: int) -> HttpResponse:
    """Say what the columns mean, then check the list at once."""
    found, now = get_list(request.actor, list_id), timezone.now()
    mapping = columns_sent(request.POST, found.headings, FIELDS)
    try:
        found = services.map_columns(found, mapping, actor=request.actor, now=now)
    except Invalid as refusal:
        found.mapping = mapping
        wrong = [("", " ".join(said)) for said in refusal.fields.values()]
        frame = {**_frame(request, found), "wrong": wrong}
        return page(request, "exchange/order_list.html", frame, status=422)
    services.start_check(found, actor=request.actor, now=now)
    messages.success(request, _("The list is being checked. No case is opened yet."))
    return done(request, reverse("exchange:order_list", args=[found.pk]))


@require_POST
def order_list_take(request: Request, list_id: int) -> HttpResponse:
    """Take the good rows of a checked list."""
    found = get_list(request.actor, list_id)
    by_words = request.POST.get("by_words") == "yes"
    services.start_run(found, by_words=by_words, actor=request.actor, now=timezone.now())
    messages.success(request, _("The list is being taken. You may leave this page."))
    return done(request, reverse("exchange:order_list", args=[found.pk]))


@require_POST
def order_list_drop(request: Request, list_id: int) -> HttpResponse:
    """Put a list away that is not to be taken."""
    services.drop_list(get_list(request.actor, list_id), actor=request.actor, now=timezone.now())
    messages.success(request, _("The list is put away, its content erased."))
    return done(request, reverse("exchange:order_lists"))


@require_GET
def order_list_lines(request: Request, list_id: int) -> HttpResponse:
    """All rows that were refused or wait as csv, in the columns of the list, with the reasons."""
    found = get_list(request.actor, list_id)
    width, rows = len(found.headings), []
    for row in services.read_lines(found, actor=request.actor, now=timezone.now()):
        why = " ".join(f"{field}: {words}" for field, words in row.reasons)
        cells = (row.cells + [""] * width)[:width]
        rows.append([*cells, row.line, row.fate_words, why or row.place])
    head = [*found.headings, _("line"), _("What it comes to"), _("reasons")]
    return rows_as_csv(f"orders-{found.pk}", head, rows)
