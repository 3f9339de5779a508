"""A bad grade is called back whatever was asked before it; what was drawn is drawn once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from linli.cases.errors import HandledItself, Missing
from linli.cases.models import Assignment, CallBack, Rating, SampleSeed
from linli.cases.models.holding import hold_cases
from linli.cases.queries import sampling
from linli.cases.queries.rates import figures_of
from linli.cases.services import call_backs, rating
from linli.cases.services import reopening as deciding
from linli.cases.services.call_backs import Heard
from linli.cases.services.opening import Opened
from linli.cases.testing import NOON, faults
from linli.cases.tests.rating_samples import (
    CALLER,
    CHIEF,
    CLERK,
    LATER,
    SYSTEM,
    TODAY,
    YES,
    ask_reopening,
    done_case,
    rate,
)
from linli.cases.types.moves import At
from linli.cases.types.rating import Reached
from linli.kernel.permits import NOBODY
from linli.places.queries import chain_of
from linli.runtime.testing import Elsewhere

pytestmark = pytest.mark.django_db
HEARD = {
    "yes": Heard(Reached.YES, 5, is_solved=True), "no": Heard(Reached.NO),
    "declined": Heard(Reached.DECLINED),
}  # fmt: skip


def drawn(opened: Opened) -> CallBack:
    made = {"is_sample": True, "made_at": NOON, "due_at": LATER}
    return CallBack.objects.create(case_id=opened.held.id, cycle=1, **made)


def called() -> tuple[int, int]:
    """Return how many of how many bad ratings were called back."""
    heard = figures_of(chain_of("441900005001")[-1], TODAY, TODAY + timedelta(days=9)).heard
    return heard.bad_called, heard.bad


@pytest.mark.parametrize("reached", list(HEARD))
def test_who_was_called_for_the_sample_and_rates_badly_after_that_is_called_once_more(
    reached: str,
) -> None:
    opened = done_case()
    first = drawn(opened)
    call_backs.record_call(first.pk, HEARD[reached], actor=CALLER, now=LATER)
    rate(opened, 1, now=LATER + timedelta(hours=1))

    waiting = sampling.calls_to_make(CALLER).get()
    assert (waiting.is_for_bad, waiting.is_sample, called()) == (True, False, (0, 1))
    call_backs.record_call(waiting.pk, YES, actor=CALLER, now=LATER + timedelta(hours=2))

    first.refresh_from_db()
    assert (first.reached, first.is_for_bad) == (reached, False)
    assert (called(), faults()) == ((1, 1), [])


def test_a_call_that_waits_for_the_sample_is_the_one_for_the_bad_grade() -> None:
    opened = done_case()
    drawn(opened)
    rate(opened, 1)

    call = CallBack.objects.get()
    assert (call.is_sample, call.is_for_bad) == (True, True)


def test_who_was_not_reached_was_not_called_back() -> None:
    opened = done_case()
    rate(opened, 1)
    call_backs.record_call(CallBack.objects.get().pk, Heard(Reached.NO), actor=CALLER, now=LATER)

    assert called() == (0, 1)


def test_what_is_said_of_a_result_in_the_next_month_does_not_draw_it_again() -> None:
    opened = done_case()
    rate(opened, 5)
    done, after = (NOON - timedelta(hours=1), NOON + timedelta(hours=1)), NOON + timedelta(days=9)

    (cycle,) = sampling.ended_cycles(done[0], after)
    assert cycle.ended_at == NOON
    assert sampling.ended_cycles(done[1], after) == []
    call_backs.draw_sample(actor=SYSTEM, now=NOON + timedelta(days=11))
    assert not SampleSeed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_call_is_written_down_while_she_rates_and_neither_is_lost() -> None:
    opened = done_case()
    call = drawn(opened)
    with transaction.atomic():
        hold_cases([opened.held.id])
        elsewhere = Elsewhere(lambda: call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER))
        assert elsewhere.is_waiting()
        rating.rate_case(opened.held.number, opened.code, 1, actor=NOBODY, now=LATER)

    assert elsewhere.result().is_for_bad
    assert (Rating.objects.count(), CallBack.objects.get().grade) == (1, 2)


def test_whoever_worked_on_an_earlier_round_neither_sees_nor_makes_the_call_about_it() -> None:
    opened = done_case()
    call, held = drawn(opened), replace(CALLER, posts=frozenset({7}))
    Assignment.objects.create(
        case_id=opened.held.id, number=1, role="lead", org_id=1, post_id=7, state="done",
        offered_at=NOON,
    )  # fmt: skip
    # the clerk who finished it, in another post with another right
    herself = replace(CALLER, account_id=CLERK.account_id)

    for actor in (held, herself):
        assert not sampling.visible_calls(actor).exists()
        with pytest.raises(HandledItself):
            call_backs.record_call(call.pk, YES, actor=actor, now=LATER)
    assert CallBack.objects.get().done_at is None
    assert sampling.visible_calls(CALLER).exists()


def test_a_call_about_an_earlier_round_does_not_ask_to_take_up_the_present_one() -> None:
    opened = done_case()
    call = drawn(opened)
    ask_reopening(opened)
    with transaction.atomic():
        deciding.take_up_again(At(opened.held.id), actor=CHIEF, now=LATER)

    with pytest.raises(Missing):
        call_backs.record_call(call.pk, replace(YES, wants_reopening=True), actor=CALLER, now=LATER)
    assert CallBack.objects.get().done_at is None
    assert call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER).grade == 2
