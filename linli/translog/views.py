"""Public pages of the transparency log: head, entries with their proof, downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.runtime.types import Rate, client_address, limited
from linli.translog import queries, rules, tree
from linli.translog.errors import NotSignedYet
from linli.translog.queries import entries, nodes
from linli.translog.queries.export import PART, lines
from linli.translog.types import Entry, SignedHead
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.formats import moment

SHOWN = 20
DOWNLOADS = Rate(600, timedelta(hours=1), burst=200)


def title_of(kind: str) -> str:
    """Return what a kind of entry is called, or the kind itself."""
    known = {
        "trail.head": _("State of the trail"),
        "document": _("Issued paper"),
        "notice": _("Public notice"),
        "result": _("Result of an election"),
        "erased": _("Erasure by law"),
        "log.anew": _("The log goes on under a new name after a restore"),
    }
    return known.get(kind, kind)


@require_GET
def log(request: Request) -> HttpResponse:
    """Show the signed head, the newest entries, the keys and the downloads."""
    size, kind = nodes.size(), request.GET.get("kind", "")
    before = _number(request.GET.get("before"), size)
    shown = entries.newest(before, SHOWN + 1, kind)
    head = queries.latest()
    context: dict[str, object] = {
        "size": size,
        "head": head,
        "origin": queries.origin(),
        "earlier": queries.earlier_names(),
        "keys": queries.verifier_keys(),
        "shown": shown[:SHOWN],
        "older": shown[SHOWN - 1].index if len(shown) > SHOWN else None,
        "kind": kind,
        "tabs_of": _tabs(kind),
        "parts": [
            (first // PART, first, min(first + PART, size)) for first in range(0, size, PART)
        ],
        "columns": [col(_("No.")), col(_("What")), col(_("When")), col(_("State"))],
        "here": address_of(request),
        "title_of": title_of,
    }
    return page(request, "translog/log.html", context)


def _tabs(kind: str) -> list[tuple[str, str, None, bool]]:
    """Return a view of the list for each kind that occurs."""
    views = [("", _("All")), *((key, title_of(key)) for key in queries.kinds())]
    to = reverse("translog:log")
    return [(title, f"{to}?kind={key}" if key else to, None, key == kind) for key, title in views]


@require_GET
def entry(request: Request, index: int) -> HttpResponse:
    """Show one entry and the proof that a signed head covers it."""
    found = queries.get_entry(index)
    try:
        proof = queries.inclusion(index)
    except NotSignedYet:
        proof = None
    context: dict[str, object] = {
        "entry": found,
        "proof": proof,
        "title_of": title_of,
        "leaf": tree.leaf_hash(found.commitment),
        "at": rules.moment(found.at),
        "content": _text(found),
    }
    return page(request, "translog/entry.html", context)


@require_GET
def heads(request: Request) -> HttpResponse:
    """Show all signed heads, newest first, and the way from one to another."""
    here = address_of(request)
    found = queries.heads_page(cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "found": found,
        "here": here,
        "columns": [col(_("Number of entries"), end=True), col(_("Signed")), col(_("Root"))],
    }
    return page(request, "translog/heads.html", context)


@require_GET
def consistency(request: Request) -> HttpResponse:
    """Show the proof that the log of a newer head begins with the log of an older one."""
    older, newer, path = queries.consistency(
        _number(request.GET.get("old"), 0), _number(request.GET.get("new"), None)
    )
    context: dict[str, object] = {"older": older, "newer": newer, "path": path}
    return page(request, "translog/consistency.html", context)


@require_GET
def head_note(request: Request, size: int) -> HttpResponse:
    """Give a signed head as the text that one keeps."""
    return note_response(queries.head_of_size(size))


def note_response(head: SignedHead) -> HttpResponse:
    """Answer with a signed head as text."""
    response = HttpResponse(head.note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="head-{head.size}.txt"'
    return response


@require_GET
@limited("translog.download", DOWNLOADS, client_address)
def download(request: Request, part: int) -> StreamingHttpResponse:
    """Give one part of the log as a file for `linli verify translog`."""
    first = part * PART
    if first >= nodes.size():
        raise NotFound()
    response = StreamingHttpResponse(lines(first, PART), content_type="application/jsonl")
    response["Content-Disposition"] = f'attachment; filename="log-{part:05d}.jsonl"'
    return response


def _number(text: str | None, default: Any) -> Any:
    if text in (None, ""):
        return default
    number = whole_number(str(text))
    if number is None:
        raise Invalid({"size": [_("Give a whole number.")]})
    return number


def _text(found: Entry) -> Sequence[tuple[str, Any]]:
    """Return a content as facts in words; what was hashed stands as it is in the API and the downloads."""
    if not isinstance(found.content, dict):
        return []
    words = _words()
    facts = sorted(_flat(found.content))
    return [(words.get(key, key), _told(key, value)) for key, value in facts]


def _flat(content: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        key = f"{above}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _told(key: str, value: Any) -> Any:
    """Say a moment and a place as every page does; what cannot be read so stays as it was entered."""
    text = str(value)
    if key.endswith("_at"):
        try:
            return moment(localtime(datetime.fromisoformat(text)))
        except ValueError:
            return value
    if key == "place":
        return PLACE_NAMES.call([text]).get(text, value)
    return value


def _words() -> dict[str, str]:
    return {
        "entries": _("Sealed entries"), "hash": _("Hash at the end of the chain"),
        "code": _("Check code"), "number": _("No."), "template": _("Kind of paper"),
        "office": _("Issuing office"), "place": _("Place"), "issued_at": _("Issued"),
        "sha256": _("SHA-256 of the file"), "entry": _("Entry"), "reason": _("Basis"),
        "published_at": _("Published at"), "version": _("Version"),
        "before": _("Name of the log before"), "kept": _("Entries kept"),
        "head.origin": _("Last known head: name of the log"), "head.root": _("Last known head: root"),
        "head.size": _("Last known head: entries"),
    }  # fmt: skip
