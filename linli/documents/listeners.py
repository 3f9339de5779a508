"""Reactions of documents to their own events: an issued paper goes into the public log."""

from __future__ import annotations

from linli.documents import tasks
from linli.documents.events import DocumentIssued


def on_document_issued(event: DocumentIssued) -> None:
    """Defer the entry into the log."""
    tasks.log_document.defer(document_id=event.document_id)
