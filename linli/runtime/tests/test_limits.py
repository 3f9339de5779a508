"""Rate limits in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from linli.kernel import sql
from linli.kernel.errors import TooMany
from linli.runtime.models import RateLimit
from linli.runtime.retention import ENTRIES
from linli.runtime.services import limits
from linli.runtime.testing import Elsewhere
from linli.runtime.types import Rate

LIMITS = ENTRIES[1]
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TWO_A_MINUTE = Rate(2, timedelta(minutes=1))


@pytest.mark.django_db
def test_the_third_try_is_refused_with_the_seconds_to_wait() -> None:
    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON)
    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON)

    with pytest.raises(TooMany) as refused:
        limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON + timedelta(seconds=10))

    assert refused.value.details["retry_after"] == 20
    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON + timedelta(seconds=30))


@pytest.mark.django_db
def test_a_further_try_is_written_in_the_place_of_the_one_before() -> None:
    def written() -> tuple[int, int]:
        told = "pg_stat_get_xact_tuples_{}('runtime_ratelimit'::regclass)"
        both = ", ".join(told.format(one) for one in ("updated", "hot_updated"))
        return sql.tuples("t.written", f"SELECT {both}")[0]

    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON)
    before = written()

    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON + timedelta(seconds=40))

    assert written() == (before[0] + 1, before[1] + 1)


@pytest.mark.django_db
def test_subjects_and_buckets_do_not_share_a_limit() -> None:
    limits.take("sms", "13800000000", rate=Rate(1, timedelta(hours=1)), now=NOON)
    limits.take("sms", "13900000000", rate=Rate(1, timedelta(hours=1)), now=NOON)
    limits.take("mail", "13800000000", rate=Rate(1, timedelta(hours=1)), now=NOON)

    assert RateLimit.objects.count() == 3


@pytest.mark.django_db
def test_of_several_limits_the_first_that_is_used_up_refuses_and_those_after_it_are_not_counted() -> (
    None
):
    def tries(*, first: str = "a") -> list[limits.Try]:
        once = Rate(1, timedelta(hours=1))
        return [
            limits.Try("all", "all", Rate(3, timedelta(hours=1))),
            limits.Try("address", first, once), limits.Try("phone", "138", TWO_A_MINUTE),
        ]  # fmt: skip

    limits.take_all(tries(), now=NOON)
    before = dict(RateLimit.objects.values_list("bucket", "arrival"))

    with pytest.raises(TooMany) as refused:
        limits.take_all(tries(), now=NOON)

    assert refused.value.details == {"retry_after": 3600, "bucket": "address"}
    after = dict(RateLimit.objects.values_list("bucket", "arrival"))
    assert after["phone"] == before["phone"] and after["address"] == before["address"]
    assert after["all"] > before["all"]
    limits.take_all(tries(first="b"), now=NOON)
    assert RateLimit.objects.get(bucket="phone").arrival > before["phone"]


@pytest.mark.django_db
def test_a_clock_that_jumped_back_forgets_the_future() -> None:
    limits.take("sms", "1", rate=TWO_A_MINUTE, now=NOON + timedelta(days=3))

    limits.take("sms", "1", rate=TWO_A_MINUTE, now=NOON)

    assert RateLimit.objects.get().arrival == NOON + timedelta(seconds=30)


@pytest.mark.django_db
def test_the_table_holds_no_number_and_needs_no_log() -> None:
    limits.take("sms", "13800000000", rate=TWO_A_MINUTE, now=NOON)

    assert b"138" not in bytes(RateLimit.objects.get().subject)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'runtime_ratelimit'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db
def test_a_try_is_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        limits.take("sms", "1", rate=TWO_A_MINUTE, now=NOON)

    assert RateLimit.objects.get().arrival == NOON + timedelta(seconds=30)


@pytest.mark.django_db
def test_old_times_are_forgotten() -> None:
    limits.take("sms", "old", rate=TWO_A_MINUTE, now=NOON - timedelta(days=3))
    limits.take("sms", "new", rate=TWO_A_MINUTE, now=NOON)

    assert LIMITS.going.step(NOON, 10) == 1
    assert RateLimit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_pass_exactly_the_two_that_are_allowed() -> None:
    def attempt() -> bool:
        try:
            limits.take("sms", "flood", rate=TWO_A_MINUTE, now=NOON)
        except TooMany:
            return False
        return True

    outcomes = [thread.result() for thread in [Elsewhere(attempt) for _ in range(20)]]

    assert sum(outcomes) == 2


@pytest.mark.django_db(transaction=True)
def test_a_count_that_stands_alone_waits_for_no_disk_and_an_act_around_it_does() -> None:
    def waits() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('synchronous_commit')")
            return str(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    with transaction.atomic():
        limits.take("sms", "138", rate=TWO_A_MINUTE, now=NOON)
        assert waits() == "on"
    limits.take("sms", "138", rate=TWO_A_MINUTE, now=NOON)
    assert waits() == "on"
    with pytest.raises(TooMany):
        limits.take("sms", "138", rate=TWO_A_MINUTE, now=NOON)

    alone = f"{limits._taking(1, is_alone=True)}, current_setting('synchronous_commit')"
    given = {
        "now": NOON, "bucket0": "sms", "subject0": b"x" * 16, "interval0": TWO_A_MINUTE.interval,
        "tolerance0": TWO_A_MINUTE.tolerance,
    }  # fmt: skip
    assert sql.tuples("limits.look", alone, given)[0][-1] == "off"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "1 seconds"),
        (90, "90 seconds"),
        (91, "2 minutes"),
        (120, "2 minutes"),
        (3600, "60 minutes"),
    ],
)
def test_a_long_wait_is_told_in_minutes(seconds: int, told: str) -> None:
    with override("en"):
        assert told in str(TooMany(retry_after=seconds, bucket="x"))
