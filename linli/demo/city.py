"""Makes the city: official places and bodies for everybody, invented ones for the demo only."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.places import services as places

Say = Callable[[str], None]


def make_city(say: Say) -> None:
    """Make what a real city starts with. A second run changes nothing."""
    actor = system_actor("make city")
    with scope.acting(actor):
        if places.seed_official(actor=actor, now=timezone.now()):
            say("Dongguan is there: 1 city, 36 towns, 609 villages and communities.")


def make_demo(say: Say) -> None:
    """Make the city and the invented town with its people. A second run changes nothing."""
    (settings.LINLI_HOME / "demo").touch()
    settings.LINLI_DEMO = True
    make_city(say)
    actor = system_actor("make demo")
    with scope.acting(actor):
        places.seed_invented(actor=actor, now=timezone.now())
