"""A transaction that is undone as a whole sets no savepoint where nobody goes back to it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.kernel import sql
from linli.kernel.errors import NotFound

pytestmark = pytest.mark.django_db(transaction=True)


def savepoints() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def count(seen: CaptureQueriesContext) -> int:
    return sum(one["sql"].startswith("SAVEPOINT") for one in seen.captured_queries)


@transaction.atomic
def act(name: str, *, fails: bool = False) -> None:
    Group.objects.create(name=name)
    if fails:
        raise NotFound()


def test_the_block_right_below_sets_none_and_those_inside_it_do() -> None:
    with savepoints() as seen, transaction.atomic(), sql.undone_whole():
        act("甲")
        with transaction.atomic():
            act("乙")
    assert count(seen) == 1 and Group.objects.count() == 2

    with savepoints() as seen, transaction.atomic():
        act("丙")
    assert count(seen) == 1, "elsewhere all is as Django has it"


def test_it_ends_with_its_block_also_where_one_stands_in_another() -> None:
    with savepoints() as seen, transaction.atomic():
        with sql.undone_whole():
            with transaction.atomic(), sql.undone_whole():
                act("甲")
            act("乙")
        act("丙")
    assert count(seen) == 1 and Group.objects.count() == 3


def test_what_a_block_refuses_undoes_all_and_nothing_goes_on_behind_it() -> None:
    with pytest.raises(NotFound), transaction.atomic(), sql.undone_whole():
        act("甲")
        act("乙", fails=True)
    assert not Group.objects.exists()

    with (
        pytest.raises(transaction.TransactionManagementError),
        transaction.atomic(),
        sql.undone_whole(),
    ):
        act("甲")
        with pytest.raises(NotFound):
            act("乙", fails=True)
        act("丙")
    assert not Group.objects.exists()


def test_a_try_around_a_block_is_no_way_back() -> None:
    with (
        pytest.raises(transaction.TransactionManagementError),
        transaction.atomic(),
        sql.undone_whole(),
    ):
        with pytest.raises(NotFound), transaction.atomic():
            act("甲", fails=True)
        act("乙")
    assert not Group.objects.exists()


def test_a_block_of_ones_own_with_the_try_inside_is_the_way_back() -> None:
    with transaction.atomic(), sql.undone_whole(), transaction.atomic():
        act("甲")
        with pytest.raises(IntegrityError):
            act("甲")
        act("乙")
    assert set(Group.objects.values_list("name", flat=True)) == {"甲", "乙"}
