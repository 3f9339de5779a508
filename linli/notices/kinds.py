"""The papers on which a notice is printed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.documents.types import DocumentTemplate, Field
from linli.notices import permits
from linli.notices.types import Size

SCHEMA = {
    "text": Field.RECORDS,
    "length": Field.NUMBER,
    "number": Field.TEXT,
    "period": Field.TEXT,
    "contact": Field.TEXT,
    "objection": Field.TEXT,
    "basis": Field.TEXT,
    "corrected": Field.TEXT,
}
WORDS = {
    "basis_is": _("Based on"),
    "corrected_is": _("Corrected:"),
    "notice_no": _("Notice no."),
    "join_below": _("Join sheet 2 here"),
    "join_above": _("Join sheet 1 here"),
}
TITLES = {Size.A4: _("Notice, A4"), Size.A3: _("Notice, A3"), Size.TILED: _("Notice, A3 of two sheets A4")}  # fmt: skip


def _template(size: Size, *, is_sealed: bool) -> DocumentTemplate:
    return DocumentTemplate(
        key=f"notices.{size}_sealed" if is_sealed else f"notices.{size}",
        title=TITLES[size],
        source=f"notices/print/{size}.typ",
        schema=SCHEMA,
        series="GS",
        words=WORDS,
        needs_seal=is_sealed,
        permit=permits.WRITE,
        level=1,
    )


ALL = tuple(_template(size, is_sealed=sealed) for size in Size for sealed in (False, True))
