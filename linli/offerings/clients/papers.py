"""Papers of applications as `documents` knows them: number series, layout, who may issue them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.documents.types import TEMPLATES, DocumentTemplate, Field
from linli.kernel.permits import PERSONAL, Permit
from linli.offerings import permits

LETTER = "documents/print/letter.typ"
KEEP_YEARS = 10


def _letter(key: str, title: Any, series: str, permit: Permit, *, seal: bool) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"offerings.{key}",
        title=title,
        source=LETTER,
        schema={"addressee": Field.TEXT, "text": Field.LINES, "copies": Field.TEXT},
        optional=frozenset({"addressee", "copies"}),
        series=series,
        words={"colon": _(":")},
        needs_seal=seal,
        permit=permit,
        level=PERSONAL,
        keep_years=KEEP_YEARS,
    )


ALL = (
    _letter("accepted", _("Notice that an application is accepted"), "SL", permits.RECEIVE, seal=True),
    _letter("correction", _("Notice of what is missing, once and complete"), "BQ", permits.RECEIVE, seal=True),
    _letter("not_accepted", _("Notice that an application is not accepted"), "BU", permits.RECEIVE, seal=True),
    _letter("decision", _("Decision on an application"), "JX", permits.DECIDE, seal=True),
    _letter("fee", _("Receipt of a fee"), "PJ", permits.RECEIVE, seal=False),
)  # fmt: skip


def register() -> None:
    """Tell the papers' app. Called at start."""
    TEMPLATES.add_all(ALL)
