"""The papers that documents itself prints: notice, letter, sheet of the seal book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.documents import permits
from linli.documents.types import DocumentTemplate, Field

NOTICE = DocumentTemplate(
    key="documents.notice",
    title=_("Public notice"),
    source="documents/print/public_notice.typ",
    schema={
        "addressee": Field.TEXT,
        "text": Field.LINES,
        "period": Field.TEXT,
        "contact": Field.TEXT,
        "objection": Field.TEXT,
    },
    optional=frozenset({"addressee"}),
    series="GS",
    words={"colon": _(":")},
    needs_seal=True,
    level=1,
)
LETTER = DocumentTemplate(
    key="documents.letter",
    title=_("Official letter"),
    source="documents/print/letter.typ",
    schema={"addressee": Field.TEXT, "text": Field.LINES, "copies": Field.TEXT},
    optional=frozenset({"addressee", "copies"}),
    series="HJ",
    words={"colon": _(":")},
    needs_seal=True,
)
SEAL_SHEET = DocumentTemplate(
    key="documents.seal_sheet",
    title=_("Register of seal uses"),
    source="documents/print/seal_sheet.typ",
    schema={"subtitle": Field.TEXT, "rows": Field.ROWS},
    series="YD",
    words={
        "no": _("No."),
        "seal": _("Seal"),
        "matter": _("Matter"),
        "recipient": _("Who gets it"),
        "applicant": _("Applied by"),
        "approved_by": _("Approved by"),
        "stamped": _("Stamped on"),
        "count": _("Copies"),
        "signature": _("Signature"),
    },
    permit=permits.KEEP_SEAL,
)
ALL = (NOTICE, LETTER, SEAL_SHEET)
