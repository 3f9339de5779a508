"""Every table has a term or a reason, and what is over its term goes in steps that count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fnmatch import fnmatch
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Retention
from linli.kernel.retention import Work
from linli.people.models import Person, Residency
from linli.people.queries import gone
from linli.people.services.forgetting import forget_gone
from linli.people.testing import make_number, make_person, make_villages
from linli.runtime.models import LongJob
from linli.runtime.testing import make_long_job
from linli.trail import services
from linli.trail.models import Entry
from linli.trail.queries import overdue
from linli.trail.services import letting_go
from linli.trail.tasks import let_go_of

SYSTEM = system_actor("trail.let_go")
OLD = timezone.now() - timedelta(days=200)


def our_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("linli.") and not model._meta.proxy
    )


def jobs() -> Retention:
    entry = RETENTION.get("runtime.jobs")
    assert entry is not None
    return entry


def ended_jobs(many: int) -> None:
    for _one in range(many):
        make_long_job(now=OLD)
    LongJob.objects.update(ended_at=OLD, state="done")


def test_every_table_of_ours_has_a_term_or_a_reason() -> None:
    with_term = {table for entry in RETENTION for table in entry.tables}
    for_good = [kept.key for kept in KEPT_FOR_GOOD]

    unsaid = [
        table
        for table in our_tables()
        if table not in with_term and not any(fnmatch(table, key) for key in for_good)
    ]

    assert unsaid == []
    assert [key for key in for_good if not any(fnmatch(t, key) for t in our_tables())] == []
    assert all(str(kept.because).strip() for kept in KEPT_FOR_GOOD)
    assert all(entry.basis.strip() and str(entry.term).strip() for entry in RETENTION)


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(entry.key for entry in RETENTION))
def test_the_service_may_do_what_each_entry_does(key: str) -> None:
    """Names, conditions and rights on the tables, as the role of the service."""
    entry = RETENTION.get(key)
    assert entry is not None

    assert entry.going.step(timezone.now() - timedelta(days=36500), 10) == 0
    assert entry.going.waiting(timezone.now() - timedelta(days=36500)) == 0


@pytest.mark.django_db
def test_what_is_over_goes_in_steps_and_the_trail_keeps_numbers(monkeypatch: Any) -> None:
    monkeypatch.setattr(letting_go, "A_STEP", 2)
    ended_jobs(5)
    make_long_job(now=timezone.now())

    assert services.let_go(jobs(), actor=SYSTEM, clock=timezone.now) == 5

    told = Entry.objects.filter(verb="retention.let_go").order_by("id")
    assert [entry.details["rows"] for entry in told] == [2, 2, 1]
    assert {entry.key for entry in told} == {"runtime.jobs"}
    assert LongJob.objects.count() == 1
    assert services.let_go(jobs(), actor=SYSTEM, clock=timezone.now) == 0


@pytest.mark.django_db(transaction=True)
def test_broken_off_it_goes_on_where_it_stopped(monkeypatch: Any) -> None:
    monkeypatch.setattr(letting_go, "A_STEP", 2)
    ended_jobs(5)
    steps: Iterator[bool] = iter([True, False])
    whole = jobs()

    def broken(now: Any, limit: int) -> int:
        done = whole.going.step(now, limit)
        if not next(steps, True):
            raise OSError("power cut")
        return done

    entry = Retention("runtime.jobs", "", (), "", "", Work(broken, whole.going.waiting))
    with pytest.raises(OSError, match="power cut"):
        services.let_go(entry, actor=SYSTEM, clock=timezone.now)

    told = Entry.objects.filter(verb="retention.let_go")
    assert LongJob.objects.count() == 3
    assert [one.details["rows"] for one in told] == [2]
    assert services.let_go(whole, actor=SYSTEM, clock=timezone.now) == 3


@pytest.mark.django_db
def test_a_step_too_many_waits_for_the_next_night(monkeypatch: Any) -> None:
    monkeypatch.setattr(letting_go, "A_STEP", 1)
    monkeypatch.setattr(letting_go, "MOST_STEPS", 2)
    ended_jobs(3)

    assert services.let_go(jobs(), actor=SYSTEM, clock=timezone.now) == 2
    assert LongJob.objects.count() == 1


@pytest.mark.django_db
def test_doctor_names_what_is_late_and_the_job_mends_it() -> None:
    assert overdue.check() == []
    ended_jobs(1)

    ((said, fix),) = overdue.check()
    let_go_of(key="runtime.jobs")

    assert "runtime.jobs" in said and "linli worker" in fix
    assert overdue.check() == []


@pytest.mark.django_db
def test_who_left_long_ago_is_forgotten_and_who_is_needed_stays(monkeypatch: Any) -> None:
    make_villages()
    now = timezone.now()
    long_ago = date(now.year - 11, 1, 1)
    left = make_person("走远", number=make_number(), until=long_ago)
    lately = make_person("刚走", number=make_number(), until=date(now.year - 1, 1, 1))
    here = make_person("还在", number=make_number())
    back = make_person("回来", number=make_number(), until=long_ago)
    Residency.objects.filter(person=back).update(until=None)
    died = make_person("去世", number=make_number(), until=long_ago)
    Person.objects.filter(pk=died.pk).update(died_on=long_ago)
    held = make_person("村长", number=make_number(), until=long_ago)
    monkeypatch.setattr(gone, "_is_needed", lambda person_id: person_id == held.pk)

    assert gone.count_gone(now) == 2
    assert forget_gone(actor=SYSTEM, now=now, limit=10) == 2
    assert forget_gone(actor=SYSTEM, now=now, limit=10) == 0

    names = dict(Person.objects.values_list("pk", "name"))
    assert [names[p.pk] for p in (left, died)] == ["", ""]
    assert [names[p.pk] for p in (lately, here, back, held)] == ["刚走", "还在", "回来", "村长"]
    told = Entry.objects.filter(verb="people.erased")
    assert {entry.person_id for entry in told} == {left.pk, died.pk}
    assert {entry.details["basis"] for entry in told} == {"retention"}
