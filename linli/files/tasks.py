"""Jobs of files."""

from __future__ import annotations

from django.utils import timezone

from linli.files import services
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor


@periodic("41 2 * * *")
@job("files.let_go", queueing_lock="files.let_go")
def let_go(timestamp: int) -> None:
    """Erase what is due and sweep what has no row."""
    now = timezone.now()
    today = timezone.localdate(now)
    actor = system_actor("files.let_go")
    services.erase_due(on=today, actor=actor, now=now)
    services.sweep(actor=actor, now=now)
