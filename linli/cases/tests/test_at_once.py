"""Two people at the same moment: one moves the case, the other is told what happened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, clerk_of, faults, make_case
from linli.cases.types.moves import Given, Wish
from linli.kernel.errors import Refusal

CLERK = clerk_of()
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*wishes: Wish) -> list[str]:
    """Make each wish on a connection of its own; say what came of each."""

    def one(wish: Wish) -> str:
        try:
            with transaction.atomic():
                done = perform(wish, actor=CLERK, now=NOON)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "repeated" if done.is_repeated else "done"

    with ThreadPoolExecutor(len(wishes)) as pool:
        return sorted(pool.map(one, wishes))


def test_the_second_of_two_who_saw_the_same_is_told() -> None:
    case_id = make_case().held.id
    refuse = Given(public={"text": "Not ours."}, facts={"basis": "art. 2"})

    came = at_once(
        Wish(case_id, "accept", expected_seq=1), Wish(case_id, "refuse", refuse, expected_seq=1)
    )

    assert came == ["done", "moved_meanwhile"]
    assert CaseEvent.objects.count() == 2
    assert faults() == []


def test_the_same_key_at_once_moves_once() -> None:
    case_id, key = make_case().held.id, uuid4()

    came = at_once(*[Wish(case_id, "accept", key=key) for _ in range(3)])

    assert came == ["done", "repeated", "repeated"]
    assert CaseEvent.objects.count() == 2


def test_a_step_that_waited_sees_the_clocks_of_the_one_before() -> None:
    case_id = make_case().held.id
    ask = Given(public={"text": "Which lamp?"})

    came = at_once(Wish(case_id, "accept"), Wish(case_id, "accept"))
    assert came == ["done", "wrong_state"]
    at_once(Wish(case_id, "ask_back", ask))

    assert Case.objects.get().state == "asked_back"
    assert CaseClock.objects.get(key="solve").state == "paused"
    assert faults() == []
