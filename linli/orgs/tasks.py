"""Jobs of orgs."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel import scope
from linli.kernel.jobs import job
from linli.kernel.permits import system_actor
from linli.orgs.services import moving


@job("orgs.follow_places", lock="orgs.follow_places", retry=3)
def follow_places() -> None:
    """Bring heads to where their places are now."""
    actor = system_actor("orgs.follow_places")
    with scope.acting(actor):
        moving.follow_places(actor=actor, now=timezone.now())
