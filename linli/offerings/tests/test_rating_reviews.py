"""Ratings that look mistaken or malicious: who calls back asks, the place above decides (10.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.cases.permits import REVIEW_RATINGS
from linli.cases.types.rating import Reached
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, VAULT
from linli.kernel.testing import OTHER_TOWN, TOWN, client_of, make_actor
from linli.offerings import permits
from linli.offerings.queries import rating_reviews as reviews
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.services import rating_reviews
from linli.offerings.services import visit_ratings as services
from linli.offerings.tests.visit_samples import LATER, NOON, rated, served

pytestmark = pytest.mark.django_db
CALLER = make_actor("caller", permits.CALL_BACK, permits.REACH, ceiling=VAULT)
STRANGER = make_actor("stranger", permits.CALL_BACK, at=OTHER_TOWN)
REVIEWER = make_actor("reviewer", REVIEW_RATINGS, at=TOWN, account_id=2, ceiling=VAULT)


def test_a_malicious_rating_counts_until_somebody_else_left_it_out() -> None:
    bad = rated(served(), 1)
    span = (NOON, NOON + timedelta(days=1))
    for reason in (" ", "x" * 301):
        with pytest.raises(Invalid):
            rating_reviews.ask_review(bad, reason, actor=CALLER, now=LATER)
    with pytest.raises(NotFound):
        rating_reviews.ask_review(bad, "同一人连刷", actor=STRANGER, now=LATER)
    with pytest.raises(WrongState):
        rating_reviews.decide_review(bad, is_excluded=True, reason="x", actor=REVIEWER, now=LATER)

    bad = rating_reviews.ask_review(bad, "同一人连刷", actor=CALLER, now=LATER)

    assert queries.spread_of(bad.centre_id, bad.path, *span).bad == 1
    asker = make_actor("caller", permits.CALL_BACK, REVIEW_RATINGS, at=TOWN, ceiling=VAULT)
    for wrong in (asker, CALLER, STRANGER):
        with pytest.raises(NotAllowed):
            rating_reviews.decide_review(bad, is_excluded=True, reason="x", actor=wrong, now=LATER)
    bad = rating_reviews.decide_review(
        bad, is_excluded=True, reason="确属连刷", actor=REVIEWER, now=LATER
    )
    told = queries.spread_of(bad.centre_id, bad.path, *span)
    assert (told.bad, told.rated, told.left_out) == (0, 0, 1)
    assert list(queries.calls_to_make(CALLER)) == []
    with pytest.raises(WrongState):
        rating_reviews.decide_review(bad, is_excluded=False, reason="x", actor=REVIEWER, now=LATER)


@pytest.mark.parametrize("is_excluded", [True, False])
def test_a_number_left_for_the_call_goes_with_the_last_reason_to_call(is_excluded: bool) -> None:
    """PIPL art. 47: the form says that it is used for this one call."""
    code = served().code
    bad = services.rate_visit(code, 1, phone="+8613800001234", actor=NOBODY, now=LATER)
    bad = rating_reviews.ask_review(bad, "不像真的", actor=CALLER, now=LATER)

    bad = rating_reviews.decide_review(
        bad, is_excluded=is_excluded, reason="已核实", actor=REVIEWER, now=LATER
    )

    bad.refresh_from_db()
    assert queries.has_number(bad) is not is_excluded
    assert queries.calls_to_make(CALLER).exists() is not is_excluded


def test_a_rating_that_holds_after_review_is_still_called_back() -> None:
    bad = rating_reviews.ask_review(rated(served(), 2), "不像真的", actor=CALLER, now=LATER)

    kept = rating_reviews.decide_review(
        bad, is_excluded=False, reason="确有其事", actor=REVIEWER, now=LATER
    )

    assert kept.counts
    assert [one.pk for one in queries.calls_to_make(CALLER)] == [kept.pk]
    with pytest.raises(WrongState):
        rating_reviews.ask_review(kept, "再来", actor=CALLER, now=LATER)


def test_a_review_is_decided_after_the_call_too_and_by_who_reviews_alone() -> None:
    bad = rating_reviews.ask_review(rated(served(), 1), "同一人连刷", actor=CALLER, now=LATER)
    bad = services.record_visit_call(bad, Reached.YES, "说是排队久", actor=CALLER, now=LATER)

    assert list(queries.calls_to_make(CALLER)) == []
    assert [one.pk for one in reviews.to_review(REVIEWER)] == [bad.pk]
    assert list(reviews.to_review(CALLER)) == list(reviews.to_review(STRANGER)) == []
    client = client_of(REVIEWER)
    html = client.get("/en/windows/ratings/?view=review").content.decode()
    assert f"/en/windows/ratings/{bad.pk}/" in html
    said = {"key": "a1b2c3d4e5f6a7b8", "step": "exclude", "reason": "确属连刷"}
    assert client.post(f"/en/windows/ratings/{bad.pk}/", said).status_code == 303

    bad.refresh_from_db()
    assert (bad.review, bad.counts) == ("excluded", False)
    assert list(reviews.to_review(REVIEWER)) == []
    assert [one.pk for one in reviews.called_before(CALLER)] == [bad.pk]
    page = client_of(CALLER).get(f"/en/windows/ratings/{bad.pk}/").content.decode()
    assert "说是排队久" in page and "确属连刷" in page and "Write down the call" not in page
    assert client_of(STRANGER).get(f"/en/windows/ratings/{bad.pk}/").status_code == 404


def test_a_review_can_be_asked_for_after_the_call_and_changes_nothing_elsewhere() -> None:
    bad = services.record_visit_call(
        rated(served(), 1), Reached.YES, "说是排队久", actor=CALLER, now=LATER
    )

    asked = rating_reviews.ask_review(bad, "不是本人", actor=CALLER, now=LATER)

    assert asked.called_at is not None and asked.counts
    with pytest.raises(NotFound):
        rating_reviews.ask_review(rated(served(), 5), "x", actor=CALLER, now=LATER)
