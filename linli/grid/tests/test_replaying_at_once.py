"""A phone that tries again before the first answer came: two batches at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linli.cases.models import Case, CaseEvent
from linli.cases.testing import faults
from linli.grid.models import PhoneQueue, Queued
from linli.grid.services import replaying
from linli.grid.tests.queues import NOON, Phone, cell_value, ground, seen
from linli.grid.types.replay import Batch

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(phone: Phone, batches):  # type: ignore[no-untyped-def]
    """Send batches on connections of their own."""

    def one(entries):  # type: ignore[no-untyped-def]
        try:
            return phone.sends(entries)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as pool:
        return list(pool.map(one, batches))


def test_the_same_batch_twice_at_once_is_done_once() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    for move in ("verify", "file", "start"):
        phone.moves(case, move)
    phone.does("report", cell=cell_value(place), matter="safety", text="A lid is missing.")

    answers = at_once(phone, [phone.entries, phone.entries, phone.entries[::-1]])

    assert [[one.state for one in told] for told in answers] == [["done"] * 4] * 3
    assert CaseEvent.objects.filter(case=case, seq__gt=case.seq).count() == 3
    assert Case.objects.count() == 2
    assert Queued.objects.count() == 4
    assert faults() == []


def test_a_copy_that_went_on_in_the_middle_of_a_batch_makes_no_conflict_of_what_follows() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    for move in ("verify", "file", "start"):
        phone.moves(case, move)
    first, second, third = phone.entries
    batch, moved = Batch(phone.code, (first, third), 0), {}

    done, _next = replaying._turn(batch, first, moved, actor=phone.actor, now=NOON)
    phone.sends([first, second])
    last, _next = replaying._turn(batch, third, moved, actor=phone.actor, now=NOON)

    assert [done.state, last.state] == ["done", "done"]
    moves = CaseEvent.objects.filter(case=case, seq__gt=case.seq).order_by("seq")
    assert list(moves.values_list("move", flat=True)) == ["verify", "file", "start"]


def test_parts_of_a_queue_that_overtake_each_other_end_in_order() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    for move in ("verify", "file", "start"):
        phone.moves(case, move)
    first, second, third = phone.entries

    at_once(phone, [[third], [second], [second, third], [first]])

    assert set(Queued.objects.values_list("state", flat=True)) == {"done"}
    moves = CaseEvent.objects.filter(case=case, seq__gt=case.seq).order_by("seq")
    assert list(moves.values_list("move", flat=True)) == ["verify", "file", "start"]
    assert PhoneQueue.objects.get().next_seq == 4


def test_two_phones_that_move_the_same_cases_crosswise_do_not_block_each_other() -> None:
    place, worker, _post = ground()
    cases = [seen(place, worker, f"Lamp {number}.") for number in range(4)]
    one, other = Phone(worker), Phone(worker)
    for case in cases:
        one.moves(case, "verify")
    for case in reversed(cases):
        other.moves(case, "verify")

    def send(phone: Phone):  # type: ignore[no-untyped-def]
        try:
            return phone.sends()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = [result.state for answers in pool.map(send, [one, other]) for result in answers]

    assert sorted(told) == ["conflict"] * 4 + ["done"] * 4
    assert faults() == []
