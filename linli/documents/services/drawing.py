"""Pictures for telephones and pages to take along, made of a template as papers are; they have no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from linli.documents.clients import printing
from linli.documents.queries.words import words_of_paper
from linli.documents.types import Sheet
from linli.kernel.permits import Actor, open_to_all
from linli.ui.formats import day_plain, is_chinese


@open_to_all("keeps nothing; whoever asks for a picture has decided who sees it")
def draw_picture(source: str, data: Mapping[str, Any], *, actor: Actor, address: str = "") -> bytes:
    """Return a template of one page with its data as a PNG. Refuses with TemplateBroken.

    With an `address` the template gets its QR code as `qr`, an SVG.
    """
    code = {"qr": printing.qr_image(address)} if address else {}
    return printing.set_picture(source, {**data, **code})


@open_to_all("keeps nothing; whoever asks for a sheet has decided who sees it")
def draw_sheet(source: str, data: Mapping[str, Any], sheet: Sheet, *, actor: Actor) -> bytes:
    """Return a page of the site as a PDF in the reader's language. Refuses with TemplateBroken."""
    chinese = is_chinese()
    doc = {
        "title": sheet.title, "office": sheet.office, "number": "", "code": "", "template": source,
        "url": sheet.address, "qr": printing.qr_image(sheet.address),
        "issued_on": [sheet.on.year, sheet.on.month, sheet.on.day], "issued_text": day_plain(sheet.on),
        "needs_seal": False, "is_demo": bool(settings.LINLI_DEMO) or sheet.is_invented,
        "lang": "zh" if chinese else "en", "region": "cn" if chinese else "gb",
        "words": {**words_of_paper(), **{name: str(said) for name, said in sheet.words.items()}},
    }  # fmt: skip
    return printing.set_paper(source, doc, data).pdf
