"""Jobs of files."""

from __future__ import annotations

from django.utils import timezone

from linli.files import services
from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import NIGHT
from linli.kernel.permits import system_actor


@periodic("41 2 * * *")
@job("files.let_go", queue=NIGHT, queueing_lock="files.let_go")
def let_go(timestamp: int) -> None:
    """Sweep bytes that have no row; files whose time is over go with the retention job."""
    services.sweep(actor=system_actor("files.let_go"), now=timezone.now())
