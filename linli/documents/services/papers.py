"""What happens to a paper after it was issued: printed again, withdrawn, entered into the log."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.documents import permits
from linli.documents.errors import AlreadyWithdrawn
from linli.documents.events import DocumentWithdrawn
from linli.documents.models import Document, DocumentPrint
from linli.documents.services.electronic_ends import revoke_electronic_seal
from linli.documents.services.seals import cancel_open_uses
from linli.documents.states import DOCUMENT, DocumentState
from linli.documents.types import TEMPLATES
from linli.kernel.canonical import canonical
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import PUBLIC, Actor, open_to_all, require
from linli.trail.services import record
from linli.translog import services as translog

MOST_COPIES = 500


@transaction.atomic
def reprint_document(
    document: Document, *, copies: int, reason: str, actor: Actor, now: datetime
) -> Document:
    """Record that a paper is printed again; the paper itself stays the same file.

    Refuses with NotAllowed, AlreadyWithdrawn, Invalid.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(actor, permits.ISSUE, at=document.place, level=document.level)
    _must_be_valid(document, "reprint")
    if not 1 <= copies <= MOST_COPIES:
        raise Invalid({"copies": [_("Give a number from 1 to %(most)s.") % {"most": MOST_COPIES}]})
    DocumentPrint.objects.create(
        document=document, at=now, account_id=actor.account_id, label=actor.label,
        copies=copies, reason=reason,
    )  # fmt: skip
    document.print_count = F("print_count") + copies
    document.save(update_fields=["print_count"])
    document.refresh_from_db(fields=["print_count"])
    about: dict[str, Any] = {"place": document.place, "level": document.level}
    record("documents.reprinted", on=document, actor=actor, now=now, copies=copies, **about)
    return document


@transaction.atomic
def withdraw_document(document: Document, *, reason: str, actor: Actor, now: datetime) -> Document:
    """Declare a paper invalid; its check page says so from now on, with the reason.

    Refuses with NotAllowed, AlreadyWithdrawn, Invalid.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(actor, permits.WITHDRAW, at=document.place, level=document.level)
    _must_be_valid(document, "withdraw")
    if not reason.strip():
        raise Invalid({"reason": [_("Say why: the check page shows it.")]})
    return _withdrawn(document, reason, actor, now)


@transaction.atomic
def take_back_document(
    document_id: int, *, reason: str, actor: Actor, now: datetime
) -> Document | None:
    """Withdraw a paper with the matter it was printed of; None if it was withdrawn before.

    Whoever issues papers of this template takes them back. Refuses with NotAllowed.
    """
    document = Document.objects.select_for_update().get(pk=document_id)
    template = TEMPLATES.get(document.template)
    permit = (template.permit if template else None) or permits.WITHDRAW
    require(actor, permit, at=document.place, level=document.level)
    if document.state != DocumentState.ISSUED:
        return None
    return _withdrawn(document, reason, actor, now)


def _withdrawn(document: Document, reason: str, actor: Actor, now: datetime) -> Document:
    document.state = DOCUMENT.after(document.state, "withdraw")
    document.withdrawn_at, document.withdrawn_by = now, actor.label
    document.withdrawn_reason = reason.strip()
    document.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    cancel_open_uses(document, actor=actor, now=now)
    revoke_electronic_seal(document, actor=actor, now=now)
    about: dict[str, Any] = {
        "place": document.place,
        "level": document.level,
        "number": document.number,
    }
    record("documents.withdrawn", on=document, actor=actor, now=now, **about)
    publish(DocumentWithdrawn(document.pk, document.template, document.place))
    return document


@open_to_all("called by the job alone that enters issued papers into the log")
@transaction.atomic
def log_document(document_id: int, *, actor: Actor, now: datetime) -> Document:
    """Enter a paper's number, time and hash into the public log, once."""
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.log_index is None:
        content = _content_of(document)
        # what only some may see goes in as a hash: the log's readers learn nothing of it
        entry = content if document.level <= PUBLIC else sha256(canonical(content)).digest()
        document.log_index = translog.append("document", entry, actor=actor, now=now)
        document.save(update_fields=["log_index"])
    return document


def _content_of(document: Document) -> dict[str, object]:
    """Return what the log proves about a paper; no title, for it may name a person."""
    return {
        "code": document.code,
        "number": document.number,
        "template": document.template,
        "office": document.office,
        "place": document.place,
        "issued_at": document.issued_at.isoformat(),
        "sha256": document.sha256,
    }


def _must_be_valid(document: Document, move: str) -> None:
    if document.state != DocumentState.ISSUED:
        raise AlreadyWithdrawn(move=move, state=document.state)
