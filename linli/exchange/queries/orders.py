"""Orders of the hotline: lists by what has to be done with them, and one with its whole story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from linli.cases.queries.conflicts import not_about
from linli.cases.queries.results import Outcome, Result, results_of
from linli.cases.queries.standing_rows import with_standing
from linli.cases.queries.wholes import following_ids
from linli.cases.types.kinds import Stage
from linli.exchange import permits
from linli.exchange.models import HandBack, HotlineOrder, ReturnedResult
from linli.exchange.states import OrderState
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach


class OrderView(StrEnum):
    """Which orders a list shows."""

    ALL = "all"
    WAITING = "waiting"
    OPEN = "open"
    LATE = "late"
    LOOK = "look"
    TO_RETURN = "to_return"


@dataclass(frozen=True, slots=True)
class OrdersWanted:
    """What a list of orders is narrowed by; `path` is a place, `words` a part of the number."""

    view: OrderView = OrderView.ALL
    path: str = ""
    words: str = ""
    sender: str = ""


NEWEST = Keyset("newest", ("-id",))
DUE = Keyset("due", ("due", "id"))
FAR = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
_OUTCOME = When_(
    When(now_state="referred", then=Value(Outcome.REFERRED.value)),
    When(now_stage=Stage.OPEN, then=Value(Outcome.IN_PROGRESS.value)),
    When(now_stage=Stage.ANSWERED, then=Value(Outcome.ANSWERED.value)),
    When(now_stage=Stage.SOLVED, then=Value(Outcome.DONE.value)),
    When(now_stage=Stage.REFUSED, then=Value(Outcome.REFUSED.value)),
    default=Value(Outcome.ENDED.value),
    output_field=CharField(),
)


def not_of_order(actor: Actor, prefix: str = "") -> Q:
    """Return the condition that neither an order nor the case that came of it is about the actor (AP-07)."""
    return not_about(actor, prefix) & not_about(actor, f"{prefix}case__")


def visible_orders(actor: Actor) -> QuerySet[HotlineOrder]:
    """Orders brought in for places where the actor deals with the hotline, none that accuse her (AP-07)."""
    found = HotlineOrder.objects.select_related("case")
    if actor.is_system:
        return found
    return found.filter(in_reach(actor, permits.HOTLINE)).filter(not_of_order(actor))


def get_order(actor: Actor, number: str) -> HotlineOrder:
    """Return one order by the hotline's number. Refuses with NotFound."""
    found = visible_orders(actor).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found


def narrowed(actor: Actor, wanted: OrdersWanted, now: datetime) -> QuerySet[HotlineOrder]:
    """Return the orders that a list asks for, with `outcome` and `due` beside each."""
    found = with_standing(visible_orders(actor)).annotate(
        outcome=_OUTCOME, due=Coalesce("due_at", Value(FAR))
    )
    found = found.filter(_of_view(wanted.view, now))
    if wanted.path:
        at = Q(path__startswith=wanted.path) | Q(case__path__startswith=wanted.path)
        found = found.filter(at)
    if wanted.words:
        found = found.filter(Q(number__icontains=wanted.words) | Q(case__number=wanted.words))
    return found.filter(sender=wanted.sender) if wanted.sender else found


def _of_view(view: OrderView, now: datetime) -> Q:
    is_open = Q(state=OrderState.WAITING) | Q(now_is_open=True)
    return {
        OrderView.ALL: Q(),
        OrderView.WAITING: Q(state=OrderState.WAITING),
        OrderView.OPEN: is_open,
        OrderView.LATE: is_open & Q(due_at__lte=now),
        OrderView.LOOK: Q(needs_look=True),
        OrderView.TO_RETURN: to_return(),
    }[view]


def to_return(*, with_open: bool = False) -> Q:
    """Return the condition for orders of which the hotline was told less than is known.

    Needs what `narrowed` puts beside. With `with_open` those at work are told too, each time.
    """
    unlike = ~Q(told_outcome=F("outcome")) | ~Q(told_cycle=F("now_cycle"))
    ended = Q(state=OrderState.TAKEN) & ~Q(now_stage=Stage.OPEN) & unlike
    return ended | Q(state=OrderState.TAKEN, now_stage=Stage.OPEN) if with_open else ended


def list_orders(
    actor: Actor, wanted: OrdersWanted, now: datetime, *, cursor: str | None, limit: int
) -> Page[HotlineOrder]:
    """Return a page of orders: those to be dealt with by the hotline's day, all others newest first."""
    by_day = wanted.view in (OrderView.WAITING, OrderView.OPEN, OrderView.LATE)
    found = narrowed(actor, wanted, now)
    return page_of(found, DUE if by_day else NEWEST, cursor=cursor, limit=limit)


def count_orders(actor: Actor, wanted: OrdersWanted, now: datetime) -> int:
    """Return how many a list has, up to the limit of counts."""
    return narrowed(actor, wanted, now)[:COUNT_LIMIT].count()


def results(actor: Actor, orders: list[HotlineOrder]) -> dict[int, Result]:
    """Return what became of orders by their ids, as far as the actor may see their cases."""
    found = results_of(actor, [order.case_id for order in orders if order.case_id])
    return {o.pk: found[o.case_id] for o in orders if o.case_id in found}


def returned_of(order: HotlineOrder) -> list[ReturnedResult]:
    """Return what the hotline was told of an order, newest first."""
    found = ReturnedResult.objects.filter(order=order).select_related("file")
    return list(found.order_by("-id"))


def hand_backs_of(order: HotlineOrder) -> list[HandBack]:
    """Return what was asked of the hotline for an order, newest first."""
    return list(HandBack.objects.filter(order=order).select_related("file").order_by("-id"))


def order_of_case(case_id: Any) -> HotlineOrder | None:
    """Return the order that a case came from, for who may see the case."""
    return HotlineOrder.objects.filter(case_id=case_id).first()


def orders_of_matter(case_id: int) -> QuerySet[HotlineOrder]:
    """Return the orders that a case came from, and those whose cases are the same as it."""
    return HotlineOrder.objects.filter(case_id__in=[case_id, *following_ids(case_id)])


def is_at_work(order: HotlineOrder) -> bool:
    """Say whether somebody is at its case, or at the one that others reported too."""
    found: Any = with_standing(HotlineOrder.objects.filter(pk=order.pk))
    return bool(found.filter(now_stage=Stage.OPEN).exists())


def senders(actor: Actor) -> list[str]:
    """Return who sent orders here, for the filter of lists."""
    return list(
        visible_orders(actor).order_by("sender").values_list("sender", flat=True).distinct()
    )
