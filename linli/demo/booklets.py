"""The handbook of the demo's first village, so that its page has something to take along."""

from __future__ import annotations

from datetime import datetime

from linli.demo.cast import VILLAGE_1
from linli.files.queries import files_of
from linli.files.types import Owner
from linli.kernel.permits import Actor
from linli.offerings.services.handbooks import make_handbook
from linli.offerings.types.handbooks import EDITIONS
from linli.places import queries as places


def make(*, actor: Actor, now: datetime) -> None:
    """Make the booklet in Chinese once."""
    village, edition = places.get_place(VILLAGE_1), EDITIONS[0]
    if not files_of(Owner(edition.owner, village.pk)):
        make_handbook(village, edition, actor=actor, now=now)
