"""Ratings left out of the figures after review, and counted again (10.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from linli.cases import permits
from linli.cases.errors import AlreadyDecided, CountsAnyway, HandledItself, Missing, NotCounted
from linli.cases.models import Assignment, CaseEvent, Rating, RatingReview
from linli.cases.rules.rating import place_above
from linli.cases.services import excluding, rating
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move
from linli.kernel.errors import NotAllowed, NotFound, Refusal
from linli.kernel.permits import NOBODY, STAFF, Actor, Grant
from linli.kernel.sealing import keeps
from linli.kernel.testing import client_of, make_actor, post_json
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
TOWN, OTHER = "441900/441900005/", "441900/441900006/"
CLERK = clerk_of()
LATER = NOON + timedelta(days=2)


def reviewer(path: str = TOWN) -> Actor:
    return make_actor("reviewer", permits.REVIEW_RATINGS, at=path, account_id=4)


def rated(grade: int = 1, *, counts: bool = True) -> Rating:
    opened = make_case()
    move(opened.held.id, "accept", CLERK)
    move(opened.held.id, "finish", CLERK, public={"text": "修好了"}, facts={"files": ["x"]})
    with transaction.atomic():
        rating.rate_case(
            opened.held.number, opened.code, grade, actor=NOBODY, now=LATER if counts else NOON
        )
    return Rating.objects.latest("pk")


def exclude(one: Rating, *, reason: str = "评错了事项", actor: Actor | None = None) -> Rating:
    return excluding.exclude_rating(
        one.pk, reason=reason, actor=actor or reviewer(), now=LATER + timedelta(hours=1)
    )


def test_a_review_is_dated_named_chained_and_taken_back() -> None:
    one = rated()

    exclude(one)
    held = RatingReview.objects.get()
    assert (held.because, held.since, held.until) == (
        "评错了事项",
        LATER + timedelta(hours=1),
        None,
    )
    event = CaseEvent.objects.get(move="review_rating")
    assert "评错" not in str(event.facts)
    told = {"reason": "评错了事项", "excluded": True}
    assert keeps(bytes.fromhex(event.facts["review"]), bytes(held.nonce), told)

    excluding.include_rating(
        one.pk, reason="核实后属实", actor=reviewer(), now=LATER + timedelta(days=1)
    )
    held.refresh_from_db()
    assert (held.until, held.until_because) == (LATER + timedelta(days=1), "核实后属实")
    assert Rating.objects.get().excluded_at is None
    assert faults() == []


def test_whoever_has_a_post_in_the_village_too_reviews_in_that_of_the_town() -> None:
    one = rated()
    grants = (
        Grant(permits.SEE.name, VILLAGE, STAFF, post_id=40),
        Grant(permits.REVIEW_RATINGS.name, TOWN, STAFF, post_id=41),
    )

    exclude(one, actor=Actor(4, None, "both", grants, posts=frozenset({40, 41})))

    assert RatingReview.objects.get().post_id == 41
    assert CaseEvent.objects.get(move="review_rating").post_id == 41


def test_a_reason_that_is_too_long_is_refused_and_not_cut() -> None:
    one = rated()

    with pytest.raises(Missing):
        exclude(one, reason="误" * 301)

    assert not RatingReview.objects.exists()
    assert Rating.objects.get().excluded_at is None


@pytest.mark.parametrize("path", [VILLAGE, OTHER])
def test_a_village_does_not_review_its_own_and_no_town_that_of_another(path: str) -> None:
    one = rated()

    with pytest.raises(NotAllowed):
        exclude(one, actor=reviewer(path))
    assert client_of(reviewer(path)).get(f"/en/ratings/{one.pk}/").status_code == 404

    assert not RatingReview.objects.exists()


def test_whoever_handled_the_matter_reviews_nothing_of_it() -> None:
    one = rated()
    # had it once; another post has it now
    Assignment.objects.create(
        case_id=one.case_id,
        number=1,
        role="lead",
        org_id=1,
        post_id=77,
        state="done",
        offered_at=NOON,
    )
    own = make_actor("own", permits.REVIEW_RATINGS, at=TOWN, account_id=4)
    own = Actor(own.account_id, None, "own", own.grants, posts=frozenset({77}))

    with pytest.raises(HandledItself):
        exclude(one, actor=own)
    assert client_of(own).get(f"/en/ratings/{one.pk}/").status_code == 404

    assert Rating.objects.get().excluded_at is None


@pytest.mark.parametrize(
    ("prepared", "reason", "refusal"),
    [("counts", " ", Missing), ("not", "误评", NotCounted), ("out", "误评", AlreadyDecided)],
)
def test_what_cannot_be_left_out_changes_nothing(
    prepared: str, reason: str, refusal: type[Refusal]
) -> None:
    one = rated(counts=prepared != "not")
    if prepared == "out":
        exclude(one)
    before = RatingReview.objects.count()

    with pytest.raises(refusal):
        exclude(one, reason=reason)
    with pytest.raises(NotFound):
        excluding.exclude_rating(0, reason="误评", actor=reviewer(), now=LATER)
    if prepared != "out":
        with pytest.raises(CountsAnyway):
            excluding.include_rating(one.pk, reason="误评", actor=reviewer(), now=LATER)

    assert RatingReview.objects.count() == before


def test_page_and_program_leave_out_and_take_in_again() -> None:
    one, client = rated(), client_of(reviewer())
    where = f"/en/ratings/{one.pk}/"

    assert "Leave it out" in client.get(where).content.decode()
    assert client.post(where, {"reason": "", "key": str(uuid4())}).status_code == 422
    assert client.post(where, {"reason": "误评", "key": str(uuid4())}).status_code == 303
    listed = client.get("/en/ratings/?show=excluded").content.decode()
    assert one.case.number in listed

    def program(path: str, reason: str) -> Any:
        return post_json(client, f"/api/v1/ratings/{one.pk}/{path}", {"reason": reason})

    back = program("include", "核实属实")
    assert (back.status_code, back.json()["is_left_out"]) == (200, False)
    assert len(back.json()["reviews"]) == 1
    assert client.get("/api/v1/ratings/?show=x").status_code == 422
    assert client.get("/api/v1/ratings/").json()["items"][0]["number"] == one.case.number


@pytest.mark.parametrize(
    ("path", "above"),
    [("441900/", "441900/"), (TOWN, "441900/"), (VILLAGE, TOWN), (f"{VILLAGE}group1/", TOWN)],
)
def test_the_place_above_reviews(path: str, above: str) -> None:
    assert place_above(path) == above


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_is_told() -> None:
    one = rated()

    came = at_once(lambda: exclude(one), lambda: exclude(one))

    assert sorted(came) == ["", "already_decided"]
    assert RatingReview.objects.count() == 1
