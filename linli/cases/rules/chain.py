"""The chain of a case's events: each hash covers its event and the hash before it.

`docs/formats/cases.md` says how another program checks an exported chain.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from linli.cases.types.shapes import Chained, Step
from linli.kernel.canonical import canonical
from linli.kernel.moments import moment

START = b"linli case 1\n"


def body(uuid: str, seq: int, step: Step) -> dict[str, Any]:
    """Return what the hash of an event covers."""
    return {
        "case": uuid,
        "seq": seq,
        "move": step.move,
        "at": moment(step.at),
        "state": step.state,
        "cycle": step.cycle,
        "by": step.hand.by,
        "account": step.hand.account_id,
        "post": step.hand.post_id,
        "for": step.hand.acting_for,
        "facts": step.facts,
        "public": None if step.public is None else step.public.hex(),
        "internal": None if step.internal is None else step.internal.hex(),
    }


def first_link(uuid: str) -> bytes:
    """Return what stands before the first event of a case."""
    return hashlib.sha256(START + uuid.encode()).digest()


def chain(uuid: str, seq: int, head: bytes, step: Step) -> Chained:
    """Return the step as the next event of a case whose last hash is `head`."""
    before = head or first_link(uuid)
    number = seq + 1
    made = hashlib.sha256(before + canonical(body(uuid, number, step))).digest()
    return Chained(step, number, made)


def faults(uuid: str, events: Iterable[Chained]) -> list[tuple[int, str]]:
    """Return (seq, fault) of each event that is missing, moved or changed; empty if none."""
    found: list[tuple[int, str]] = []
    before, wanted = b"", 1
    for event in events:
        if event.seq != wanted:
            found.append((wanted, "missing"))
        made = chain(uuid, event.seq - 1, before, event.step).hash
        if not hmac.compare_digest(made, event.hash):
            found.append((event.seq, "changed"))
        before, wanted = event.hash, event.seq + 1
    return found
