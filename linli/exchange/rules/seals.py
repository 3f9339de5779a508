"""What the seal service says of a paper, read with every doubt."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from linli.documents.types import Sealed
from linli.exchange.rules.hall import NoSense, moment_of, text_of
from linli.exchange.types.seals import Refused, Waiting

NAME, SERIAL, SIGNATURE, WORD, DIGEST = 200, 80, 20_000, 40, 64
# certificates from the seal's own to its root, and the bytes of one
LINKS, LINK = 6, 8 * 1024


def read_seal(said: Any, number: str) -> Sealed | Refused | Waiting:
    """Return what became of an asking. Raises NoSense, also for what is said of another number."""
    if not isinstance(said, Mapping) or said.get("number") != number:
        raise NoSense("number")
    match said.get("state"):
        case "waiting":
            return Waiting()
        case "refused":
            return Refused(text_of(said, "word", WORD, needed=True))
        case "sealed":
            return _sealed(said, number)
    raise NoSense("state")


def _sealed(said: Mapping[str, Any], number: str) -> Sealed:
    return Sealed(
        number=number,
        sha256=text_of(said, "sha256", DIGEST, needed=True).lower(),
        seal=text_of(said, "seal", NAME, needed=True),
        certificate=text_of(said, "certificate", SERIAL, needed=True),
        signature=text_of(said, "signature", SIGNATURE, needed=True),
        sealed_at=moment_of(said.get("sealed_at")),
        pdf=_bytes(said.get("pdf"), "pdf"),
        chain=_chain(said.get("chain", [])),
    )


def _chain(said: Any) -> tuple[bytes, ...]:
    if not isinstance(said, list) or len(said) > LINKS:
        raise NoSense("chain")
    found = tuple(_bytes(one, "chain") for one in said)
    if any(len(one) > LINK for one in found):
        raise NoSense("chain")
    return found


def _bytes(said: Any, name: str) -> bytes:
    if not isinstance(said, str) or not said:
        raise NoSense(name)
    try:
        return b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        raise NoSense(name) from None
