"""Queues of jobs, and how many of each run at the same time: what hangs in one holds no other up (docs/adr/0022)."""

from __future__ import annotations

from collections.abc import Sequence

# the trail's seals; messages that cannot wait, codes to sign in among them; all other messages, which
# may be many; clocks and all that acts cause; what asks systems outside, most of it waiting; what goes
# through whole tables at night; long jobs
TRAIL, URGENT, MESSAGES, DEFAULT, OUTSIDE, NIGHT, LONG = (
    "trail", "urgent", "messages", "default", "outside", "night", "long",
)  # fmt: skip
LANES = {TRAIL: 1, URGENT: 2, MESSAGES: 2, DEFAULT: 2, OUTSIDE: 4, NIGHT: 1, LONG: 2}
# long jobs work all the time: a process of their own
SHORT = (TRAIL, URGENT, MESSAGES, DEFAULT, OUTSIDE, NIGHT)


def chosen(names: Sequence[str], at_once: int = 0) -> dict[str, int]:
    """Return the lanes of some queues, all without any; `at_once` in place of each one's own number.

    Whoever takes messages takes those that cannot wait as well: no code waits for ever in a queue that nobody named.
    """
    wanted = {*names, URGENT} if MESSAGES in names else {*names}
    return {n: at_once or number for n, number in LANES.items() if not wanted or n in wanted}
