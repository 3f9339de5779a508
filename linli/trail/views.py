"""Pages of the trail: the list for those who check, and who read my data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.registries import POST_NAMES, THING_NAMES
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.trail import services
from linli.trail.forms import TrailFilter
from linli.trail.permits import READ
from linli.trail.queries import chain, lists, readings, sheets
from linli.trail.services import exporting
from linli.trail.types import Seen
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note
from linli.ui.formats import listed

if TYPE_CHECKING:
    from linli.trail.models import Entry

# a page makes so many rows while one waits; more are made as a job
EXPORT_MOST = 10_000
# what the fields of a reading are called; others stand as they were recorded
FIELDS = {
    "number": gettext_lazy("document number"),
    "value": gettext_lazy("contact"),
    "mobile": gettext_lazy("mobile telephone"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail address"),
    "wechat": gettext_lazy("WeChat"),
    "address": gettext_lazy("address"),
    "content": gettext_lazy("a sealed file"),
    "copy": gettext_lazy("a copy of all data"),
    "trail": gettext_lazy("who read these data"),
}
TONES = {"done": "done", "refused": "late", "read": "run"}


@require_GET
def entry_list(request: Request) -> HttpResponse:
    """Show what was done, refused and read at the places whose trail the actor reads."""
    if not request.actor.holds(READ):
        raise NotFound()
    form, here = TrailFilter(request.GET or None), address_of(request)
    wanted = form.shown(timezone.localdate())
    services.record_looking(wanted.about_person, actor=request.actor, now=timezone.now())
    if here.get("format") in ("csv", "xlsx"):
        return _file(request, wanted, here.get("format"))
    found = lists.list_entries(request.actor, wanted, cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "form": form,
        "here": here,
        "found": found,
        "wanted": wanted,
        "columns": [
            col(_("When")),
            col(_("Done by")),
            col(_("Act")),
            col(_("Concerning")),
            col(_("At which place")),
        ],
        "account": _account(wanted),
        "closed": lists.are_readings_closed(request.actor),
        "asks_readings": "read" in (wanted.outcome, wanted.verb),
        **_words(found.items),
        **offered(request.actor, "trail.entries"),
    }
    return page(request, "trail/entry_list.html", context, part="trail/_entry_rows.html")


@require_GET
def entry_detail(request: Request, entry_id: int) -> HttpResponse:
    """Show one entry and its seal."""
    entry = lists.get_entry(request.actor, entry_id)
    context: dict[str, object] = {
        "entry": entry,
        "seal": chain.seal_of(entry.id),
        **_words([entry]),
    }
    return page(request, "trail/entry_detail.html", context)


@require_GET
def who_read(request: Request) -> HttpResponse:
    """Show a person who read her data, when and why."""
    context: dict[str, object] = {"found": None}
    if request.actor.person_id is not None and request.actor.acting_for is None:
        here = address_of(request)
        found = readings.my_readings(request.actor, cursor=here.get("cursor") or None)
        posts = POST_NAMES.call({e.post_id for e in found.items if e.post_id is not None})
        context = {
            "found": found, "here": here, "posts": posts,
            "fields_of": fields_of, "reason_of": reason_of,
        }  # fmt: skip
    return page(request, "trail/who_read.html", context)


def _account(wanted: lists.Filter) -> str:
    """Return the name of the account that a list is narrowed to, its number if it has none."""
    key = ("access.account", str(wanted.account_id))
    return str(THING_NAMES.call({key}).get(key, wanted.account_id)) if wanted.account_id else ""


def fields_of(entry: Entry) -> str:
    """Return what a reading read, in words."""
    fields = entry.details.get("fields", [])
    return listed(FIELDS.get(name, name) for name in fields)


def reason_of(entry: Entry) -> str:
    """Return why, as it was written then."""
    return str(entry.details.get("reason") or entry.purpose)


def _words(entries: Iterable[Seen]) -> dict[str, object]:
    """Return what places, posts, verbs and outcomes of entries are called."""
    found = list(entries)
    places, posts = sheets.names_of(found)
    return {
        "places": places,
        "things": sheets.things_of(found),
        "posts": posts,
        "title_of": sheets.title_of,
        "thing_of": sheets.thing_of,
        "who_of": sheets.who_of,
        "outcomes": sheets.OUTCOMES,
        "tones": TONES,
    }


def _file(request: Request, wanted: lists.Filter, form: str) -> HttpResponse:
    found = lists.newest(request.actor, wanted, EXPORT_MOST + 1)
    if len(found) > EXPORT_MOST:
        context: dict[str, object] = {"wanted": wanted, "most": EXPORT_MOST}
        return page(request, "trail/export.html", {**context, "given": request.GET.urlencode()})
    services.record(
        "trail.exported", on=("trail.entry", "list"), actor=request.actor, now=timezone.now(),
        place=wanted.path, level=READ.level, count=len(found),
        since=wanted.since, until=wanted.until,
    )  # fmt: skip
    rows = [sheets.heads(), *sheets.rows_of(found)]
    return download(rows, name=_("Trail"), form=form, note=demo_note())


@require_POST
def entry_export(request: Request) -> HttpResponse:
    """Order a file of the list as its address narrows it, made while one does something else."""
    form = TrailFilter(request.GET)
    if not form.is_valid():
        raise Invalid({name: [str(m) for m in found] for name, found in form.errors.items()})
    file = "csv" if request.GET.get("format") == "csv" else "xlsx"
    wanted = form.shown(timezone.localdate())
    job = exporting.order_export(wanted, file, actor=request.actor, now=timezone.now())
    messages.success(request, _("The file is being made. You may leave this page."))
    return done(request, reverse("runtime:job_detail", args=[job.code]))
