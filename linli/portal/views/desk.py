"""The desk of the office and one's own affairs."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.registries import DeskItem, HomeItem
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.portal import queries, rules
from linli.runtime.queries import offered
from linli.ui.demo import demo_note
from linli.ui.formats import listed

SHOWN = 50


@require_GET
def desk(request: Request) -> HttpResponse:
    """Work that is due, late first, with its next step."""
    if not request.actor.is_staff:
        raise NotFound()
    today = timezone.localdate()
    found = queries.due_work(request.actor, today)
    work = found.items
    view = request.GET.get("view", "all")
    kind, word = request.GET.get("kind", ""), request.GET.get("word", "").strip()
    shown = [i for i in work if rules.fits(i, view, today) and rules.is_asked(i, kind, word)]
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(shown, request.GET["format"], _cut_words(found))
    start = _start(request.GET.get("from", ""), len(shown))
    context: dict[str, object] = {
        "items": shown[start : start + SHOWN],
        "counts": {name: sum(rules.fits(item, name, today) for item in work) for name in rules.VIEWS},
        "kinds": sorted({str(item.kind) for item in work}),
        "view": view, "kind": kind, "word": word,
        "total": len(shown), "start": start, "shown": SHOWN, "cut": _cut_words(found),
        **offered(request.actor, "portal.desk"),
    }  # fmt: skip
    return page(request, "portal/desk.html", context)


def _start(text: str, length: int) -> int:
    return min(whole_number(text) or 0, max(0, length - 1)) // SHOWN * SHOWN


def _cut_words(found: queries.Work) -> str:
    """Say of which lists more waits than stands on the desk, and how many of each stand there."""
    if not found.cut:
        return ""
    names = listed(entry.title for entry in found.cut)
    words = _(
        "Of these lists the first %(num)s stand here, the rest in the list itself: %(names)s."
    )
    return words % {"num": queries.DUE_MOST, "names": names}


def _file(items: Sequence[DeskItem], form: str, cut: str) -> HttpResponse:
    heads = [_("Due"), _("Matter"), _("Kind"), _("Number"), _("Stage"), _("Holder"), _("Next step")]
    rows = [[i.due_on or "", i.title, i.kind, i.number, i.stage, i.holder, i.step] for i in items]
    return download(
        [heads, *rows], name=_("To do"), form=form, note=" ".join(filter(None, (cut, demo_note())))
    )


@require_GET
def me(request: Request) -> HttpResponse:
    """My affairs: what concerns the person who is signed in; closed with a word while she acts for another."""
    actor = request.actor
    slots = queries.my_slots(actor, timezone.localdate())
    frame: dict[str, object] = {
        "groups": slots,
        "entry": _entry_of(actor),
        "by_code": _ways_by_code(),
    }
    return page(request, "portal/me.html", frame)


def _ways_by_code() -> list[HomeItem]:
    """Return where one looks up without an account what one filed, booked or signed up for."""
    return [
        HomeItem(_("What became of my report or application"), reverse("cases:find"), _("by number and code")),
        HomeItem(_("My visit to the centre"), reverse("offerings:visits"), _("by its code: move or cancel it")),
        HomeItem(_("My booking or course"), reverse("activities:find"), _("by its code: move, cancel or withdraw")),
    ]  # fmt: skip


def _entry_of(actor: Actor) -> str:
    """Return where the register tells what it knows of her, or of the person she acts for."""
    if actor.acting_for is not None:
        return reverse("people:person", args=[actor.acting_for]) if actor.is_staff else ""
    return reverse("people:me") if actor.person_id is not None else ""
