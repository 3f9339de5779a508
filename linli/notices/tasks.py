"""Jobs of notices."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job
from linli.kernel.permits import system_actor
from linli.notices import services

LOGGER = system_actor("notices.log_version")
COUNTER = system_actor("notices.recount_ends")


@job("notices.log_version", retry=5)
def log_version(posting_id: int, number: int) -> None:
    """Enter a published version into the public log."""
    services.log_version(posting_id, number, actor=LOGGER, now=timezone.now())


@job("notices.recount_ends", lock="notices.recount_ends", retry=3)
def recount_ends() -> None:
    """Count provisional last days anew."""
    services.recount_ends(actor=COUNTER, now=timezone.now())
