"""Messages that were given up: send again, or let go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.notify import permits, queries
from linli.notify.errors import NotDead
from linli.notify.events import DeliveriesQueued
from linli.notify.models import Delivery
from linli.notify.states import DELIVERY, DeliveryState
from linli.trail.services import record


@transaction.atomic
def revive_delivery(delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """Send a dead letter again from the beginning. Refuses with NotAllowed, NotDead."""
    delivery = _dead(delivery, actor)
    delivery.state = DELIVERY.after(delivery.state, "revive")
    delivery.attempts, delivery.due_at = 0, now
    delivery.reason, delivery.ended_at, delivery.sent_at = "", None, None
    delivery.save()
    record("notify.revived", on=delivery, actor=actor, now=now, place=delivery.place)
    publish(DeliveriesQueued((delivery.pk,)))
    return delivery


@transaction.atomic
def drop_delivery(delivery: Delivery, *, reason: str = "", actor: Actor, now: datetime) -> Delivery:
    """Empty a dead letter for good; the entry stays. Refuses with NotAllowed, NotDead."""
    delivery = _dead(delivery, actor)
    delivery.text = delivery.address = None
    delivery.save(update_fields=["text", "address"])
    said: dict[str, Any] = {"reason": reason} if reason else {}
    record("notify.dropped", on=delivery, actor=actor, now=now, place=delivery.place, **said)
    return delivery


def _dead(delivery: Delivery, actor: Actor) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    require(actor, permits.OVERSEE, at=queries.overseen_at(actor, delivery.place))
    if delivery.state != DeliveryState.DEAD or delivery.text is None:
        raise NotDead(move="revive", state=delivery.state)
    return delivery
