"""A service hall that is none, and that misbehaves on purpose, so that every fault can be tried.

By the last four signs of an application's number: 0001 it never takes states of, 0002 it is busy the
first two times, 0003 comes twice in one answer, 0004 it takes a state and its answer gets lost, 0005
half of its answer comes, 0006 its answer is not signed, 0007 what it sends cannot be read. Supplements
and withdrawals have the same habits. By the last four signs of a file: 0004 it cannot be had the first
time, 0005 only half of it is there, 0008 it is another one, 0009 it is gone. It sends what is newest
first. Marks are the last row of its own table.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone
from django.utils.timezone import localdate

from linli.exchange.models import Simulated
from linli.exchange.rules import signing
from linli.exchange.types.connections import NO_ANSWER, Call, Later, Reply, System
from linli.kernel.wholes import whole_number

REFUSES, BUSY, TWICE, LOST, HALF, UNSIGNED, UNREADABLE = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007",
)  # fmt: skip
BUSY_TRIES, ROWS = 2, 50
OTHER, GONE, PIECE = "0008", "0009", 64 * 1024
ITEM, APPLICATION, STATE, TRY = "item", "application", "state", "try"
CHANGE, ANSWER, FILE = "change", "answer", "file"
# what comes in a list may come twice, or not be readable
LISTED = (APPLICATION, CHANGE)


class HallSimulator:
    """See the module."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def carry(self, call: Call) -> Reply:
        # its clock is ours; how far clocks may be apart is tried with the rule itself
        right = signing.is_call_right(
            self._secret, call.method, call.path, heads=call.heads, body=call.body,
            now=datetime.fromisoformat(call.heads[signing.TIME]),
        )  # fmt: skip
        if not right:
            return self._reply(call, 401, {"error": "signature"})
        found = urlsplit(call.path)
        if call.method == "POST" and found.path in ("/states", "/answers"):
            of = (APPLICATION, STATE) if found.path == "/states" else (CHANGE, ANSWER)
            return self._told(call, *of)
        asked = parse_qs(found.query)
        after = asked.get("after", ["0"])[0]
        if found.path == "/items":
            return self._list(call, ITEM, "items", after)
        if found.path == "/applications":
            return self._list(call, APPLICATION, "applications", after)
        if found.path == "/changes":
            return self._list(call, CHANGE, "changes", after)
        if found.path.startswith("/files/"):
            return self._file(call, found.path.removeprefix("/files/"), asked.get("from", ["0"])[0])
        if found.path.startswith("/days/"):
            return self._day(call, found.path.removeprefix("/days/"))
        return self._reply(call, 404, {"error": "no_such_address"})

    def _list(self, call: Call, kind: str, key: str, after: str) -> Reply:
        since = whole_number(after) or 0
        found = _of(kind).filter(pk__gt=since).order_by("pk")
        rows = list(found[:ROWS])
        mark = str(rows[-1].pk if rows else since)
        said = [one for row in reversed(rows) for one in _sent(row)]
        more = found.count() > len(rows)
        return self._reply(call, 200, {key: said, "mark": mark, "more": more})

    def _file(self, call: Call, code: str, start: str) -> Reply:
        habit, kept = code[-4:], _of(FILE).filter(key=code).first()
        if kept is None or habit == GONE:
            return self._reply(call, 404, {"error": "no_such_file"})
        if habit == LOST and _tries(code) == 1:
            raise Later(NO_ANSWER)
        content, at = b64decode(kept.body["content"]), whole_number(start) or 0
        size = len(content)
        if habit == HALF:
            content = content[: size // 2]
        elif habit == OTHER:
            content = content[::-1]
        piece = b64encode(content[at : at + PIECE]).decode()
        return self._reply(call, 200, {"size": size, "content": piece})

    def _told(self, call: Call, about: str, kind: str) -> Reply:
        said = json.loads(call.body)
        number, name = str(said.get("number", "")), call.heads[signing.NAME]
        habit = number[-4:]
        if not _of(about).filter(key=number).exists():
            return self._reply(call, 404, {"error": "no_such_number"})
        if habit == REFUSES:
            return self._reply(call, 409, {"error": "closed_there"})
        if habit == BUSY and _tries(name) <= BUSY_TRIES:
            return self._reply(call, 503, {"error": "busy"})
        again = _of(kind).filter(key=number, body__id=name).exists()
        if not again:
            _keep(kind, number, {**said, "id": name})
        return self._spoilt(call, habit, {"taken": True, "again": again}, again=again)

    def _spoilt(self, call: Call, habit: str, said: Mapping[str, Any], *, again: bool) -> Reply:
        """The first answer about some numbers gets lost, comes half, or is not signed."""
        if not again and habit == LOST:
            raise Later(NO_ANSWER)
        whole = self._reply(call, 200, said)
        if not again and habit == HALF:
            return Reply(200, whole.heads, whole.body[: len(whole.body) // 2])
        if not again and habit == UNSIGNED:
            return Reply(200, {}, whole.body)
        return whole

    def _day(self, call: Call, day: str) -> Reply:
        rows = [row for row in _of(APPLICATION) if localdate(_sent_at(row)).isoformat() == day]
        told = {row.key: row.body.get("state", "") for row in _of(STATE).order_by("pk")}
        said = [{"number": row.key, "state": told.get(row.key, "")} for row in rows]
        return self._reply(
            call, 200, {"day": day, "applications": said, "changes": self._changes(day)}
        )

    def _changes(self, day: str) -> list[dict[str, str]]:
        answered = {row.key: row.body["result"] for row in _of(ANSWER).order_by("pk")}
        made = [row for row in _of(CHANGE) if localdate(_sent_at(row)).isoformat() == day]
        return [
            {"number": row.key, "state": answered.get(row.key, "")}
            for row in made
            if row.key[-4:] != UNREADABLE
        ]

    def _reply(self, call: Call, status: int, said: Any) -> Reply:
        body = json.dumps(said, ensure_ascii=False).encode()
        name = call.heads.get(signing.NAME, "")
        sign = signing.sign_answer(self._secret, name=name, status=status, body=body)
        return Reply(status, {signing.SIGN: sign, "Content-Length": str(len(body))}, body)


def _of(kind: str) -> Any:
    return Simulated.objects.filter(system=System.HALL, kind=kind)


def _keep(kind: str, key: str, body: Mapping[str, Any]) -> None:
    Simulated.objects.create(
        system=System.HALL, kind=kind, key=key, body=dict(body), at=timezone.now()
    )


def _tries(name: str) -> int:
    _keep(TRY, name, {})
    return int(_of(TRY).filter(key=name).count())


def _sent_at(row: Simulated) -> datetime:
    at = row.body.get("sent_at") or row.body.get("at")
    return datetime.fromisoformat(at) if isinstance(at, str) else row.at


def _sent(row: Simulated) -> Iterable[Any]:
    """A row as it is sent: some come twice, some cannot be read."""
    habit = row.key[-4:]
    if row.kind in LISTED and habit == UNREADABLE:
        return [{"number": row.key, "item_code": 7}]
    return [row.body] * (2 if row.kind in LISTED and habit == TWICE else 1)


def put_file(code: str, content: bytes, at: datetime) -> str:
    """Let the hall have a file of a supplement; return its digest."""
    body = {"content": b64encode(content).decode()}
    Simulated.objects.create(system=System.HALL, kind=FILE, key=code, body=body, at=at)
    return sha256(content).hexdigest()


def put(kind: str, rows: Iterable[Mapping[str, Any]], at: datetime) -> None:
    """Let the hall have items or applications: the demo and the tests say which."""
    named = "code" if kind == ITEM else "number"
    Simulated.objects.bulk_create(
        Simulated(system=System.HALL, kind=kind, key=str(row[named]), body=dict(row), at=at)
        for row in rows
    )
