"""The trail is sealed in the order in which it was written, whatever the clock said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linli.kernel.permits import system_actor
from linli.trail.models import Entry, Seal
from linli.trail.queries import chain
from linli.trail.services import record
from linli.trail.testing import seal

SYSTEM = system_actor("trail.seal")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_entries_of_a_clock_that_jumped_back_are_sealed_and_hold() -> None:
    for hours in (0, 9000, -5, 1):
        now = NOON + timedelta(hours=hours)
        record("test.done", on=("thing", str(hours)), actor=SYSTEM, now=now)
        seal(now)
    seal(NOON)

    kept = list(Entry.objects.filter(verb="test.done").order_by("epoch", "xid", "id"))
    assert [entry.key for entry in kept] == ["0", "9000", "-5", "1"]
    assert Seal.objects.exists()
    report = chain.verify({}, progress=lambda number: None)
    assert report.is_intact, [problem.text for problem in report.problems]
    assert report.sealed >= 4
