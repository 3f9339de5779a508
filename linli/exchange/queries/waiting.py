"""Orders that wait for a person: what their list said, and the places that it may mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.cases.queries.suggesting import covered
from linli.exchange.models import HotlineOrder
from linli.exchange.queries.choices import places_below
from linli.exchange.types.orders import OrderRow
from linli.kernel.sealing import open_sealed

TABLE, COLUMN = "exchange_hotlineorder", "row"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An order that waits: its words without the caller's numbers, and the places to choose from."""

    order: HotlineOrder
    text: str
    address: str
    place: str
    options: Sequence[tuple[str, str]]


def row_of(order: HotlineOrder) -> OrderRow:
    """Return what the list said of an order that waits."""
    assert order.row is not None, "only an order that waits has its row"
    told = json.loads(open_sealed(bytes(order.row), table=TABLE, column=COLUMN, row=order.pk))
    for name in ("sent_at", "due_at"):
        told[name] = datetime.fromisoformat(told[name]) if told[name] else None
    return OrderRow(**told)


def waiting_rows(orders: Sequence[HotlineOrder]) -> list[WaitingRow]:
    """Return orders that wait as their page shows them; the caller's name and number stay sealed."""
    options = {path: places_below(path) for path in {order.path for order in orders}}
    rows = []
    for order in orders:
        said = row_of(order)
        text = covered(said.text, said.phone)
        rows.append(WaitingRow(order, text, said.address, said.place, options[order.path]))
    return rows
