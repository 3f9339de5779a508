"""Numbers without gaps."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from linli.kernel.testing import VILLAGE
from linli.runtime.services import numbers
from linli.runtime.testing import Elsewhere

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def take(place: str = VILLAGE) -> str:
    with transaction.atomic():
        return numbers.next_number("SF", place, 2026, now=NOON)


@pytest.mark.django_db
def test_numbers_follow_one_another_by_place_and_year() -> None:
    assert [take(), take(), take("")] == ["SF-2026-0001", "SF-2026-0002", "SF-2026-0001"]
    assert numbers.next_number("SF", VILLAGE, 2027, now=NOON) == "SF-2027-0001"


@pytest.mark.django_db
def test_a_block_is_taken_with_one_statement(django_assert_num_queries) -> None:
    take()
    with django_assert_num_queries(1):
        block = numbers.next_numbers("SF", VILLAGE, 2026, now=NOON, count=3)

    assert block == ["SF-2026-0002", "SF-2026-0003", "SF-2026-0004"]
    assert take() == "SF-2026-0005"


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back() -> None:
    take()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        numbers.next_number("SF", VILLAGE, 2026, now=NOON)
        raise ZeroDivisionError

    assert take() == "SF-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_a_second_connection_waits_and_gets_the_number_that_was_given_back() -> None:
    with transaction.atomic():
        assert numbers.next_number("SF", VILLAGE, 2026, now=NOON) == "SF-2026-0001"
        other = Elsewhere(take)
        assert other.is_waiting()
        transaction.set_rollback(True)

    assert other.result() == "SF-2026-0001"
    assert take() == "SF-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_a_second_connection_waits_and_gets_the_next_number() -> None:
    with transaction.atomic():
        mine = numbers.next_number("SF", VILLAGE, 2026, now=NOON)
        other = Elsewhere(take)
        assert other.is_waiting()

    assert (mine, other.result()) == ("SF-2026-0001", "SF-2026-0002")


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_no_gap_and_no_twin() -> None:
    given = [thread.result() for thread in [Elsewhere(take) for _ in range(8)]]

    assert sorted(given) == [f"SF-2026-{n:04d}" for n in range(1, 9)]
