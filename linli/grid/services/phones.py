"""A phone opens the queue of whoever is signed in: she gets the key that seals it, nobody else does."""

from __future__ import annotations

import base64
import secrets
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
from linli.trail.services import record

KEY_BYTES = 32
Reach = list[list[str | int | None]]


@dataclass(frozen=True, slots=True)
class OpenQueue:
    """A queue with the key that seals it on the phone; `next_seq` is the entry that comes next."""

    code: str
    key: str
    next_seq: int


@open_to_all("whoever works in cells opens her own queue; nobody finds another's")
@transaction.atomic
def open_queue(device: UUID, *, actor: Actor, now: datetime) -> OpenQueue:
    """Open the actor's queue on a phone, or make it. Refuses with NotAllowed.

    Whoever works in no cell any more may still open what she has, to send what she did before.
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
    assert queue.secret is not None, "a queue has its key from the start"
    key = envelopes.opened(queue.secret, QUEUES, "secret", queue.pk)
    return OpenQueue(queue.code, key, queue.next_seq)


def _made(
    account_id: int, device: UUID, reach: Reach, *, actor: Actor, now: datetime
) -> PhoneQueue:
    if not reach:
        raise NotAllowed(permit=permits.WORK.name, at="")
    queue = PhoneQueue.objects.create(
        code=public_code(14), account_id=account_id, device=device, reach=reach,
        used_on=localdate(now),
    )  # fmt: skip
    key = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    queue.secret = envelopes.sealed(key, QUEUES, "secret", queue.pk)
    queue.save(update_fields=["secret"])
    record("grid.queue_opened", on=queue, actor=actor, now=now, place=actor.place)
    return queue
