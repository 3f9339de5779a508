"""The worker's side: one delivery after the other, each decided anew when it is due."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.timezone import localdate, localtime
from prometheus_client import Counter as Metric

from linli.kernel.permits import Actor, open_to_all
from linli.kernel.scope import acting
from linli.notify import queries, rules
from linli.notify.clients import edges
from linli.notify.clients.envelopes import opened, sealed
from linli.notify.errors import CostCapReached
from linli.notify.models import Delivery
from linli.notify.services import spending
from linli.notify.states import DELIVERY, DeliveryState
from linli.notify.types import (
    PURPOSES,
    TEMPLATES,
    Accepted,
    Basis,
    Channel,
    GatewayBusy,
    GatewayRefused,
    OutgoingSms,
)
from linli.rulebook.queries import calendar, lookup
from linli.rulebook.types import Range

OUTCOMES = Metric("linli_deliveries_total", "Messages that went outside", ["channel", "outcome"])
BY_WORKER, BROKE = "called by the worker alone", "broke"
log = structlog.get_logger("linli.notify")


@open_to_all(BY_WORKER)
def deliver(delivery_id: int, *, actor: Actor, now: datetime) -> str:
    """Send one delivery, hold it or skip it, and return its state.

    The gateway is asked outside any transaction; if the worker dies there, the delivery is tried
    again under the same ref. A gateway sends a ref once; an e-mail may come twice then, both times
    with the ref as its Message-ID.
    """
    with acting(actor):
        begun = _begin(delivery_id, actor, now)
        if begun is None:
            return ""
        delivery, sms = begun
        if delivery.state != DeliveryState.SENDING:
            return str(delivery.state)
        try:
            accepted = _hand_over(delivery, sms)
        except GatewayRefused as error:
            return _end(delivery, "give_up", str(error), now)
        except GatewayBusy as error:
            return _later(delivery, str(error), now)
        return _taken(delivery, accepted, now)


@open_to_all(BY_WORKER)
def take_reports(*, actor: Actor, now: datetime) -> int:
    """Ask the gateway what became of messages, and return how many reports were new."""
    fresh = 0
    for report in edges.gateway().reports():
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().filter(ref=report.ref).first()
            # a report may come twice, or for a message that was given up
            if delivery is None or delivery.state not in (
                DeliveryState.SENT,
                DeliveryState.SENDING,
            ):
                continue
            _close(delivery, "report" if report.is_delivered else "give_up", report.reason, now)
            fresh += 1
    return fresh


@transaction.atomic
def _begin(delivery_id: int, actor: Actor, now: datetime) -> tuple[Delivery, OutgoingSms] | None:
    """Decide whether a delivery goes now; whatever it costs is taken in the same transaction."""
    delivery = (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(pk=delivery_id, due_at__lte=now, state__in=["queued", "held", "sending"])
        .first()
    )
    if delivery is None:
        return None
    sms = OutgoingSms(delivery.ref, "", "")
    was_sending = delivery.state == DeliveryState.SENDING
    if was_sending and delivery.text is None:  # erased by law while its worker was lost
        _close(delivery, "give_up", "erased", now)
        return delivery, sms
    if not was_sending and not _may_go(delivery, now):
        return delivery, sms
    sms = _outgoing(delivery)
    if not sms.phone:
        _close(delivery, "skip", "no_address", now)
        return delivery, sms
    if not was_sending and not _is_paid(delivery, sms, actor, now):
        return delivery, sms
    delivery.state = DELIVERY.after(delivery.state, "begin")
    delivery.attempts += 1
    delivery.due_at = now + rules.LOST_AFTER
    delivery.save()
    return delivery, sms


def _may_go(delivery: Delivery, now: datetime) -> bool:
    """Ask consent and hours; what may not go is skipped or held."""
    purpose = PURPOSES.get(delivery.purpose)
    asks = purpose is not None and purpose.basis is Basis.CONSENT
    if asks and not queries.has_consent(delivery.purpose, delivery.account_id, delivery.person_id):
        _close(delivery, "skip", "no_consent", now)
        return False
    if not queries.is_wanted(
        delivery.purpose, delivery.channel, delivery.account_id, delivery.person_id
    ):
        _close(delivery, "skip", "not_wanted", now)
        return False
    until = None if delivery.is_urgent else _hold_until(delivery, now)
    if until is None:
        return True
    delivery.state = DELIVERY.after(delivery.state, "hold")
    delivery.due_at, delivery.reason = until, "hours"
    delivery.save(update_fields=["state", "due_at", "reason"])
    return False


def _hold_until(delivery: Delivery, now: datetime) -> datetime | None:
    who = "staff" if delivery.is_staff else "residents"
    hours = lookup(f"notify.sending_hours.{who}", delivery.place, localdate(now)).value
    assert isinstance(hours, Range)
    is_work = calendar().is_work if delivery.is_staff else None
    return rules.hold_until(localtime(now), (hours.min, hours.max), is_work)


def _outgoing(delivery: Delivery) -> OutgoingSms:
    """Return what goes out, with the address as it is today."""
    ref = delivery.ref
    text = opened(delivery.text or b"", "text", ref)
    if delivery.address is not None:
        address = opened(delivery.address, "address", ref)
    else:
        find = queries.email_of if delivery.channel == Channel.EMAIL else queries.phone_of
        address = find(delivery.account_id, delivery.person_id)
        if address:
            delivery.address = sealed(address, "address", ref)
            delivery.masked = rules.masked(delivery.channel, address)
    kind = TEMPLATES.get(delivery.template)
    return OutgoingSms(ref, address, text, kind.sms_code if kind else "")


def _is_paid(delivery: Delivery, sms: OutgoingSms, actor: Actor, now: datetime) -> bool:
    """Take money and the day's share of one person; without them what is in the inbox has to do."""
    if delivery.channel != Channel.SMS or delivery.attempts:
        return True
    on = localdate(now)
    if not delivery.is_urgent:
        most = queries.sms_most_a_day(delivery.place, on)
        whose = queries.share_of(delivery.account_id, delivery.person_id, sms.phone)
        if not spending.use(whose, rules.day_key(on), 1, most, actor=actor):
            _close(delivery, "skip", "enough_today", now)
            return False
    try:
        with transaction.atomic():
            delivery.cost_fen = edges.gateway().price_fen(sms)
            spending.spend(delivery.place, delivery.cost_fen, on, actor=actor)
    except CostCapReached as refusal:
        log.warning("sms_cap_reached", place=delivery.place, until=refusal.details["until"])
        delivery.cost_fen = 0
        _close(delivery, "skip", refusal.code, now)
        return False
    return True


def _hand_over(delivery: Delivery, sms: OutgoingSms) -> Accepted:
    if delivery.channel == Channel.EMAIL:
        return edges.send_email(sms.ref, sms.phone, delivery.subject, sms.text)
    return edges.gateway().send(sms)


@transaction.atomic
def _taken(delivery: Delivery, accepted: Accepted, now: datetime) -> str:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state == DeliveryState.SENDING:
        delivery.state = DELIVERY.after(delivery.state, "take")
        delivery.gateway_ref, delivery.sent_at = accepted.gateway_ref, now
        delivery.reason = ""
        # the text is with the gateway now; a code must not lie here longer than it must
        delivery.text = None
        delivery.save()
        OUTCOMES.labels(delivery.channel, "sent").inc()
        if delivery.channel == Channel.EMAIL:
            _close(delivery, "report", "", now)
    return str(delivery.state)


@transaction.atomic
def _later(delivery: Delivery, reason: str, now: datetime) -> str:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    pause = rules.pause_after(delivery.attempts)
    if pause is None:
        _close(delivery, "give_up", reason, now)
        return str(delivery.state)
    delivery.state = DELIVERY.after(delivery.state, "retry")
    delivery.due_at, delivery.reason = now + pause, reason[:60]
    delivery.save(update_fields=["state", "due_at", "reason"])
    return str(delivery.state)


@open_to_all(BY_WORKER)
@transaction.atomic
def set_aside(delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a delivery whose sending broke wait, the longer the older it is; what may be with the gateway is given up in time."""
    found = Delivery.objects.select_for_update(skip_locked=True)
    delivery = found.filter(pk=delivery_id, state__in=["queued", "held", "sending"]).first()
    if delivery is None:
        return
    if delivery.state == DeliveryState.SENDING:
        _later(delivery, BROKE, now)
        return
    delivery.due_at, delivery.reason = now + rules.pause_of_broken(delivery.created_at, now), BROKE
    delivery.save(update_fields=["due_at", "reason"])


@transaction.atomic
def _end(delivery: Delivery, move: str, reason: str, now: datetime) -> str:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    _close(delivery, move, reason, now)
    return str(delivery.state)


def _close(delivery: Delivery, move: str, reason: str, now: datetime) -> None:
    """Write an end. A dead letter keeps its address and text, so that it can be sent again."""
    delivery.state = DELIVERY.after(delivery.state, move)
    delivery.reason, delivery.ended_at = reason[:60], now
    if delivery.state != DeliveryState.DEAD:
        delivery.text = delivery.address = None
    delivery.save()
    OUTCOMES.labels(delivery.channel, str(delivery.state)).inc()
    if delivery.state == DeliveryState.DEAD:
        log.warning("delivery_dead", ref=delivery.ref, reason=delivery.reason)
