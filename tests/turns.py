"""Whose turn it is: what one run tries in part, the runs of some days try in whole.

A day decides, and it is printed above the tests. A plain run always takes the same one, so that it
fails for what was changed and not for the date; LINLI_TEST_DAY=2026-11-30 tries that day's choice.
`make turns` tries everything: pages have had all in four days in a row, addresses in twelve.
"""

from __future__ import annotations

import os
from datetime import date
from zlib import crc32

SETTING, PLAIN = "LINLI_TEST_DAY", "2026-11-29"


def day_of_run() -> date:
    """Return the day whose turn it is: the one that was set, else that of every plain run."""
    return date.fromisoformat(os.environ.get(SETTING) or PLAIN)


TURN = day_of_run().toordinal()


def in_turn(what: str, turns: int, turn: int = TURN) -> bool:
    """Say whether something is tried this time: once in as many days as there are turns."""
    return (crc32(what.encode()) + turn) % turns == 0


def side(what: str, turn: int = TURN) -> tuple[int, int]:
    """Return two choices of two for something; in four days in a row each pair comes once."""
    chosen = (crc32(what.encode()) + turn) % 4
    return chosen % 2, chosen // 2
