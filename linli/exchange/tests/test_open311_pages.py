"""Pages of GeoReport v2: each is full until the last, and the next one goes on behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case, PublicWords
from linli.cases.services.linking import merge
from linli.cases.testing import NOON, clerk_of, make_case, move
from linli.cases.types.moves import At
from linli.exchange.queries import list_requests, updates
from linli.exchange.types import Asked
from linli.kernel.permits import system_actor

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(), system_actor("test")


def report(*, is_done: bool = False) -> Case:
    """A report, done or not, with an answer that everybody reads."""
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    if is_done:
        finish(case_id)
    PublicWords.objects.update(shown="已修好", released_at=NOON)
    return Case.objects.get(pk=case_id)


def finish(case_id: int) -> None:
    move(case_id, "finish", CLERK, public={"text": "已修好"}, facts={"files": ["f"]})


def same(one: Case, as_: Case) -> None:
    with transaction.atomic():
        merge(At(one.pk), as_.number, actor=SYSTEM, now=NOON)


def asked(**more: Any) -> Asked:
    return Asked(**{"start": NOON - timedelta(days=1), "end": NOON + timedelta(days=2), **more})


def found(status: str, *, page: int = 1, size: int = 100) -> list[str]:
    wanted = asked(statuses=frozenset({status}), page=page, size=size)
    rows = list_requests(wanted, now=NOON, extended=False)
    assert {row["status"] for row in rows} <= {status}
    return [row["service_request_id"] for row in rows]


def said(*, page: int = 1, size: int = 100, **more: Any) -> list[str]:
    return [row["update_id"] for row in updates(asked(page=page, size=size, **more), now=NOON)]


def test_a_page_by_status_is_full_whatever_is_the_same_as_another() -> None:
    done, open_ = report(), report()
    merged = [report() for _ in range(4)]
    for one, into in ((2, merged[1]), (0, open_), (1, open_), (3, done)):
        same(merged[one], into)
    finish(done.pk)

    assert found("closed") == [merged[3].number, done.number]
    assert found("open") == [one.number for one in (*merged[2::-1], open_)]
    assert found("closed", size=1) == [merged[3].number]
    assert found("closed", size=1, page=2) == [done.number]
    assert found("closed", size=1, page=3) == []


def test_one_that_is_the_same_as_a_hidden_one_is_listed_by_its_own_state() -> None:
    hidden, mine = report(), report()
    same(mine, hidden)
    finish(hidden.pk)
    Case.objects.filter(pk=hidden.pk).update(level=5)
    own = Case.objects.get(pk=mine.pk)

    shown = found("open") + found("closed")

    assert shown == [own.number]


def test_however_many_are_the_same_as_another_they_are_read_at_once() -> None:
    first = report()

    def reads() -> int:
        with CaptureQueriesContext(connection) as made:
            list_requests(asked(), now=NOON, extended=False)
        return len(made.captured_queries)

    same(report(), first)
    before = reads()
    for _ in range(3):
        same(report(), first)

    assert reads() == before


def test_what_was_said_is_paged_oldest_first_and_ends() -> None:
    cases = [report(is_done=True) for _ in range(3)]
    every = said()

    assert every == [f"{case.number}-3" for case in cases]
    assert [said(page=n, size=2) for n in (1, 2, 3)] == [every[:2], every[2:], []]


def test_what_is_asked_by_numbers_ends_too() -> None:
    cases = [report(is_done=True) for _ in range(3)]
    ids = tuple(case.number for case in cases)

    pages = [said(ids=ids, page=n, size=2) for n in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 1, 0]
    assert sorted(sum(pages, [])) == sorted(said())
    listed = [
        list_requests(asked(ids=ids, page=n, size=2), now=NOON, extended=False) for n in (1, 2, 3)
    ]
    assert [len(page) for page in listed] == [2, 1, 0]


def test_a_later_change_of_many_others_does_not_hide_what_was_said() -> None:
    old = report(is_done=True)
    for _ in range(3):
        report()
    Case.objects.exclude(pk=old.pk).update(changed_at=NOON + timedelta(days=1))

    assert said(size=1) == [f"{old.number}-3"]
    assert said(start=NOON + timedelta(days=1)) == []


def test_what_is_not_released_or_is_of_a_hidden_case_is_not_among_it() -> None:
    held, hidden = report(is_done=True), report(is_done=True)
    PublicWords.objects.filter(case=held).update(shown=None, released_at=None)
    Case.objects.filter(pk=hidden.pk).update(level=5)

    assert said() == []
