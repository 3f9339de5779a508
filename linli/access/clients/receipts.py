"""The receipt of a request about personal data, for whoever reads no inbox: it names nobody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from linli.access import permits
from linli.access.states import KIND_WORDS
from linli.documents import services as documents
from linli.documents.types import CHINESE, PLACE_NAME, DocumentTemplate, Field, Issue
from linli.kernel.permits import PERSONAL, Actor
from linli.ui import formats

if TYPE_CHECKING:
    from linli.access.models import DataRequest
    from linli.documents.models import Document

KIND = "access.request_receipt"
RECEIPT = DocumentTemplate(
    key=KIND,
    title=gettext_lazy("Receipt of a request about personal data"),
    source="access/print/request_receipt.typ",
    schema={
        "number": Field.TEXT, "kind": Field.TEXT, "received": Field.TEXT, "due": Field.TEXT,
        "answered": Field.TEXT,
    },  # fmt: skip
    optional=frozenset({"answered"}),
    series="GRHZ",
    words={
        "number_of_request": gettext_lazy("Number of the request"),
        "asked": gettext_lazy("What is asked"),
        "received": gettext_lazy("Received"),
        "due": gettext_lazy("Answer by"),
        "answered": gettext_lazy("Answered"),
        "says": gettext_lazy(
            "The office has received the request and answers it by the day above. Come with this paper and your identity card, or ring the office: you are told how it stands and get the answer on paper."
        ),
        "effect": gettext_lazy(
            "No answer in time, or you do not agree? Ask the town government, or go to court (PIPL art. 50, 65)."
        ),
        "handler": gettext_lazy("Received by"),
        "asker": gettext_lazy("Handed to"),
        "date": gettext_lazy("Date"),
    },
    permit=permits.ACT_FOR,
    level=PERSONAL,
    keep_years=3,
)  # fmt: skip


def print_receipt(request: DataRequest, *, actor: Actor, now: datetime) -> Document:
    """Number and print the receipt of a request. Refuses with NotAllowed."""
    with translation.override(CHINESE):
        data = {
            "number": request.number, "kind": str(KIND_WORDS[request.kind]),
            "received": formats.day_plain(localdate(request.received_at)),
            "due": formats.day_plain(request.due_on),
            "answered": formats.day_plain(localdate(request.answered_at)) if request.answered_at else "",
        }  # fmt: skip
        office = PLACE_NAME.call(request.path) or request.path
    issue = Issue(place=request.path, office=office, about=(KIND, request.pk))
    return documents.issue_document(KIND, data, issue=issue, actor=actor, now=now)
