"""Days are those of the city, with both ends in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db.models import Q

from linli.kernel.days import bounds, within

DAY = date(2026, 11, 24)
FIRST, AFTER = datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_a_day_begins_and_ends_at_midnight_here() -> None:
    assert bounds(DAY, DAY) == (FIRST, AFTER)
    assert bounds(DAY, date(2026, 11, 25))[1] == datetime(2026, 11, 25, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        (None, None, Q()),
        (DAY, None, Q(at__gte=FIRST)),
        (None, DAY, Q(at__lt=AFTER)),
        (DAY, DAY, Q(at__gte=FIRST) & Q(at__lt=AFTER)),
    ],
)
def test_a_bound_that_is_not_given_bounds_nothing(
    since: date | None, until: date | None, wanted: Q
) -> None:
    assert within("at", since, until) == wanted
