"""What follows a restore: the trail begins a new epoch, erasures are replayed, chains are checked."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from linli.kernel import scope
from linli.kernel.permits import system_actor


def after_restore(say: Callable[[str], None]) -> None:
    """Make restored data fit to go on."""
    from linli.trail import services as trail

    actor = system_actor("restore")
    with scope.acting(actor):
        trail.begin_epoch(actor=actor, now=timezone.now())
    say("The trail begins a new epoch.")
