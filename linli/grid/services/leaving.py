"""What becomes of a head who died or moved away; `head_accounts` has who was erased."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.queries.hearing import nearest_that_hear
from linli.access.queries.persons import accounts_of_person
from linli.grid import permits
from linli.grid.models import Headship
from linli.grid.services.heads import close_headship
from linli.grid.states import LIVE
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To

MOVED = "grid.head_moved"
BY_JOB = "the job that follows what happened to a person alone calls it"


@open_to_all(BY_JOB)
@transaction.atomic
def end_of_dead(person_id: int, on: date, *, actor: Actor, now: datetime) -> int:
    """End the terms of somebody who died; what was handed over is noted later. Refuses with NotAllowed."""
    found = [head for head in _of(person_id, actor) if head.state in LIVE]
    for head in found:
        last = on if head.since is None else max(on, head.since)
        close_headship(head, min(last, localdate(now)), actor=actor, now=now)
    return len(found)


@open_to_all(BY_JOB)
@transaction.atomic
def tell_of_moved(person_id: int, path: str, *, actor: Actor, now: datetime) -> int:
    """Tell whoever keeps heads that one of them moved away: an entry may be wrong, so nothing ends by itself.

    Returns how many headships it is about. Refuses with NotAllowed.
    """
    found = [
        head for head in _of(person_id, actor) if head.state in LIVE and path.startswith(head.path)
    ]
    for head in found:
        near = nearest_that_hear(permits.HEADS, head.path, now=now)
        told = [(To(post_id=post, is_staff=True), {"ground": head.ground}) for post in near]
        about = About(head.path, Link("grid:heads_kept", (code_of(head.path),)))
        notify.send_many(MOVED, told, actor=actor, now=now, about=about)
    return len(found)


def _of(person_id: int, actor: Actor) -> list[Headship]:
    """Hold what somebody stands or stood for. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    own = Headship.objects.filter(account_id__in=accounts_of_person(person_id))
    return list(own.select_for_update().order_by("pk"))
