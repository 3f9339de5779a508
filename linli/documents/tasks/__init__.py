"""Jobs of documents."""

from __future__ import annotations

from django.utils import timezone

from linli.documents import services
from linli.kernel.jobs import job
from linli.kernel.permits import system_actor


@job("documents.log_document", retry=5)
def log_document(document_id: int) -> None:
    """Enter an issued paper into the public log."""
    services.log_document(
        document_id, actor=system_actor("documents.log_document"), now=timezone.now()
    )
