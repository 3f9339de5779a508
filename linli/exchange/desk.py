"""What the hotline brings to the desk: orders that wait for their place; and what is stuck on connections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.cases.queries.ground import last_day
from linli.exchange import permits
from linli.exchange.queries import connections, payments, waiting_long
from linli.exchange.queries import orders as queries
from linli.exchange.queries.orders import OrdersWanted, OrderView
from linli.exchange.rules.orders import SHANGHAI
from linli.exchange.types.connection_tabs import TABS
from linli.exchange.types.connection_titles import PAY_DOUBT
from linli.exchange.types.orders import Fate
from linli.exchange.types.titles import FATE
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.ui.formats import money


def waiting(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Orders that wait for a person, those due first."""
    now = datetime.combine(on, time(12), SHANGHAI)
    wanted = OrdersWanted(OrderView.WAITING)
    found = queries.list_orders(actor, wanted, now, cursor=None, limit=limit).items if limit else ()
    return [
        DeskItem(
            str(FATE[Fate(order.fate)]), reverse("exchange:waiting"),
            last_day(order.due_at) if order.due_at else None,
            _("Order of the hotline"), _("Choose its place"), order.number,
        )
        for order in found
    ]  # fmt: skip


def count_waiting(actor: Actor, on: date) -> int | None:
    """Return how many orders wait, up to the limit of counts."""
    now = datetime.combine(on, time(12), SHANGHAI)
    return queries.count_orders(actor, OrdersWanted(OrderView.WAITING), now) or None


def count_stuck(actor: Actor, on: date) -> int | None:
    """Return how many letters, payments, and applications of the hall with their steps wait for a person."""
    return connections.count_waiting(actor) or None


def stuck(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Applications of the hall that wait for a person, by the day on which an answer is due; then payments."""
    page = _page_of("sent_in")
    sent_in = [
        DeskItem(
            one.number, reverse(page),
            last_day(waiting_long.answer_until(one)),
            _("Application of the hall"), _("Take in or return"), one.number,
        )
        for one in waiting_long.waiting_for_person(actor, limit)
    ]  # fmt: skip
    return [*sent_in, *_payments(actor, max(0, limit - len(sent_in)))]


def _payments(actor: Actor, limit: int) -> list[DeskItem]:
    """Return payments that came in and fit nothing: whoever paid waits for the money."""
    page = f"{reverse(_page_of('payments'))}?view=look&q="
    return [
        DeskItem(
            f"{money(one.amount_fen)} · {PAY_DOUBT.get(one.fault, '')}", page + quote(one.order_number), None,
            _("Payment that does not fit"), _("Decide on the payment"), one.order_number,
        )
        for one in payments.notices_to_decide(actor, limit)
    ]  # fmt: skip


def _page_of(tab: str) -> str:
    """Return the name of a page about connections that an app above brings."""
    found = TABS.get(tab)
    return found.url_name if found is not None else "exchange:connections"


def register() -> None:
    """Add the desk's entries. Called at start."""
    DESK.add(
        DeskEntry(
            "exchange.hotline", _("Hotline 12345"), "phone", "exchange:orders",
            (permits.HOTLINE,), order=32, items=waiting, count=count_waiting, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "exchange.connections", _("Connections"), "link", "exchange:connections",
            (permits.CONNECT,), order=740, items=stuck, count=count_stuck, group="manage",
        )
    )  # fmt: skip
