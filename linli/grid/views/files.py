"""Lists of the grid as files and on paper: what the page narrows, whole, in the words of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.kernel.web import Request, page
from linli.ui.downloads import list_download
from linli.ui.formats import day_plain
from linli.ui.forms import Form

FORMS, PAPER = ("csv", "xlsx"), "print"
# more lines than this nobody reads on paper
MOST_LINES = 1000


def as_asked(
    request: Request,
    found: QuerySet[Any],
    shape: Callable[[list[Any]], Iterable[list[Any]]],
    *,
    key: str,
    name: str,
    form: Form | None = None,
    place: str = "",
    **about: object,
) -> HttpResponse | None:
    """Return a list as the file or the paper that was asked for, or None: then the page is shown.

    `key` is that of its file; `place` is the code in the address, `about` what else stands in it.
    """
    kind = request.GET.get("format")
    if kind in FORMS:
        return list_download(request, key, found, name=name, place=place, about=about)
    if kind == PAPER:
        lines = shape(list(found[: MOST_LINES + 1]))
        return on_paper(request, lines, name=name, says=narrowed_by(form) if form else ())
    return None


def narrowed_by(form: Form) -> list[str]:
    """Return by what a list is narrowed, in words, for a paper that lies alone."""
    found = []
    for name, value in getattr(form, "cleaned_data", {}).items():
        if value:
            titles = dict(getattr(form.fields[name], "choices", ()))
            words = day_plain(value) if isinstance(value, date) else titles.get(value, value)
            found.append(f"{form.fields[name].label}: {words}")
    return found


def on_paper(
    request: Request, lines: Iterable[list[Any]], *, name: str, says: Iterable[str] = ()
) -> HttpResponse:
    """Return lines, the first of them their heads, for the printer; `says` stands above them."""
    heads, *rows = islice(lines, MOST_LINES + 2)
    cut = len(rows) > MOST_LINES
    told = _("The first %(most)s only; narrow the list to get the others.") % {"most": MOST_LINES}
    context: dict[str, object] = {
        "title": name, "heads": heads, "rows": rows[:MOST_LINES],
        "says": [*says, *([told] if cut else [])],
    }  # fmt: skip
    return page(request, "grid/list_print.html", context)
