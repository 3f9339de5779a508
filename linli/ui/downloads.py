"""Lists of pages as files: a short one comes at once, a long one is ordered, and none is cut in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from linli.kernel.list_files import LIST_FILES
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.ui.addresses import address_of
from linli.ui.demo import demo_note

# what a request reads and writes in a second or two on a small server; a longer list would keep one
# of its few workers from everybody else, and is written by a job
AT_ONCE = 3_000
MOST = 100_000


def file_note(count: int, most: int, *, is_demo: bool = False) -> str:
    """Return the mark of demo data, and that a list is longer than its file, as far as they apply."""
    return f"{demo_note(anyway=is_demo)} {cut_note(count, most)}".strip()


def cut_note(count: int, most: int) -> str:
    """Return that a list is longer than what is shown of it, for a paper; nothing if all of it is."""
    if count <= most:
        return ""
    return _("The first %(most)s only; narrow the list to get the others.") % {"most": most}


def list_download(
    request: Request, key: str, found: QuerySet[Any] | int, *,
    name: str = "", place: str = "", about: Mapping[str, object] | None = None, is_demo: bool = False,
) -> HttpResponse:  # fmt: skip
    """Answer `?format=` of a list with its file, or, where it is long, with the page that orders one.

    `key` names the list among LIST_FILES, `found` are its rows, to be counted, or how many they are;
    `place` is the code in the address, `about` what else stands in it; `is_demo` marks what is invented outside a demo too.
    """
    known, form = LIST_FILES.get(key), "csv" if request.GET.get("format") == "csv" else "xlsx"
    assert known is not None, f"no list is called {key}"
    title = name or str(known.title)
    count = found if isinstance(found, int) else found.order_by()[: MOST + 1].count()
    here = address_of(request)
    if count > AT_ONCE:
        context: dict[str, object] = {
            "name": title, "key": key, "place": place, "form": form, "count": count, "most": MOST,
            "back": here.to(format=None, cursor=None),
            "query": here.to(format=None, cursor=None, **(about or {})).partition("?")[2],
        }  # fmt: skip
        return page(request, "ui/long_list.html", context)
    asked = request.GET.dict() | {key: str(value) for key, value in (about or {}).items()}
    asked |= {"place": place} if place else {}
    rows, note = known.rows(request.actor, asked, now()), demo_note(anyway=is_demo)
    return download(rows, name=title, form=form, note=note)
