"""Two people add an overlapping value at the same moment: one is told."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from linli.kernel.errors import Refusal
from linli.rulebook import queries
from linli.rulebook.errors import Overlaps
from linli.rulebook.models import LocalValue
from linli.rulebook.testing import VILLAGE, make_local_value


@pytest.mark.django_db(transaction=True)
def test_of_two_values_at_once_one_is_kept_and_the_other_refused() -> None:
    started, outcomes = threading.Event(), []

    def second() -> None:
        started.set()
        try:
            make_local_value(value=20)
            outcomes.append(None)
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        make_local_value(value=15)
        other.start()
        started.wait(5)
        other.join(0.3)
        assert other.is_alive(), "the second waits for the first"
    other.join(10)

    (refusal,) = outcomes
    assert isinstance(refusal, Overlaps)
    assert [row.value for row in LocalValue.objects.all()] == [15]
    assert queries.lookup("village.notice", VILLAGE, date(2026, 11, 24)).number == 15


@pytest.mark.django_db(transaction=True)
def test_what_another_thread_has_not_committed_is_not_seen() -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(queries.lookup("village.notice", VILLAGE, date(2026, 11, 24)).number)
        connection.close()

    with transaction.atomic():
        make_local_value(value=15)
        mine = queries.lookup("village.notice", VILLAGE, date(2026, 11, 24)).number
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(10)

    assert (mine, seen) == (15, [10])
