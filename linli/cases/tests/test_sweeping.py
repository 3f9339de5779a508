"""Clocks ring once: warned, overdue, escalated; twice at once and after a restart too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from linli.cases.engine.stepping import as_step
from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.models.writing import Written
from linli.cases.services import sweeping
from linli.cases.services.sweeping import Swept, sweep
from linli.cases.testing import NOON, clerk_of, faults, make_case, make_report, move, read_words
from linli.cases.types.filing import Contact
from linli.cases.types.moves import Held
from linli.kernel.permits import system_actor

JOB = system_actor("cases.sweep")
CLERK = clerk_of()


@pytest.mark.django_db
def test_a_clock_warns_then_rings_and_then_is_quiet() -> None:
    case_id = make_case().held.id
    read_words(case_id)
    move(case_id, "accept", CLERK)

    # Monday 10 August + 5 working days ends on the 17th; four fifths of it on the 14th
    assert sweep(actor=JOB, now=NOON + timedelta(days=3)) == Swept()
    assert sweep(actor=JOB, now=NOON + timedelta(days=5)) == Swept(warned=1)
    assert sweep(actor=JOB, now=NOON + timedelta(days=6)) == Swept()
    assert sweep(actor=JOB, now=NOON + timedelta(days=8)) == Swept(overdue=1)
    assert sweep(actor=JOB, now=NOON + timedelta(days=9)) == Swept()

    rings = CaseEvent.objects.filter(move="ring").order_by("seq")
    assert list(rings.values_list("facts__overdue", flat=True)) == [[], ["solve"]]
    assert faults() == []


@pytest.mark.django_db
def test_a_reporter_who_does_not_answer_lets_the_case_lapse() -> None:
    told = Contact(phone="13800001234")
    case_id = make_report(contact=told, by_sms=True).case_id
    read_words(case_id)
    move(case_id, "accept", CLERK)
    move(case_id, "ask_back", CLERK, public={"text": "Which lamp?"})

    assert sweep(actor=JOB, now=NOON + timedelta(days=16)).escalated == 1

    assert Case.objects.get().state == "lapsed"
    assert not CaseClock.objects.filter(state__in=["running", "paused"]).exists()
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_ring_once() -> None:
    for _ in range(4):
        make_case()
    late = NOON + timedelta(days=20)

    def once(_number: int) -> Swept:
        try:
            return sweep(actor=JOB, now=late, at_once=2)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(once, range(2)))

    # to accept, to solve, to read what was written
    assert sum(one.overdue for one in done) == 12
    assert sum(one.escalated for one in done) == 4
    assert CaseEvent.objects.filter(move="ring").count() == 4
    assert faults() == []


@pytest.mark.django_db
def test_a_case_that_breaks_keeps_no_clock_of_the_others_from_ringing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *others = [make_case().held.id for _ in range(5)]
    late = NOON + timedelta(days=20)

    def step(held: Held, *more: Any) -> Written:
        if held.id == first:
            raise KeyError("no such version")
        return as_step(held, *more)

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "as_step", step)
        swept = sweep(actor=JOB, now=late)

    assert (swept.overdue, swept.escalated) == (12, 4)
    rung = CaseEvent.objects.filter(move="ring").order_by("case_id")
    assert list(rung.values_list("case_id", flat=True)) == sorted(others)
    assert faults() == []
    # mended, it rings with the next sweep
    assert sweep(actor=JOB, now=late).overdue == 3
