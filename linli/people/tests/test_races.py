"""Everything runs at the same time as itself: one number, one person, whoever comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction

from linli.kernel import scope
from linli.people.errors import NumberTaken
from linli.people.models import DuplicatePair, Person, PersonDocument, Residency
from linli.people.services import importing, running
from linli.people.services.register import register_person
from linli.people.testing import (
    FAR,
    NOON,
    SYSTEM,
    VILLAGE,
    make_clerk,
    make_number,
    make_row,
    make_villages,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: object) -> list[object]:
    """Run acts at the same moment, each on a connection of its own; return what each gave."""
    barrier = Barrier(len(acts))

    def run(act: object) -> object:
        try:
            barrier.wait()
            return act()
        except NumberTaken as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def undisputed() -> int:
    with scope.acting(SYSTEM), transaction.atomic():
        return PersonDocument.objects.filter(is_disputed=False).count()


def test_one_number_entered_twice_at_once_is_one_person() -> None:
    make_villages()
    row, clerk = make_row(number=make_number()), make_clerk()

    made = at_once(*[lambda: register_person(row, actor=clerk, now=NOON)] * 4)

    assert Person.objects.count() == 1
    assert sum(isinstance(one, NumberTaken) for one in made) == 3


def test_one_number_entered_at_two_places_at_once_is_one_person_with_two_homes() -> None:
    make_villages()
    number = make_number()
    rows = [make_row(village=village, number=number) for village in (VILLAGE, FAR)]

    at_once(*[lambda row=row: register_person(row, actor=SYSTEM, now=NOON) for row in rows])

    assert (Person.objects.count(), Residency.objects.count()) == (1, 2)
    assert undisputed() == 1


def test_two_lists_with_the_same_people_at_once(tmp_path: Path) -> None:
    make_villages()
    numbers = [make_number() for _ in range(60)]
    runs = []
    for place, village in (("a", VILLAGE), ("b", FAR)):
        path = tmp_path / f"{place}.csv"
        lines = [f"陈晓明,{number},{village}" for number in numbers]
        if village == FAR:
            lines.reverse()
        path.write_text("\n".join(["姓名,身份证号码,村", *lines]), encoding="utf-8")
        run = importing.receive_path(path, place, place="441900/", actor=SYSTEM, now=NOON)
        run = importing.map_columns(run, run.mapping, {}, actor=SYSTEM, now=NOON)
        runs.append((running.check_run(run, actor=SYSTEM, now=NOON, path=path), path))

    at_once(
        *[lambda run=run, path=path: running.take_run(run, actor=SYSTEM, now=NOON, path=path)
          for run, path in runs]
    )  # fmt: skip

    assert (Person.objects.count(), Residency.objects.count()) == (60, 120)
    assert (undisputed(), DuplicatePair.objects.count()) == (60, 0)


def test_one_run_taken_by_two_workers_takes_each_row_once(tmp_path: Path) -> None:
    make_villages()
    path = tmp_path / "list.csv"
    lines = [f"陈晓明,{make_number()},{VILLAGE}" for _ in range(30)]
    path.write_text("\n".join(["姓名,身份证号码,村", *lines]), encoding="utf-8")
    run = importing.receive_path(path, "x", place="441900/", actor=SYSTEM, now=NOON)
    run = importing.map_columns(run, run.mapping, {}, actor=SYSTEM, now=NOON)
    run = running.check_run(run, actor=SYSTEM, now=NOON, path=path)

    def take() -> object:
        from linli.kernel.errors import WrongState

        try:
            return running.take_run(run, actor=SYSTEM, now=NOON, path=path)
        except WrongState as refusal:
            return refusal

    at_once(take, take)

    run.refresh_from_db()
    assert (Person.objects.count(), run.taken, run.counts["new"]) == (30, 30, 30)
