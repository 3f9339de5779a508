"""Whose turn it is: what one run tries in part, the runs of some days try in whole.

The day of the run decides, and it is printed above the tests; LINLI_TEST_DAY=2026-11-29 repeats the
choice of a day. All workers of a run share one day, whenever they begin.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zlib import crc32

SETTING = "LINLI_TEST_DAY"


def day_of_run() -> date:
    """Return the day whose turn it is: the one that was set, else today, kept for the workers."""
    said = os.environ.setdefault(SETTING, datetime.now(UTC).date().isoformat())
    return date.fromisoformat(said)


TURN = day_of_run().toordinal()


def in_turn(what: str, turns: int, turn: int = TURN) -> bool:
    """Say whether something is tried this time: once in as many days as there are turns."""
    return (crc32(what.encode()) + turn) % turns == 0


def side(what: str, turn: int = TURN) -> tuple[int, int]:
    """Return two choices of two for something; in four days in a row each pair comes once."""
    chosen = (crc32(what.encode()) + turn) % 4
    return chosen % 2, chosen // 2
