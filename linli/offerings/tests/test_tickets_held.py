"""A ticket is held while a step of it is under way: whoever comes meanwhile waits for what became of it."""

from __future__ import annotations

import pytest
from django.db import transaction

from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY
from linli.offerings.services import tickets
from linli.offerings.tests.test_ticket_days import moved, states
from linli.offerings.tests.visit_samples import (
    CLERK,
    NOON,
    TODAY,
    at,
    called,
    drawn,
    make_visit,
    make_window,
)
from linli.runtime.testing import Elsewhere


@pytest.mark.django_db(transaction=True)
def test_who_is_skipped_while_the_next_one_is_called_does_not_count_as_served() -> None:
    window = make_window()
    first, _second = drawn(window), drawn(window)
    called(window)

    with transaction.atomic():
        tickets.skip(first.handle, actor=CLERK, now=NOON)
        meanwhile = Elsewhere(lambda: called(window))
        assert meanwhile.is_waiting()
    name = meanwhile.result()

    assert name == "A002"
    assert states() == {"24 A001": "missed", "24 A002": "called"}


@pytest.mark.django_db(transaction=True)
def test_who_gives_up_while_she_is_called_is_passed_over() -> None:
    window = make_window()
    first, _second = drawn(window), drawn(window)

    with transaction.atomic():
        tickets.leave(first.code, actor=NOBODY, now=NOON)
        meanwhile = Elsewhere(lambda: called(window))
        assert meanwhile.is_waiting()

    assert meanwhile.result() == "A002"


@pytest.mark.django_db(transaction=True)
def test_a_visit_that_moves_while_it_is_called_waits_for_the_call() -> None:
    window = make_window()
    visit = make_visit(window, 860, on=TODAY)
    drawn(window, visit_code=visit.code)

    with transaction.atomic():
        called(window)
        meanwhile = Elsewhere(lambda: moved(visit, 530))
        assert meanwhile.is_waiting()
    with pytest.raises(WrongState):
        meanwhile.result()

    visit.refresh_from_db()
    assert (visit.state, visit.starts_at) == ("came", at(860, TODAY))
