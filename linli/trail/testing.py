"""Makers of entries for tests."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.trail import services
from linli.trail.models import Entry, Seal

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = make_actor("clerk", account_id=7)
SEALER = system_actor("trail.seal")


def make_entry(
    verb: str = "cases.accepted", *, actor: Actor = CLERK, place: str = VILLAGE, **details: Any
) -> int:
    """Record one act and return the id of its entry."""
    services.record(verb, on=("cases.case", 5), actor=actor, now=NOON, place=place, **details)
    return last_id()


def last_id() -> int:
    """Return the id of the entry recorded last by this connection."""
    return int(Entry.objects.order_by("-epoch", "-xid", "-id").values_list("id", flat=True)[0])


def seal(now: datetime = NOON, patience: float = 90) -> int:
    """Seal all that was recorded, and return how many rows.

    Transactions of other tests in the same cluster hold the sealer back; they end.
    """
    sealed, until = 0, time.monotonic() + patience
    while True:
        sealed += services.seal_once(actor=SEALER, now=now)
        left = Entry.objects.count() - Seal.objects.count()
        if left <= 0 or time.monotonic() > until:
            return sealed
        time.sleep(0.02)
