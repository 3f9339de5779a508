"""Columns of clocks give what each clock gives alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.rules.clocks import SHANGHAI, Span, Term, due, merged, still_days
from linli.cases.rules.mass import Pauses, due_days
from linli.cases.tests.rules.toy import GROUND
from linli.kernel.clock import Unit

MORNING = time(9)
days = st.integers(date(2026, 1, 2).toordinal(), date(2026, 12, 20).toordinal())
pauses = st.lists(st.tuples(days, st.integers(1, 30)), max_size=4)
clocks = st.lists(st.tuples(days, st.integers(1, 60), pauses), min_size=1, max_size=12)


def at(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), MORNING, SHANGHAI)


@settings(max_examples=200, deadline=None)
@given(clocks)
def test_columns_agree_with_single_clocks(
    given_clocks: list[tuple[int, int, list[tuple[int, int]]]],
) -> None:
    spans = [
        [Span(at(p), at(p + n)) for p, n in given_pauses] for _, _, given_pauses in given_clocks
    ]
    rows = [
        (i, first.toordinal(), end.toordinal())
        for i, of_clock in enumerate(spans)
        for first, end in still_days(merged(of_clock))
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)

    last, unsure = due_days(
        GROUND.calendar,
        np.array([start for start, _, _ in given_clocks]),
        np.array([amount for _, amount, _ in given_clocks]),
        Pauses(columns[:, 0], columns[:, 1], columns[:, 2]),
    )

    for i, (start, amount, _) in enumerate(given_clocks):
        found = due(GROUND, Term(amount, Unit.WORKING_DAYS), at(start), pauses=spans[i])
        assert found is not None
        wanted = (found.at - timedelta(seconds=1)).astimezone(SHANGHAI).date().toordinal()
        assert int(last[i]) == wanted
        assert bool(unsure[i]) == found.provisional
