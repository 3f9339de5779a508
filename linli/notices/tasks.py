"""Jobs of notices."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job
from linli.kernel.permits import system_actor
from linli.notices import services

LOGGER = system_actor("notices.log_version")
PAPERS = system_actor("notices.withdraw_papers")
COUNTER = system_actor("notices.recount_ends")


@job("notices.log_version", retry=5)
def log_version(posting_id: int, number: int) -> None:
    """Enter a published version into the public log."""
    services.log_version(posting_id, number, actor=LOGGER, now=timezone.now())


@job("notices.recount_ends", lock="notices.recount_ends", retry=3)
def recount_ends() -> None:
    """Count provisional last days anew."""
    services.recount_ends(actor=COUNTER, now=timezone.now())


@job("notices.withdraw_papers", retry=5)
def withdraw_papers(posting_id: int) -> None:
    """Withdraw what was printed of a withdrawn notice."""
    services.withdraw_papers(posting_id, actor=PAPERS, now=timezone.now())
