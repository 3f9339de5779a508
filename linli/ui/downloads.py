"""Lists of pages as files that come at once: as long as they may be, and said when they are not whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.kernel.sheets import Row, download
from linli.ui.demo import demo_note

MOST = 100_000


def file_note(count: int, most: int) -> str:
    """Return the mark of demo data, and that a list is longer than its file, as far as they apply."""
    note = demo_note()
    if count <= most:
        return note
    cut = _("The first %(most)s only; narrow the list to get the others.") % {"most": most}
    return f"{note} {cut}".strip()


def list_download(
    found: QuerySet[Any], shape: Callable[[list[Any]], Iterable[Row]], *, name: str, form: str
) -> HttpResponse:
    """Answer with the rows of a queryset as a file; `shape` gives the heads and lines of rows."""
    rows = list(found[: MOST + 1])
    return download(shape(rows[:MOST]), name=name, form=form, note=file_note(len(rows), MOST))
