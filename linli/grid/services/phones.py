"""A phone opens the queue of whoever is signed in: she gets the key that seals it, nobody else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from linli.grid import permits
from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import QUEUES
from linli.grid.models import PhoneQueue
from linli.kernel.errors import NotAllowed
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.phones import PageIsOld, box_for
from linli.trail.services import record

PAGE = "outdoors"
Reach = list[list[str | int | None]]


@dataclass(frozen=True, slots=True)
class OpenQueue:
    """A queue with the key that seals it on the phone, in its box; `next_seq` is the entry that comes next.

    `id` names what lies under this key on the phone.
    """

    code: str
    id: str
    key: str
    box: str
    next_seq: int


@open_to_all("whoever works in cells opens their own queue; nobody finds another's")
@transaction.atomic
def open_queue(
    device: UUID, boxes: Sequence[str] | None, *, actor: Actor, now: datetime
) -> OpenQueue:
    """Open the actor's queue on a phone, or make it. Refuses with NotAllowed, PageIsOld.

    `boxes` are those of the phone; None is a page that keeps none. Whoever works in no cell any more may still open what she has, to send what she did before.
    """
    if actor.account_id is None or actor.is_machine:
        raise NotAllowed()
    hold("grid.queue", actor.account_id, device)
    queue = PhoneQueue.objects.filter(account_id=actor.account_id, device=device).first()
    reach: Reach = [[path, actor.post_at(path)] for path in actor.own_paths(permits.WORK)]
    if queue is None:
        queue = _made(actor.account_id, device, reach, actor=actor, now=now)
    elif reach:
        queue.reach, queue.used_on = reach, localdate(now)
        queue.save(update_fields=["reach", "used_on"])
    before = _from_before(queue)
    if boxes is None and before is None:
        raise PageIsOld()
    box = box_for(PAGE, actor.account_id, boxes or (), before=before)
    if before is not None and box.box in (boxes or ()):
        # the phone keeps it itself from now on
        queue.secret = None
        queue.save(update_fields=["secret"])
    return OpenQueue(queue.code, box.id, box.key, box.box, queue.next_seq)


def _from_before(queue: PhoneQueue) -> tuple[str, str] | None:
    """Return the key of a queue that lay here before phones kept it themselves, or None."""
    if queue.secret is None:
        return None
    return queue.code, envelopes.opened(queue.secret, QUEUES, "secret", queue.pk)


def _made(
    account_id: int, device: UUID, reach: Reach, *, actor: Actor, now: datetime
) -> PhoneQueue:
    if not reach:
        raise NotAllowed(permit=permits.WORK.name, at="")
    queue = PhoneQueue.objects.create(
        code=public_code(14), account_id=account_id, device=device, reach=reach,
        used_on=localdate(now),
    )  # fmt: skip
    record("grid.queue_opened", on=queue, actor=actor, now=now, place=actor.place)
    return queue
