"""Cron lines are written in Shanghai's time and queued in UTC."""

from __future__ import annotations

import pytest
from django.db import transaction

from linli.kernel.jobs import in_utc, job


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("17 3 * * *", "17 19 * * *"),
        ("0 8 * * *", "0 0 * * *"),
        ("*/10 * * * *", "*/10 * * * *"),
        ("0 7-9 * * *", "0 0,1,23 * * *"),
        ("0 6,18 * * *", "0 10,22 * * *"),
        ("0 */6 * * *", "0 4,10,16,22 * * *"),
        ("0 20/2 * * *", "0 12,14 * * *"),
        ("30 9 * * 1", "30 1 * * 1"),
        ("0 8 1 1,4,7,10 *", "0 0 1 1,4,7,10 *"),
        ("* * * * * */2", "* * * * * */2"),
    ],
)
def test_a_line_means_the_same_moment_in_utc(here: str, there: str) -> None:
    assert in_utc(here) == there


@pytest.mark.parametrize(
    "line",
    ["0 3 * * 1", "0 0 1 * *", "* * * * 1", "0 24 * * *", "0 3 * * * 5", "0 3 *", "0 x * * *"],
)
def test_what_would_be_another_day_is_refused_at_import(line: str) -> None:
    with pytest.raises(ValueError):
        in_utc(line)


@pytest.mark.django_db
def test_a_job_is_queued_as_the_queue_itself_does_it() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from linli.notify.tasks import deliver

    deliver.defer(delivery_ids=[7, 8])
    theirs = deliver.configure().defer(delivery_ids=[7, 8])

    known = ("task_name", "queue_name", "priority", "lock", "queueing_lock", "args", "status",
             "scheduled_at", "attempts")  # fmt: skip
    first, second = ProcrastinateJob.objects.filter(pk__gte=theirs - 1).values(*known)
    assert first == second
    assert first["args"] == {"delivery_ids": [7, 8]}


@pytest.mark.django_db
def test_a_job_with_a_queueing_lock_waits_once_only() -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    locked = job("kernel.test_once", queueing_lock="kernel.test_once")(lambda: None)
    locked.defer()

    with pytest.raises(AlreadyEnqueued), transaction.atomic():
        locked.defer()
