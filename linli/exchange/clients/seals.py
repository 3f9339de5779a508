"""The requests to the seal service (docs/contracts/seals.md)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from linli.documents.services import file_to_seal
from linli.documents.types import SealAct, Sealed
from linli.exchange.clients.wire import Line
from linli.exchange.rules.hall import NoSense
from linli.exchange.rules.seals import read_seal
from linli.exchange.types.connections import NOT_OURS, Later, Never
from linli.exchange.types.seals import Refused, Waiting
from linli.kernel.errors import NotFound
from linli.kernel.permits import system_actor

PATHS = {SealAct.ASK: "/seals", SealAct.END: "/endings"}
LINKS = system_actor("exchange.links")
FILE_GONE = "file_gone"


def push_seal(line: Line, body: Mapping[str, Any], *, name: str, now: datetime) -> None:
    """Ask for a seal, or end one; the same name twice is one message. Raises Later, Never.

    The file goes along when it is sent: a letter that waits holds its digest alone.
    """
    act = SealAct(body["act"])
    told = {key: value for key, value in body.items() if key != "act"}
    if act is SealAct.ASK:
        told["pdf"] = _file(str(body["number"]), now)
    said = line.ask(PATHS[act], now=now, said=told, name=name)
    if not isinstance(said, Mapping) or said.get("taken") is not True:
        raise Later(NOT_OURS)


def _file(number: str, now: datetime) -> str:
    try:
        return b64encode(file_to_seal(number, actor=LINKS, now=now)).decode()
    except NotFound:
        raise Never(FILE_GONE) from None


def ask_seal(line: Line, number: str, *, now: datetime) -> Sealed | Refused | Waiting:
    """Return what became of an asking. Raises Later, Never."""
    said = line.ask(f"/seals/{quote(number, safe='')}", now=now)
    try:
        return read_seal(said, number)
    except NoSense as fault:
        raise Later(NOT_OURS) from fault
