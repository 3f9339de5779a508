"""A payment system that is none, and that misbehaves on purpose, so that every fault can be tried.

Whoever has an order pays at once. By the last figure of the order's number: 2 the notice comes twice,
3 one yuan too little is paid, 4 it is paid twice, 5 the first answer with its notice is signed with a
wrong secret, 6 it is paid once the order was closed or has run out, 7 the notice cannot be read, 8 the first answer
to a refund gets lost, 9 refunds are refused, 0 nobody pays. It sends what is newest first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.timezone import localdate

from linli.exchange.models import Simulated
from linli.exchange.rules import signing
from linli.exchange.types.connections import NO_ANSWER, Call, Later, Reply, System
from linli.kernel.wholes import whole_number

TWICE, LITTLE, AGAIN, FORGED, LATE, UNREADABLE, LOST, REFUSES, NOBODY = "234567890"
ORDER, PAYMENT, REFUND, TRY = "pay_order", "payment", "refund", "try"
YUAN, ROWS = 100, 50


class PaymentsSimulator:
    """See the module."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def carry(self, call: Call) -> Reply:
        # its clock is ours; how far clocks may be apart is tried with the rule itself
        at = datetime.fromisoformat(call.heads[signing.TIME])
        if not signing.is_call_right(
            self._secret, call.method, call.path, heads=call.heads, body=call.body, now=at
        ):
            return self._reply(call, 401, {"error": "signature"})
        found = urlsplit(call.path)
        if call.method == "POST":
            return self._told(call, found.path, json.loads(call.body), at)
        if found.path == "/payments":
            return self._list(call, parse_qs(found.query).get("after", ["0"])[0], at)
        if found.path.startswith("/days/"):
            return self._day(call, found.path.removeprefix("/days/"))
        return self._reply(call, 404, {"error": "no_such_address"})

    def _told(self, call: Call, path: str, said: Mapping[str, Any], at: datetime) -> Reply:
        number, name = str(said["number"]), call.heads[signing.NAME]
        kind = {"/orders": ORDER, "/closings": TRY, "/refunds": REFUND}[path]
        again = _of(kind).filter(body__id=name).exists()
        habit = number[-1]
        if path == "/refunds" and habit == REFUSES:
            return self._reply(call, 409, {"error": "settled_with_bank"})
        if not again:
            _keep(kind, number, {**said, "id": name}, at)
            if path == "/orders":
                _pay(number, habit, int(said["amount_fen"]), at)
            elif path == "/closings" and habit == LATE:
                order = _of(ORDER).filter(key=number).get()
                pay(f"T{number}", number, int(order.body["amount_fen"]), at)
            elif path == "/refunds" and habit == LOST:
                raise Later(NO_ANSWER)
        return self._reply(call, 200, {"taken": True, "again": again})

    def _list(self, call: Call, after: str, at: datetime) -> Reply:
        since = whole_number(after) or 0
        rows = list(_of(PAYMENT).filter(pk__gt=since).order_by("pk")[: ROWS + 1])
        more, rows = len(rows) > ROWS, rows[:ROWS]
        mark = str(rows[-1].pk if rows else since)
        said = [one for row in reversed(rows) for one in _sent(row)]
        whole = self._reply(call, 200, {"payments": said, "mark": mark, "more": more})
        forged = [row for row in rows if str(row.body.get("order", ""))[-1:] == FORGED]
        if forged and not _of(TRY).filter(key=forged[0].key).exists():
            _keep(TRY, forged[0].key, {}, at)
            return Reply(200, {**whole.heads, signing.SIGN: "0" * 64}, whole.body)
        return whole

    def _day(self, call: Call, day: str) -> Reply:
        paid = [
            {"trade": row.key, "amount_fen": row.body["amount_fen"]}
            for row in _of(PAYMENT)
            if localdate(datetime.fromisoformat(row.body["paid_at"])).isoformat() == day
            and row.body["order"][-1:] != UNREADABLE
        ]
        back = [
            {"trade": row.body["trade"], "amount_fen": row.body["amount_fen"]}
            for row in _of(REFUND)
            if localdate(datetime.fromisoformat(row.body["at"])).isoformat() == day
        ]
        return self._reply(call, 200, {"day": day, "payments": paid, "refunds": back})

    def _reply(self, call: Call, status: int, said: Any) -> Reply:
        body = json.dumps(said, ensure_ascii=False).encode()
        name = call.heads.get(signing.NAME, "")
        sign = signing.sign_answer(self._secret, name=name, status=status, body=body)
        return Reply(status, {signing.SIGN: sign, "Content-Length": str(len(body))}, body)


def _of(kind: str) -> Any:
    return Simulated.objects.filter(system=System.PAYMENTS, kind=kind)


def _keep(kind: str, key: str, body: Mapping[str, Any], at: datetime) -> None:
    Simulated.objects.create(system=System.PAYMENTS, kind=kind, key=key, body=dict(body), at=at)


def _pay(number: str, habit: str, fen: int, at: datetime) -> None:
    if habit in (NOBODY, LATE):
        return
    pay(f"T{number}", number, max(fen - YUAN, 1) if habit == LITTLE else fen, at)
    if habit == AGAIN:
        pay(f"T{number}B", number, fen, at)


def _sent(row: Simulated) -> Iterable[Any]:
    """A row as it is sent: some come twice, some cannot be read."""
    habit = str(row.body.get("order", ""))[-1:]
    if habit == UNREADABLE:
        return [{**row.body, "amount_fen": "much"}]
    return [row.body] * (2 if habit == TWICE else 1)


def pay(trade: str, order: str, amount_fen: int, at: datetime) -> None:
    """Let somebody pay: the demo and the tests say who else does."""
    body = {"trade": trade, "order": order, "amount_fen": amount_fen, "paid_at": at.isoformat()}
    _keep(PAYMENT, trade, body, at)
