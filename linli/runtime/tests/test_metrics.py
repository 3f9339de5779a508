"""What /metrics tells of the queue."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.runtime.queries import queue
from linli.runtime.tasks import requeue_stale


@pytest.mark.django_db
def test_waiting_jobs_and_the_age_of_the_oldest_are_told() -> None:
    assert queue.waiting_jobs() == []
    requeue_stale.defer(timestamp=0)

    ((name, count, age),) = queue.waiting_jobs()
    told = Client().get("/metrics").content.decode()

    assert (name, count) == ("default", 1)
    assert 0 <= age < 60
    assert 'linli_jobs_waiting{queue="default"} 1.0' in told
    assert 'linli_jobs_oldest_waiting_seconds{queue="default"}' in told
