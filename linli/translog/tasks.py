"""Jobs of the transparency log."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor
from linli.translog import services


@periodic("* * * * *")
@job("translog.publish_head", queueing_lock="translog.publish_head")
def publish_head(timestamp: int) -> None:
    """Enter the head of the trail, then sign the tree as it stands."""
    actor, now = system_actor("translog.publish_head"), timezone.now()
    services.enter_trail_head(actor=actor, now=now)
    services.sign_head(actor=actor, now=now)
