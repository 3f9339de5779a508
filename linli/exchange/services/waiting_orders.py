"""Orders that wait: a person says where each belongs, or that it is not for an office at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.cases.services import following
from linli.cases.services.filing import refer_accusation
from linli.cases.types.filing import Filing
from linli.cases.types.moves import At
from linli.cases.types.words import Channel
from linli.exchange import permits
from linli.exchange.errors import CaseNotOver, PlaceNeeded
from linli.exchange.models import HotlineOrder
from linli.exchange.queries.orders import get_order, is_at_work
from linli.exchange.queries.waiting import row_of
from linli.exchange.services.taking_orders import open_order
from linli.exchange.states import ORDER, OrderState
from linli.kernel.paths import code_of
from linli.kernel.permits import ACCUSATION, NOBODY, Actor, require
from linli.places import queries as places
from linli.trail.services import record


@transaction.atomic
def place_orders(chosen: Mapping[int, str], *, actor: Actor, now: datetime) -> list[HotlineOrder]:
    """Open the cases of waiting orders, each at the place that was chosen for it, all or none.

    Refuses with NotAllowed, NotFound, WrongState, PlaceNeeded.
    """
    return [_placed(_held(pk, actor), chosen[pk], actor, now) for pk in sorted(chosen)]


def _held(order_id: int, actor: Actor) -> HotlineOrder:
    """Hold an order for whoever may deal with it: never for somebody whom its words accuse."""
    order = HotlineOrder.objects.select_for_update().get(pk=order_id)
    require(actor, permits.HOTLINE, at=order.path)
    return get_order(actor, order.number)


def _placed(order: HotlineOrder, code: str, actor: Actor, now: datetime) -> HotlineOrder:
    ORDER.after(order.state, "place")
    path = places.path_of(code) if code else None
    if path is None or not path.startswith(order.path):
        raise PlaceNeeded()
    opened = open_order(order, code, row_of(order), actor=actor, now=now)
    record("exchange.order_placed", on=order, actor=actor, now=now, place=path, number=order.number)
    return opened


@transaction.atomic
def lead_away(order: HotlineOrder, *, actor: Actor, now: datetime) -> HotlineOrder:
    """Keep nothing of an accusation of an official but that it was led to the discipline inspection.

    Who led it there stands in the trail, sealed as the accusation itself. Refuses with NotAllowed,
    NotFound, WrongState.
    """
    order = _held(order.pk, actor)
    order.state, order.row = ORDER.after(order.state, "lead_away"), None
    order.save(update_fields=["state", "row"])
    refer_accusation(Filing("", Channel.HOTLINE, place=code_of(order.path)), actor=NOBODY, now=now)
    record("exchange.order_led_away", on=order, actor=actor, now=now, place=order.path,
           level=ACCUSATION, number=order.number)  # fmt: skip
    return order


@transaction.atomic
def ask_again(order: HotlineOrder, words: str, *, actor: Actor, now: datetime) -> HotlineOrder:
    """Note that the hotline says it is not solved; a supervisor decides in time.

    Refuses with NotAllowed, NotFound, CaseNotOver, WrongState for what stands for good, Missing.
    """
    order = _held(order.pk, actor)
    if order.state != OrderState.TAKEN or order.case_id is None or is_at_work(order):
        raise CaseNotOver()
    following.ask_to_reopen(At(order.case_id), words, actor=NOBODY, now=now)
    order.needs_look = False
    order.save(update_fields=["needs_look"])
    return order


@transaction.atomic
def looked_at(order: HotlineOrder, *, actor: Actor, now: datetime) -> HotlineOrder:
    """Note that somebody has read what came after the end. Refuses with NotAllowed, NotFound."""
    order = _held(order.pk, actor)
    HotlineOrder.objects.filter(pk=order.pk).update(needs_look=False)
    record("exchange.order_looked_at", on=order, actor=actor, now=now, place=order.path)
    order.needs_look = False
    return order
