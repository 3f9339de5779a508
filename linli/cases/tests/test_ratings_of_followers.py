"""Whoever reported the same as others rates it too: each once, called back if it is bad, counted once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from linli.cases import permits
from linli.cases.errors import HandledItself, NotRatable, RatedAlready
from linli.cases.models import CallBack, Case, CaseEvent, PublicWords, Rating
from linli.cases.queries import sampling
from linli.cases.queries.following import followed
from linli.cases.queries.rates import figures_of
from linli.cases.queries.rates_export import lines_of
from linli.cases.rules.recounting import recount
from linli.cases.services import call_backs, rating
from linli.cases.services.call_backs import Heard
from linli.cases.services.forgetting import forget_reporter
from linli.cases.testing import NOON, VILLAGE, faults, move
from linli.cases.tests.test_shared_reports import CLERK, DONE, PHONE, SYSTEM, page_of, shared
from linli.cases.types.filing import Filed
from linli.cases.types.rating import Reached
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.orgs.testing import make_post
from linli.places import queries as places
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=30)
CALLER = make_actor("caller", permits.CALL_BACK, permits.SEE, at=VILLAGE, account_id=3)
NOT_YET = Heard(Reached.YES, 1, is_solved=False, note="It is dark.", wants_reopening=True)


def finished(**more: Any) -> tuple[Filed, Filed]:
    first, second = shared(**more)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    return first, second


def rate(filed: Filed, grade: int, *, now: Any = LATER) -> None:
    with transaction.atomic():
        rating.rate_case(filed.number, filed.code, grade, actor=NOBODY, now=now)


def given() -> list[tuple[int, int | None, int, bool]]:
    rows = Rating.objects.order_by("pk")
    return list(rows.values_list("case_id", "by_case_id", "grade", "counts"))


def test_each_of_them_rates_once_and_the_matter_counts_once() -> None:
    first, second = finished(contact=PHONE)

    rate(second, 2)
    rate(first, 5)

    assert given() == [(first.case_id, second.case_id, 2, True), (first.case_id, None, 5, False)]
    for one in (first, second):
        with pytest.raises(RatedAlready):
            rate(one, 4)
    assert Rating.objects.count() == 2
    place = places.chain_of("441900005001")[-1]
    figures = figures_of(place, NOON.date(), LATER.date())
    heard = figures.heard
    assert (heard.rated.numerator, heard.rated.denominator) == (0, 1)
    assert (heard.bad, heard.not_counted, heard.of_same) == (1, 0, 1)
    assert recount(lines_of(place, figures, LATER)).problems == []
    assert faults() == []


def test_hers_counts_if_given_later_than_she_was_told_and_bad_ones_are_called_back() -> None:
    first, second = finished()

    rate(second, 1, now=NOON + timedelta(hours=1))

    assert given() == [(first.case_id, second.case_id, 1, False)]
    call = CallBack.objects.get()
    assert (call.case_id, call.whose.pk, call.is_for_bad) == (first.case_id, second.case_id, True)
    event = CaseEvent.objects.get(move="rate")
    assert event.case_id == second.case_id and "grade" not in str(event.facts)


def test_her_page_asks_once_in_each_round() -> None:
    first, second = finished()
    address = f"/en/rate/{second.number}"
    assert "Rate how it was handled" in page_of(second)

    sent = Client().post(address, {"code": second.code, "grade": "4", "key": str(uuid4())})

    assert sent.status_code == 303
    assert "You have rated this already" in page_of(second)
    assert "You have rated this already" not in page_of(first)
    Case.objects.filter(pk=first.case_id).update(cycle=2)
    assert not followed(Case.objects.get(pk=second.case_id), LATER).is_rated


def test_of_what_she_may_not_follow_or_was_not_told_she_rates_nothing() -> None:
    first, second = shared()
    with pytest.raises(NotRatable):
        rate(second, 1)
    move(first.case_id, "accept", CLERK)
    move(first.case_id, "finish", CLERK, **DONE)
    Case.objects.filter(pk=first.case_id).update(about_post_id=make_post().pk)

    with pytest.raises(NotRatable):
        rate(second, 1)

    assert not followed(Case.objects.get(pk=second.case_id), LATER).is_ratable
    assert not Rating.objects.exists() and not CallBack.objects.exists()


def test_who_handled_the_matter_does_not_call_and_whoever_calls_writes_down_her_own_wish() -> None:
    first, second = finished(contact=PHONE)
    rate(second, 1)
    call = CallBack.objects.get()
    handler = make_actor(
        "h", permits.CALL_BACK, permits.HANDLE, permits.SEE, at=VILLAGE,
        account_id=CLERK.account_id,
    )  # fmt: skip
    assert not sampling.visible_calls(handler).exists()
    with pytest.raises(HandledItself), transaction.atomic():
        call_backs.record_call(call.pk, NOT_YET, actor=handler, now=LATER)

    call_backs.record_call(call.pk, NOT_YET, actor=CALLER, now=LATER)

    whole = Case.objects.get(pk=first.case_id)
    assert whole.state == "reopen_asked"
    said = PublicWords.objects.filter(case_id=second.case_id).order_by("pk").last()
    assert said is not None and said.said == {"text": "It is dark."}
    assert CaseEvent.objects.get(move="called_back").case_id == second.case_id
    assert faults() == []


def test_who_calls_reads_whose_report_it_is() -> None:
    first, second = finished(contact=PHONE)
    rate(second, 1)
    call = CallBack.objects.get()

    shown = client_of(CALLER).get(f"/en/calls/{call.pk}/").content.decode()
    told = client_of(CALLER).get("/api/v1/calls/").json()["items"]
    listed = client_of(CALLER).get("/en/calls/?format=csv").content.decode()

    assert second.number in shown and first.number in shown
    assert second.number in listed and first.number not in listed
    assert [(one["number"], one["same_as"]) for one in told] == [(second.number, first.number)]


def test_the_erasure_of_one_leaves_what_the_other_said() -> None:
    first, second = finished(contact=PHONE)
    for one in (first, second):
        rate(one, 1)
    CallBack.objects.update(note="said", done_at=LATER, reached="yes", grade=1)

    forget_reporter(second.case_id, actor=SYSTEM, now=LATER)

    notes = dict(CallBack.objects.values_list("by_case_id", "note"))
    assert notes == {None: "said", second.case_id: ""}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_counts() -> None:
    first, second = finished()

    assert at_once(lambda: rate(first, 4), lambda: rate(second, 2)) == ["", ""]

    assert Rating.objects.filter(counts=True).count() == 1
    assert Rating.objects.count() == 2
