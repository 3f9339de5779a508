"""A seal service that is none, and that misbehaves on purpose, so that every fault can be tried.

By the last figure of the asking's number: 2 it decides at the third look, 3 it says it sealed another
digest, 4 it does not take the asking, 5 its first answer is signed with a wrong secret, 6 the answer
cannot be read, 7 it sends another paper, 8 it takes the asking and refuses then, 9 it sends a picture,
0 half an answer. All others are sealed at once. Its seal is a line of text in the file, no picture.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from linli.documents.types import Sealing
from linli.exchange.clients.seals_authority import authority
from linli.exchange.models import Simulated
from linli.exchange.rules import signing
from linli.exchange.types.connections import Call, Reply, System

LATE, DIGEST, NOT_TAKEN, FORGED, UNREADABLE, OTHER, REFUSES, PICTURE, HALF = "234567890"
ORDER, LOOK, END = "seal_order", "seal_look", "seal_end"
LOOKS = 3
CERTIFICATE = "SIM-4419-0001"
OFFICE = "示范电子印章（模拟）"
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


class SealsSimulator:
    """See the module."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def carry(self, call: Call) -> Reply:
        at = datetime.fromisoformat(call.heads[signing.TIME])
        if not signing.is_call_right(
            self._secret, call.method, call.path, heads=call.heads, body=call.body, now=at
        ):
            return self._reply(call, 401, {"error": "signature"})
        if call.method == "POST":
            return self._told(call, json.loads(call.body), at)
        number = call.path.removeprefix("/seals/")
        order = _of(ORDER).filter(key=number).first()
        if order is None:
            return self._reply(call, 404, {"error": "unknown_number"})
        _keep(LOOK, number, {}, at)
        return self._answer(call, number, order.body)

    def _told(self, call: Call, said: Mapping[str, Any], at: datetime) -> Reply:
        number, name = str(said["number"]), call.heads[signing.NAME]
        kind = {"/seals": ORDER, "/endings": END}[call.path]
        if kind == ORDER and number[-1] == NOT_TAKEN:
            return self._reply(call, 409, {"error": "office_unknown"})
        again = _of(kind).filter(body__id=name).exists()
        if not again:
            _keep(kind, number, {**said, "id": name}, at)
        return self._reply(call, 200, {"taken": True, "again": again})

    def _answer(self, call: Call, number: str, order: Mapping[str, Any]) -> Reply:
        habit, looks = number[-1], _of(LOOK).filter(key=number).count()
        if habit == LATE and looks < LOOKS:
            return self._reply(call, 200, {"number": number, "state": "waiting"})
        if habit == REFUSES:
            said = {"number": number, "state": "refused", "word": "seal_expired"}
            return self._reply(call, 200, said)
        whole = self._reply(call, 200, _sealed(number, habit, order))
        if habit == HALF:
            return Reply(200, whole.heads, whole.body[:40])
        if habit == FORGED and looks == 1:
            return Reply(200, {**whole.heads, signing.SIGN: "0" * 64}, whole.body)
        return whole

    def _reply(self, call: Call, status: int, said: Any) -> Reply:
        body = json.dumps(said, ensure_ascii=False).encode()
        name = call.heads.get(signing.NAME, "")
        sign = signing.sign_answer(self._secret, name=name, status=status, body=body)
        return Reply(status, {signing.SIGN: sign, "Content-Length": str(len(body))}, body)


def _sealed(number: str, habit: str, order: Mapping[str, Any]) -> dict[str, Any]:
    issued = b64decode(order["pdf"])
    pdf = sealed_file(issued, number)
    if habit == OTHER:
        pdf = pdf.replace(b"%PDF-1.", b"%PDF-2.", 1)
    elif habit == PICTURE:
        pdf = b"\x89PNG\r\n\x1a\n" + issued
    digest = sha256(b"another paper").hexdigest() if habit == DIGEST else order["sha256"]
    at = datetime.fromisoformat(order["at"])
    by = authority(OFFICE, at)
    sealing = Sealing(number, digest, sha256(pdf).hexdigest(), at, "")
    return {
        "number": number, "state": "sealed", "sha256": digest, "seal": OFFICE,
        "certificate": [] if habit == UNREADABLE else CERTIFICATE,
        "signature": by.sign(sealing.text), "sealed_at": order["at"],
        "pdf": b64encode(pdf).decode(), "chain": by.chain,
    }  # fmt: skip


def sealed_file(issued: bytes, number: str) -> bytes:
    """Return a file with a line behind it that says it was sealed; it can be opened as before."""
    found = _START.findall(issued)
    start = found[-1] if found else b"0"
    return issued + b"\n%% sealed as " + number.encode() + b"\nstartxref\n" + start + b"\n%%EOF\n"


def _of(kind: str) -> Any:
    return Simulated.objects.filter(system=System.SEALS, kind=kind)


def _keep(kind: str, key: str, body: Mapping[str, Any], at: datetime) -> None:
    Simulated.objects.create(system=System.SEALS, kind=kind, key=key, body=dict(body), at=at)
