"""Pages of the trail: the list for those who check, and who read my data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from linli.kernel.errors import NotFound
from linli.kernel.registries import PLACE_NAMES, POST_NAMES, VERBS
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.trail import services
from linli.trail.forms import OUTCOMES, TrailFilter
from linli.trail.permits import READ
from linli.trail.queries import chain, lists, readings
from linli.trail.types import Seen
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note
from linli.ui.formats import is_chinese, moment

if TYPE_CHECKING:
    from linli.trail.models import Entry

# a file of the list; whoever needs more asks for fewer days
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
    if not request.actor.is_system and not request.actor.paths(READ):
        raise NotFound()
    form, here = TrailFilter(request.GET or None), address_of(request)
    wanted = form.shown(timezone.localdate())
    if wanted.person_id is not None:
        services.record_read(
            on=("people.person", wanted.person_id), fields=["trail"], actor=request.actor,
            now=timezone.now(), person_id=wanted.person_id, level=4,
        )  # fmt: skip
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
        **_words(found.items),
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
    if request.actor.person_id is not None:
        here = address_of(request)
        found = readings.my_readings(request.actor, cursor=here.get("cursor") or None)
        posts = POST_NAMES.call({e.post_id for e in found.items if e.post_id is not None})
        context = {
            "found": found, "here": here, "posts": posts,
            "fields_of": fields_of, "reason_of": reason_of,
        }  # fmt: skip
    return page(request, "trail/who_read.html", context)


def fields_of(entry: Entry) -> str:
    """Return what a reading read, in words."""
    fields = entry.details.get("fields", [])
    return ("、" if is_chinese() else ", ").join(str(FIELDS.get(name, name)) for name in fields)


def reason_of(entry: Entry) -> str:
    """Return why, as it was written then."""
    return str(entry.details.get("reason") or entry.purpose)


def _words(entries: Iterable[Seen]) -> dict[str, object]:
    """Return what places, posts, verbs and outcomes of entries are called."""
    found = list(entries)
    return {
        "places": PLACE_NAMES.call({e.path for e in found if e.path}),
        "posts": POST_NAMES.call({e.post_id for e in found if e.post_id is not None}),
        "title_of": title_of,
        "outcomes": OUTCOMES,
        "tones": TONES,
    }


def title_of(verb: str) -> str:
    """Return what a verb is called, or the verb itself."""
    known = VERBS.get(verb)
    return str(known.title) if known else verb


def _file(request: Request, wanted: lists.Filter, form: str) -> HttpResponse:
    found = lists.newest(request.actor, wanted, EXPORT_MOST + 1)
    services.record(
        "trail.exported", on=("trail.entry", "list"), actor=request.actor, now=timezone.now(),
        place=wanted.path, level=READ.level, count=min(len(found), EXPORT_MOST),
        since=wanted.since, until=wanted.until,
    )  # fmt: skip
    words = _words(found)
    posts, places = words["posts"], words["places"]
    assert isinstance(posts, dict)
    assert isinstance(places, dict)
    heads = [
        _("No."), _("When"), _("Done by"), _("Post"), _("Outcome"), _("Act"), _("Concerning"),
        _("At which place"), _("Number of a person"), _("Purpose"), _("Recorded details"),
    ]  # fmt: skip
    rows = [
        [
            e.id, moment(e.at), e.label, posts.get(e.post_id, ""), str(OUTCOMES[e.outcome]),
            title_of(e.verb), f"{e.kind} {e.key}", places.get(e.path, e.path),
            e.person_id or "", e.purpose, _plain(e.details),
        ]
        for e in found[:EXPORT_MOST]
    ]  # fmt: skip
    note = demo_note()
    if len(found) > EXPORT_MOST:
        cut = _("The newest %(most)s entries; ask for fewer days to get the others.")
        note = f"{note} {cut % {'most': EXPORT_MOST}}".strip()
    return download([heads, *rows], name=_("Trail"), form=form, note=note)


def _plain(details: dict[str, object]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in details.items())
