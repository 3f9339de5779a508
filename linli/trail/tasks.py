"""Jobs of the trail."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import NIGHT, TRAIL
from linli.kernel.permits import system_actor
from linli.kernel.registries import RETENTION
from linli.trail import services


@periodic("* * * * * */2")
@job("trail.seal", queue=TRAIL, queueing_lock="trail.seal")
def seal(timestamp: int) -> None:
    """Seal what was recorded and committed."""
    services.seal_once(actor=system_actor("trail.seal"), now=timezone.now())


@periodic("17 3 * * *")
@job("trail.let_go", queue=NIGHT, queueing_lock="trail.let_go")
def let_go(timestamp: int) -> None:
    """Queue one job for each kind of thing that has a term: one that fails stops no other."""
    for entry in RETENTION:
        let_go_of.defer(key=entry.key)


@job("trail.let_go_of", queue=NIGHT, lock="trail.let_go_of", retry=3)
def let_go_of(key: str) -> None:
    """Let go of what is over its term. An entry that is gone since was renamed by an update."""
    entry = RETENTION.get(key)
    if entry is not None:
        services.let_go(entry, actor=system_actor("trail.let_go"), clock=timezone.now)
