"""Terms are counted anew when a year's working days are told, or told otherwise; each change once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.cases import tasks
from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.rules.clocks import local_day
from linli.cases.services.recounting import Recounted, recount
from linli.cases.services.sweeping import sweep
from linli.cases.testing import clerk_of, faults, make_case, move, read_words
from linli.kernel import sql
from linli.kernel.permits import system_actor
from linli.rulebook import services as rulebook
from linli.rulebook.testing import notice

pytestmark = pytest.mark.django_db
JOB, LOADER = system_actor("cases.recount"), system_actor("test")
CLERK = clerk_of()
# Tuesday 29 December 2026: five working days reach into the year that is not told yet
YEAR_END = datetime(2026, 12, 29, 4, 0, tzinfo=UTC)
NOW = YEAR_END + timedelta(hours=3)


def accepted() -> int:
    """Return a case at work on whose term the new year counts."""
    case_id = make_case(now=YEAR_END).held.id
    move(case_id, "accept", CLERK, now=YEAR_END + timedelta(hours=1))
    return case_id


def last_day(case_id: int) -> date:
    due_at = CaseClock.objects.get(case_id=case_id, key="solve").due_at
    return local_day(due_at - timedelta(microseconds=1))


def load(days: list[rulebook.NoticeDay]) -> None:
    with transaction.atomic():
        rulebook.load_calendar(days, actor=LOADER, now=NOW)


def test_a_provisional_term_becomes_certain_when_its_year_is_told() -> None:
    case_id = accepted()
    assert Case.objects.get().is_provisional
    # 30, 31 December, 1 January (not known to be off yet), 4, 5
    assert last_day(case_id) == date(2027, 1, 5)

    load(notice())
    assert recount((2027,), actor=JOB, now=NOW) == Recounted(clocks=1, cases=1)

    # the new year's day is off
    assert last_day(case_id) == date(2027, 1, 6)
    case = Case.objects.get()
    assert not case.is_provisional
    assert case.due_at == CaseClock.objects.get(key="solve").due_at
    event = CaseEvent.objects.latest("seq")
    assert (event.move, event.by) == ("recount", "job")
    assert event.facts["recounted"] == ["solve"]
    assert event.facts["years"] == [2027]
    assert faults() == []


def test_counted_twice_it_is_written_once() -> None:
    accepted()
    load(notice())
    recount((2027,), actor=JOB, now=NOW)

    assert recount((2027,), actor=JOB, now=NOW) == Recounted()
    assert recount(actor=JOB, now=NOW) == Recounted()

    assert CaseEvent.objects.filter(move="recount").count() == 1


def test_a_calendar_that_is_replaced_moves_running_terms_again() -> None:
    case_id = accepted()
    load(notice())
    recount((2027,), actor=JOB, now=NOW)

    longer = [day for day in notice() if day.day != date(2026, 12, 27)]
    longer += [
        rulebook.NoticeDay(date(2027, 1, 4), False, "元旦", "更正"),
        rulebook.NoticeDay(date(2027, 1, 5), False, "元旦", "更正"),
    ]
    load(longer)
    assert recount((2027,), actor=JOB, now=NOW) == Recounted(clocks=1, cases=1)

    assert last_day(case_id) == date(2027, 1, 8)
    assert CaseEvent.objects.filter(move="recount").count() == 2
    assert faults() == []


def test_what_was_late_by_the_old_days_is_not_late_any_more() -> None:
    case_id = accepted()
    read_words(case_id, now=NOW)
    sixth = datetime(2027, 1, 5, 17, 0, tzinfo=UTC)
    assert sweep(actor=JOB, now=sixth).overdue == 1

    load(notice())
    recount((2027,), actor=JOB, now=sixth)

    clock = CaseClock.objects.get(case_id=case_id, key="solve")
    assert not clock.is_overdue
    assert clock.next_at == clock.due_at or clock.next_at == clock.warn_at
    assert sweep(actor=JOB, now=sixth + timedelta(days=2)).overdue == 1
    assert faults() == []


def test_terms_of_other_years_and_clocks_that_ended_or_stand_still_stay_as_they_are() -> None:
    summer = make_case(now=datetime(2026, 8, 10, 4, 0, tzinfo=UTC)).held.id
    waiting = accepted()
    move(waiting, "ask_back", CLERK, now=NOW, public={"text": "Which lamp?"})
    before = list(CaseClock.objects.order_by("id").values())

    load(notice())
    assert recount((2027,), actor=JOB, now=NOW) == Recounted()

    assert list(CaseClock.objects.order_by("id").values()) == before
    assert CaseEvent.objects.filter(case_id=summer).count() == 1


def test_of_clocks_that_ended_none_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        accepted()
    running, steps = CaseClock.objects.filter(state="running").count(), list[str]()
    real = sql.tuples

    def tuples(name: str, *given: Any) -> list[Any]:
        steps.append(name)
        return real(name, *given)

    monkeypatch.setattr(sql, "tuples", tuples)
    load(notice())

    assert recount((2027,), actor=JOB, now=NOW, at_once=1).cases == 3

    assert CaseClock.objects.count() > running
    assert steps.count("cases.recount_upto") == running + 1


def test_stopped_in_the_middle_it_goes_on_where_something_differs() -> None:
    cases = [accepted() for _ in range(5)]
    load(notice())

    # one transaction for each few clocks: what was written stays, the job begins again
    with pytest.raises(KeyboardInterrupt):
        _recount_until_stopped()
    done = CaseEvent.objects.filter(move="recount").count()
    assert 0 < done < 5

    recount((2027,), actor=JOB, now=NOW, at_once=2)

    assert CaseEvent.objects.filter(move="recount").count() == 5
    assert {last_day(case_id) for case_id in cases} == {date(2027, 1, 6)}
    assert faults() == []


def _recount_until_stopped() -> None:
    from unittest.mock import patch

    from linli.cases.services import recounting

    real, calls = recounting.write_steps, []

    def stops(steps: object) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        real(steps)  # type: ignore[arg-type]

    with patch.object(recounting, "write_steps", stops):
        recount((2027,), actor=JOB, now=NOW, at_once=4)


def test_loading_a_calendar_queues_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[list[int]] = []
    monkeypatch.setattr(tasks.recount, "defer", lambda years: queued.append(years))

    load(notice())

    assert queued == [[2027]]


def test_the_job_counts_by_the_calendar_that_is_stored_now() -> None:
    case_id = accepted()
    load(notice())

    tasks.recount([2027])

    assert last_day(case_id) == date(2027, 1, 6)
