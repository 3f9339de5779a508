"""Bench `duedate`: due days over twenty years with pauses against one bisect a date."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import numpy as np

from linli.bench.measure import Result, judge, machine, paired, timed
from linli.cases.rules.mass import Pauses, due_days
from linli.kernel.clock import WorkCalendar
from linli.rulebook import queries as rulebook

SAMPLES, SEED = 10_000, 20261124
FIRST, LAST = date(2006, 1, 1).toordinal(), date(2026, 6, 30).toordinal()

Clock = tuple[int, int, list[tuple[int, int]]]


def run(say: Callable[[str], None]) -> Result:
    """Ours: `due_days` on columns, as a new calendar is counted through; baseline: one bisect in a list of days for each date."""
    say(f"{SAMPLES:,} clocks of 2006 to 2026 with pauses, checked day by day …")
    calendar = rulebook.calendar()
    clocks = _clocks(random.Random(SEED))
    starts = np.array([start for start, _, _ in clocks])
    amounts = np.array([amount for _, amount, _ in clocks])
    pauses = _columns(clocks)
    last, _ = due_days(calendar, starts, amounts, pauses)
    walked = [_walked(calendar, clock) for clock in clocks]
    assert last.tolist() == walked, "due days differ from the walk"
    works = [n for n in range(FIRST - 9, LAST + 999) if calendar.is_work(date.fromordinal(n))]
    plain = [(start, amount) for start, amount, _ in clocks]
    ours, baseline = paired(
        lambda: SAMPLES / timed(lambda: due_days(calendar, starts, amounts, pauses)),
        lambda: SAMPLES / timed(lambda: [works[bisect_right(works, s) + n - 1] for s, n in plain]),
    )
    part = judge("dates/s against one bisect each", ours, baseline, target=0.2, bound="at least",
                 unit="1/s")  # fmt: skip
    paused = sum(bool(spans) for _, _, spans in clocks)
    work = f"{SAMPLES:,} clocks in working days over 20 years, {paused:,} of them with pauses, in columns"
    return Result("duedate", work, (part,), machine())


def _clocks(random_: random.Random) -> list[Clock]:
    return [
        (random_.randint(FIRST, LAST), random_.randint(1, 60), [])
        if number % 2
        else _paused(random_)
        for number in range(SAMPLES)
    ]


def _paused(random_: random.Random) -> Clock:
    """A clock with one to three pauses that do not touch."""
    start, amount = random_.randint(FIRST, LAST), random_.randint(1, 60)
    edges = sorted(random_.sample(range(start, start + 90), 2 * random_.randint(1, 3)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return start, amount, [pair for pair, after in pairwise([*spans, (10**7, 0)])
                           if pair[1] < after[0]]  # fmt: skip


def _columns(clocks: list[Clock]) -> Pauses:
    rows = [(n, a, b) for n, (_, _, spans) in enumerate(clocks) for a, b in spans]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Pauses(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())


def _walked(calendar: WorkCalendar, clock: Clock) -> int:
    """Walk day by day: a day counts if people work on it and the clock was not standing still."""
    start, left, spans = clock
    day = start
    while left:
        day += 1
        still = any(first <= day < end for first, end in spans)
        left -= calendar.is_work(date.fromordinal(day)) and not still
    return day
