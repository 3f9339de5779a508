"""API of ratings under review."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases import permits
from linli.cases.api.narrowing import NarrowedIn
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.rating import ReviewForm
from linli.cases.models import Rating, RatingReview
from linli.cases.queries import excluding as queries
from linli.cases.services import excluding as services
from linli.cases.types.rating import Shown
from linli.kernel.api import listed, one_of
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request

router = Router()


class ReviewOut(Schema):
    """A span in which a rating was left out of figures; `until` is empty while it is."""

    since: datetime
    because: str
    until: datetime | None
    until_because: str


class RatingOut(Schema):
    """A rating: `grade` is 1 to 5, `counts` whether it does where no review leaves it out."""

    id: int
    number: str
    cycle: int
    grade: int
    why: list[str]
    given_at: datetime
    counts: bool
    is_left_out: bool
    reviews: list[ReviewOut]


class RatingListOut(Schema):
    count: int
    items: list[RatingOut]
    next: str | None


class RatingsIn(NarrowedIn):
    """`show` is all, bad or excluded."""

    show: str = ""


class ReviewIn(Schema):
    """Why a rating is left out or counts again."""

    reason: str


@router.get("/ratings/", response=RatingListOut)
def ratings(request: Request, asked: Query[RatingsIn]) -> dict[str, Any]:
    """Ratings of the places below, the newest first."""
    if not request.actor.holds(permits.REVIEW_RATINGS):
        raise NotFound()
    shown = Shown(one_of("show", asked.show, Shown) or Shown.ALL)
    limit = clean_limit(asked.limit)
    narrowed = narrowing_of(request.actor, asked.dict(), permits.REVIEW_RATINGS).on("case__")
    found = queries.list_ratings(request.actor, shown, narrowed, cursor=asked.cursor, limit=limit)
    reviews = queries.reviews_of([row.pk for row in found.items])
    return listed(found, lambda row: _out(row, reviews.get(row.pk, [])))


@router.post("/ratings/{int:rating_id}/exclude", response=RatingOut)
def exclude(request: Request, rating_id: int, given: ReviewIn) -> dict[str, Any]:
    """Leave a rating out of the figures from now on."""
    reason = ReviewForm(given.dict()).accepted()["reason"]
    queries.get_rating(request.actor, rating_id)
    services.exclude_rating(rating_id, reason=reason, actor=request.actor, now=timezone.now())
    return _one(request, rating_id)


@router.post("/ratings/{int:rating_id}/include", response=RatingOut)
def include(request: Request, rating_id: int, given: ReviewIn) -> dict[str, Any]:
    """Count a rating again."""
    reason = ReviewForm(given.dict()).accepted()["reason"]
    queries.get_rating(request.actor, rating_id)
    services.include_rating(rating_id, reason=reason, actor=request.actor, now=timezone.now())
    return _one(request, rating_id)


def _one(request: Request, rating_id: int) -> dict[str, Any]:
    found = queries.get_rating(request.actor, rating_id)
    return _out(found, queries.reviews_of([rating_id]).get(rating_id, []))


def _out(rating: Rating, reviews: list[RatingReview]) -> dict[str, Any]:
    return {
        "id": rating.pk, "number": rating.case.number, "cycle": rating.cycle,
        "grade": rating.grade, "why": rating.why, "given_at": rating.given_at,
        "counts": rating.counts, "is_left_out": rating.excluded_at is not None,
        "reviews": [
            {"since": one.since, "because": one.because, "until": one.until,
             "until_because": one.until_because}
            for one in reviews
        ],
    }  # fmt: skip
