"""The requests to the payment system (docs/contracts/payments.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from linli.exchange.clients.wire import Line
from linli.exchange.rules import payments as rules
from linli.exchange.rules.hall import NoSense, batch_of
from linli.exchange.types.connections import NOT_OURS, Later
from linli.exchange.types.hall import Batch
from linli.exchange.types.payments import Act, PayDay

PATHS = {Act.ORDER: "/orders", Act.CLOSE: "/closings", Act.REFUND: "/refunds"}


def notices_after(line: Line, mark: str, *, now: datetime) -> Batch:
    """Return payments that were made behind a mark. Raises Later, Never."""
    said = line.ask(f"/payments?after={quote(mark, safe='')}", now=now)
    try:
        return batch_of(said, "payments")
    except NoSense as fault:
        raise Later(NOT_OURS) from fault


def push_act(line: Line, body: Mapping[str, Any], *, name: str, now: datetime) -> None:
    """Open or close an order, or give back; the same name twice is one message. Raises Later, Never."""
    told = {key: value for key, value in body.items() if key != "act"}
    said = line.ask(PATHS[Act(body["act"])], now=now, said=told, name=name)
    if not isinstance(said, Mapping) or said.get("taken") is not True:
        raise Later(NOT_OURS)


def day_at_payments(line: Line, on: date, *, now: datetime) -> PayDay:
    """Return what the payment system counts of a day. Raises Later, Never."""
    said = line.ask(f"/days/{on.isoformat()}", now=now)
    try:
        found = rules.read_day(said)
    except NoSense as fault:
        raise Later(NOT_OURS) from fault
    if found.on != on:
        raise Later(NOT_OURS)
    return found
