"""Orders of the hotline over the API: lists, one, and what a person decides of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.exchange.queries import choices
from linli.exchange.queries import orders as queries
from linli.exchange.queries.orders import OrdersWanted, OrderView
from linli.exchange.services import waiting_orders
from linli.kernel.api import PagedIn, listed, one_of
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()


class OrderOut(Schema):
    """`state`: waiting, taken, led_away. `outcome`: in_progress, answered, done, refused, referred, ended.

    `case` is our number. `returned` is what the hotline was told last.
    """

    number: str
    sender: str
    state: str
    place: str
    suggested_place: str
    due_at: datetime | None
    came_at: datetime
    needs_look: bool
    case: str
    outcome: str
    answer: str
    returned: str
    returned_at: datetime | None


class OrdersOut(Schema):
    """`count` is exact up to 1,000."""

    count: int | None
    items: list[OrderOut]
    next: str | None


class OrdersIn(PagedIn):
    """`view`: all, waiting, open, late, look, to_return; `q`: a part of the number."""

    view: str = ""
    place: str = ""
    sender: str = ""
    q: str = ""


def _shown(actor: Actor, orders: list[Any]) -> list[dict[str, Any]]:
    told = queries.results(actor, orders)
    return [_order(order, told.get(order.pk)) for order in orders]


def _order(order: Any, result: Any) -> dict[str, Any]:
    names = ("number", "sender", "state", "due_at", "came_at", "needs_look")
    return {
        **{name: getattr(order, name) for name in names},
        "place": code_of(result.path if result else order.path), "suggested_place": order.hint,
        "case": result.number if result else "", "outcome": str(result.outcome) if result else "",
        "answer": result.words if result else "", "returned": order.told_outcome,
        "returned_at": order.told_at,
    }  # fmt: skip


@router.get("/hotline/orders/", response=OrdersOut)
def list_orders(request: Request, asked: Query[OrdersIn]) -> dict[str, Any]:
    """Orders of the hotline at places where the caller deals with it."""
    choices.require_any(request.actor)
    path = places.path_of(asked.place) if asked.place else ""
    if path is None:
        raise Invalid({"place": [asked.place]})
    view = OrderView(one_of("view", asked.view, OrderView) or OrderView.ALL)
    wanted = OrdersWanted(view, path, asked.q.strip(), asked.sender)
    found = queries.list_orders(
        request.actor, wanted, timezone.now(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(found, items=_shown(request.actor, list(found.items)))


@router.get("/hotline/orders/{number}/", response=OrderOut)
def order(request: Request, number: str) -> dict[str, Any]:
    """One order by the hotline's number."""
    return _shown(request.actor, [queries.get_order(request.actor, number)])[0]


class PlaceIn(Schema):
    """`place` is the code of a village, a community, or of the town itself."""

    place: str


@router.post("/hotline/orders/{number}/place", response=OrderOut)
def place_order(request: Request, number: str, given: PlaceIn) -> dict[str, Any]:
    """Say where an order that waits belongs; its case is opened there."""
    found = queries.get_order(request.actor, number)
    waiting_orders.place_orders({found.pk: given.place}, actor=request.actor, now=timezone.now())
    return order(request, number)


@router.post("/hotline/orders/{number}/lead-away", response=OrderOut)
def lead_away(request: Request, number: str) -> dict[str, Any]:
    """An accusation of an official goes to the discipline inspection; nothing of it stays here."""
    found = queries.get_order(request.actor, number)
    waiting_orders.lead_away(found, actor=request.actor, now=timezone.now())
    return order(request, number)


class WordsIn(Schema):
    words: str


@router.post("/hotline/orders/{number}/again", response=OrderOut)
def ask_again(request: Request, number: str, given: WordsIn) -> dict[str, Any]:
    """Note that the hotline says it is not solved."""
    found = queries.get_order(request.actor, number)
    waiting_orders.ask_again(found, given.words, actor=request.actor, now=timezone.now())
    return order(request, number)


@router.post("/hotline/orders/{number}/looked", response=OrderOut)
def note_looked(request: Request, number: str) -> dict[str, Any]:
    """Note that somebody has read what came of an order after its end."""
    found = queries.get_order(request.actor, number)
    waiting_orders.looked_at(found, actor=request.actor, now=timezone.now())
    return order(request, number)
