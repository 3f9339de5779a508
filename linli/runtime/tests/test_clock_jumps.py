"""The clock ran ahead and was set right: nothing waits for the wrong time, nothing happens twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from linli.runtime.models import LongJob
from linli.runtime.retention import ENTRIES
from linli.runtime.services import idempotency, long_jobs, numbers, running
from linli.runtime.services.idempotency import Answer, Claim
from linli.runtime.states import JobState
from linli.runtime.testing import make_long_job

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
AHEAD = NOON + timedelta(days=400)
KEYS = ENTRIES[0].going


@pytest.mark.django_db
def test_a_request_of_the_wrong_time_is_not_done_again_after_it() -> None:
    claimed = Claim("account 1", "k1", b"same")
    with transaction.atomic():
        assert idempotency.claim(claimed, now=AHEAD) is None
        idempotency.keep(claimed, Answer(200, {}, b"done"))

    with transaction.atomic():
        again = idempotency.claim(claimed, now=NOON)

    assert again is not None and again.body == b"done"
    assert KEYS.step(NOON + timedelta(days=8), 10) == 0, "kept too long is no harm, too short is"


@pytest.mark.django_db
@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.QUEUED])
def test_a_job_whose_worker_died_in_the_wrong_time_is_taken_up_at_once(state: JobState) -> None:
    job = make_long_job(now=NOON)
    LongJob.objects.update(state=state, heartbeat_at=AHEAD)

    assert long_jobs.requeue_stale(now=NOON) == [job.pk]
    assert long_jobs.requeue_stale(now=NOON) == []
    job.refresh_from_db()
    running.run_job(job.pk, job.attempt, clock=lambda: NOON)
    running.run_job(job.pk, 1, clock=lambda: NOON)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 3)


@pytest.mark.django_db
def test_a_sign_of_life_from_a_little_ahead_counts() -> None:
    job = make_long_job(now=NOON)
    LongJob.objects.update(state=JobState.RUNNING, heartbeat_at=NOON + timedelta(seconds=20))

    assert long_jobs.requeue_stale(now=NOON) == []

    LongJob.objects.update(heartbeat_at=NOON + timedelta(minutes=5))
    assert long_jobs.requeue_stale(now=NOON) == [job.pk]


@pytest.mark.django_db
def test_a_series_goes_on_in_its_year_and_gives_no_number_twice() -> None:
    with transaction.atomic():
        given = [
            numbers.next_number("SF", "", at.year, now=at)
            for at in (NOON, AHEAD, NOON, AHEAD, NOON)
        ]

    assert given == [
        "SF-2026-0001", "SF-2027-0001", "SF-2026-0002", "SF-2027-0002", "SF-2026-0003",
    ]  # fmt: skip
