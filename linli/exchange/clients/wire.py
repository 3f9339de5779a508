"""One request over a connection: signed, sent, its answer checked before anything in it is believed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from linli.exchange.rules import signing
from linli.exchange.types.connections import (
    BUSY,
    HALF,
    NOT_JSON,
    NOT_OURS,
    NOT_SIGNED,
    SAYS,
    TOO_LARGE,
    Call,
    Later,
    Never,
    Reply,
    Transport,
)
from linli.kernel.wholes import whole_number

MOST_BYTES = 4 * 1024 * 1024
JSON_TYPE = "application/json; charset=utf-8"
TRY_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})


@dataclass(frozen=True, slots=True)
class Line:
    """A connection that is set: how it is carried, and the secret that both sides hold."""

    transport: Transport
    secret: str
    is_simulated: bool = False

    def ask(self, path: str, *, now: datetime, said: Any = None, name: str = "") -> Any:
        """Return what the other side says. Raises Later, or Never with the other side's word.

        With `said` it is a POST; `name` is the same for each try of the same thing.
        """
        name = name or str(uuid4())
        method = "GET" if said is None else "POST"
        body = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
        heads = signing.heads_of(self.secret, method, path, at=now, name=name, body=body)
        if body:
            heads["Content-Type"] = JSON_TYPE
        reply = self.transport.carry(Call(method, path, heads, body))
        return self._read(reply, name)

    def _read(self, reply: Reply, name: str) -> Any:
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status in TRY_LATER:
            raise Later(BUSY)
        if len(reply.body) > MOST_BYTES:
            raise Later(TOO_LARGE)
        whole = whole_number(reply.heads.get("Content-Length", ""))
        if whole is not None and whole != len(reply.body):
            raise Later(HALF)
        sign = reply.heads.get(signing.SIGN, "")
        if not signing.is_answer_right(
            self.secret, sign, name=name, status=reply.status, body=reply.body
        ):
            raise Later(NOT_SIGNED)
        said = _json(reply.body)
        if reply.status >= HTTPStatus.BAD_REQUEST:
            raise Never(SAYS + _word(said))
        if reply.status != HTTPStatus.OK:
            # an address that leads elsewhere is never followed
            raise Later(NOT_OURS)
        return said


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Later(NOT_JSON) from None


def _word(said: Any) -> str:
    word = said.get("error") if isinstance(said, dict) else None
    return (
        "".join(sign for sign in word[:40] if sign.isprintable()) if isinstance(word, str) else "?"
    )
