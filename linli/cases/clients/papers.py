"""Papers of cases as `documents` knows them: number series, layout, who may issue them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.documents.types import TEMPLATES, DocumentTemplate, Field
from linli.kernel.permits import STAFF, VAULT, Permit

LETTER = "documents/print/letter.typ"
SHEET = "cases/print/sheet.typ"
KEEP_YEARS = 10


def _letter(key: str, title: Any, series: str, permit: Permit, level: int) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"cases.{key}",
        title=title,
        source=LETTER,
        schema={"addressee": Field.TEXT, "text": Field.LINES, "copies": Field.TEXT},
        optional=frozenset({"addressee", "copies"}),
        series=series,
        words={"colon": _(":")},
        needs_seal=True,
        permit=permit,
        level=level,
        keep_years=KEEP_YEARS,
    )


def _sheet(key: str, title: Any, series: str, permit: Permit, level: int) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"cases.{key}",
        title=title,
        source=SHEET,
        schema={
            "facts": Field.PAIRS,
            "blocks": Field.PAIRS,
            "rooms": Field.LINES,
            "note": Field.TEXT,
            "signs": Field.LINES,
        },
        optional=frozenset({"note"}),
        series=series,
        permit=permit,
        level=level,
        keep_years=KEEP_YEARS,
    )


WORK, VISITS = permits.PETITION_WORK, permits.VISITS
ALL = (
    _sheet("petition_sheet", _("Register sheet of a petition"), "XD", WORK, VAULT),
    _letter("petition_accepted", _("Notice of acceptance"), "SG", WORK, VAULT),
    _letter("petition_not_accepted", _("Notice that it is not accepted"), "BS", WORK, VAULT),
    _letter("petition_no_more", _("Notice that it is no longer accepted"), "BZ", WORK, VAULT),
    _letter("petition_transfer", _("Letter passing a petition on"), "ZS", WORK, VAULT),
    _letter("petition_reply", _("Written answer to a petition"), "CL", WORK, VAULT),
    _letter("petition_review", _("Decision on a review"), "FY", WORK, VAULT),
    _sheet("visit_sheet", _("Register sheet of a visit"), "LD", VISITS, VAULT),
    _letter("property_letter", _("Letter to a property company"), "WH", permits.HANDLE, STAFF),
    _sheet("directive_sheet", _("Sheet of a task handed down"), "JB", permits.DIRECT, STAFF),
    _sheet("incoming_sheet", _("Sheet for handling a paper"), "CZ", permits.PAPERS, STAFF),
)


def register() -> None:
    """Tell the papers' app. Called at start."""
    for template in ALL:
        TEMPLATES.add(template)
