"""Where a system gives no answer nobody waits for it again in the same moment, however long the try took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from linli.cases.testing import NOON
from linli.exchange import tasks
from linli.exchange.models import Connection
from linli.exchange.queries.connections import is_silent
from linli.exchange.rules import going_on
from linli.exchange.services import (
    hall_applications,
    hall_changes,
    hall_lists,
    letters,
    linking,
    seals,
)
from linli.exchange.services.linking import note_try, over
from linli.exchange.types.connections import NO_ANSWER, Later, Never, System
from linli.kernel.paths import CITY_PATH
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


@pytest.fixture
def slow_then_quick(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What answers "later": the first time after a minute, then after a second each."""
    passed, waits = [0.0], iter([60.0, 1.0])
    monkeypatch.setattr(going_on, "monotonic", lambda: passed[0])

    def asked(*_given: Any, **_named: Any) -> None:
        passed[0] += next(waits)
        raise Later("status_503")

    return asked


def test_a_slow_letter_before_a_quick_one_leaves_no_earlier_moment(
    monkeypatch: pytest.MonkeyPatch, slow_then_quick: Callable[..., None]
) -> None:
    monkeypatch.setattr(letters, "line_of", lambda system: object())
    monkeypatch.setitem(letters.SENDERS, System.HALL, slow_then_quick)
    with transaction.atomic():
        for ref in ("A", "B"):
            letters.queue_letter(
                letters.Matter(System.HALL, ref, 1, CITY_PATH), "step", {}, actor=JOB, now=NOON
            )

    assert letters.send_due(System.HALL, actor=JOB, now=NOON) == 0

    assert Connection.objects.get().tried_at == NOON + timedelta(seconds=61)


def test_a_slow_answer_about_a_seal_before_a_quick_one_leaves_no_earlier_moment(
    monkeypatch: pytest.MonkeyPatch, slow_then_quick: Callable[..., None]
) -> None:
    def asked(*_given: Any, **_named: Any) -> None:
        try:
            slow_then_quick()
        except Later as fault:
            raise Never("unknown") from fault

    monkeypatch.setattr(seals, "line_of", lambda system: object())
    monkeypatch.setattr(seals, "seals_looked_for", lambda now: ["A", "B"])
    monkeypatch.setattr(seals, "matters_stuck", lambda *given: {})
    monkeypatch.setattr(seals, "matters_told", lambda *given: {"A", "B"})
    monkeypatch.setattr(seals.papers, "note_no_seal", lambda *given, **named: None)
    monkeypatch.setattr(seals.client, "ask_seal", asked)

    assert seals.look_for_seals(actor=JOB, now=NOON) == 0

    assert Connection.objects.get().tried_at == NOON + timedelta(seconds=61)
