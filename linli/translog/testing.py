"""Makers of entries for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from linli.kernel.permits import system_actor
from linli.translog import services
from linli.translog.types import SignedHead

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
JOB = system_actor("translog")


def make_entries(count: int = 1, kind: str = "notice", first: int = 0) -> list[int]:
    """Enter public contents and return the numbers of their entries."""
    contents = [{"notice": n, "title": "公示"} for n in range(first, first + count)]
    return services.append_many(kind, contents, actor=JOB, now=NOON)


def make_head(count: int = 5) -> SignedHead:
    """Enter some contents and sign the tree."""
    make_entries(count)
    head = services.sign_head(actor=JOB, now=NOON)
    assert head is not None
    return head
