"""Where a system gives no answer nobody waits for it again in the same moment, however long the try took."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.cases.testing import NOON
from linli.exchange import tasks
from linli.exchange.models import Connection
from linli.exchange.queries.connections import is_silent
from linli.exchange.rules import going_on
from linli.exchange.services import hall_applications, hall_changes, hall_lists, linking
from linli.exchange.services.linking import note_try, over
from linli.exchange.types.connections import NO_ANSWER, Later, System
from linli.kernel.permits import system_actor

pytestmark = pytest.mark.django_db
JOB = system_actor("test")


def test_a_try_is_noted_by_the_clock_after_it_so_that_a_slow_one_protects_as_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moments = iter([100.0, 130.5])
    monkeypatch.setattr(going_on, "monotonic", lambda: next(moments))
    monkeypatch.setattr(linking, "line_of", lambda system: object())

    def silent(_line: Any) -> None:
        raise Later(NO_ANSWER)

    assert over(System.HALL, silent, actor=JOB, now=NOON) is None

    assert Connection.objects.get().tried_at == NOON + timedelta(seconds=30)
    assert is_silent(System.HALL, NOON + timedelta(seconds=45))
    assert not is_silent(System.HALL, NOON + timedelta(seconds=51))


@pytest.mark.parametrize(("fault", "asked"), [(NO_ANSWER, 1), ("", 3)])
def test_the_hall_that_gave_no_answer_in_a_long_try_is_asked_nothing_more(
    monkeypatch: pytest.MonkeyPatch, fault: str, asked: int
) -> None:
    began, times = timezone.now() - timedelta(minutes=2), []

    def pulled(*, actor: Any, now: Any) -> int:
        times.append(now)
        note_try(System.HALL, fault=fault, actor=actor, now=began)
        return 0

    monkeypatch.setattr(tasks, "is_connected", lambda system: True)
    monkeypatch.setattr(hall_lists, "pull_items", pulled)
    monkeypatch.setattr(hall_applications, "pull_applications", pulled)
    monkeypatch.setattr(hall_changes, "pull_changes", pulled)

    tasks.ask_hall()

    assert len(times) == asked
