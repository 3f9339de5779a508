"""Bad ratings of visits over the API: those to be called, reviewed, called before, and what is done with each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.forms.visit_ratings import RatingCaseForm, ReviewForm, VisitCallForm
from linli.offerings.queries import rating_reviews as reviews
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.services import rating_cases, rating_reviews
from linli.offerings.services import visit_ratings as services

if TYPE_CHECKING:
    from linli.offerings.models import VisitRating

router = Router()
Move = Literal["number", "call", "case", "ask-review", "keep", "exclude"]


class RatingCallsIn(PagedIn):
    """`view` is nothing for those to be called, review for reviews to decide, called for those called before."""

    view: str = ""


class RatingReviewOut(Schema):
    """A review that was asked for and why; `outcome` is kept or excluded with its reason, nothing until decided."""

    asked_at: datetime
    asked: str
    outcome: str
    reason: str
    decided_at: datetime | None


class RatingCallOut(Schema):
    """A bad rating: `why` are keys of what was bad; `case` is the number of what it became.

    `waits` for a call of the caller; `may_decide` the caller's review; `phone` is told by the move number alone.
    """

    id: int
    centre: str
    place: str
    grade: int
    why: list[str]
    given_at: datetime
    due_at: datetime
    called_at: datetime | None
    reached: str
    note: str
    counts: bool
    case: str
    review: RatingReviewOut | None
    waits: bool
    may_decide: bool
    phone: str = ""


class RatingCallLineOut(Schema):
    """A bad rating as its list shows it."""

    id: int
    centre: str
    place: str
    grade: int
    why: list[str]
    given_at: datetime
    due_at: datetime
    called_at: datetime | None
    reached: str
    review: str
    case: str


class RatingCallsOut(Schema):
    count: int
    items: list[RatingCallLineOut]
    next: str | None


class RatingMoveIn(Schema):
    """What goes with a move: `reached` (yes, no, declined, no_number) and `note` with call, `text` with case, `reason` with
    ask-review, keep and exclude."""

    reached: str = ""
    note: str = ""
    text: str = ""
    reason: str = ""


@router.get("/visit-ratings/", response=RatingCallsOut)
def list_rating_calls(request: Request, asked: Query[RatingCallsIn]) -> dict[str, Any]:
    """Bad ratings of visits by where they stand, those due first."""
    reviews.require_ratings(request.actor)
    of, sort = reviews.VIEWS[one_of("view", asked.view, reviews.VIEWS)]
    return paged(
        of(request.actor).select_related("case", "centre__organisation"), sort, asked, _line
    )


@router.get("/visit-ratings/{int:rating_id}/", response=RatingCallOut)
def get_rating_call(request: Request, rating_id: int) -> dict[str, Any]:
    """One bad rating with its call, its review and what it became."""
    return _rating(request, rating_id)


@router.post("/visit-ratings/{int:rating_id}/{move}", response=RatingCallOut)
def move_rating_call(
    request: Request, rating_id: int, move: Move, given: RatingMoveIn
) -> dict[str, Any]:
    """Read the number (recorded), note a call, make it a case, ask for a review, or decide on one."""
    found = reviews.get_rating(request.actor, rating_id)
    told = MOVES[move](found, given.dict(), {"actor": request.actor, "now": timezone.now()})
    return {**_rating(request, rating_id), "phone": told if move == "number" else ""}


def _call(rating: VisitRating, given: dict[str, str], by: dict[str, Any]) -> Any:
    said = VisitCallForm(given).accepted()
    return services.record_visit_call(rating, said["reached"], said["note"], **by)


def _case(rating: VisitRating, given: dict[str, str], by: dict[str, Any]) -> Any:
    return rating_cases.make_case(rating, RatingCaseForm(given).accepted()["text"], **by)


def _reason(given: dict[str, str]) -> str:
    return str(ReviewForm(given).accepted()["reason"])


MOVES: dict[str, Callable[[VisitRating, dict[str, str], dict[str, Any]], Any]] = {
    "number": lambda rating, _given, by: services.number_to_call(rating, **by),
    "call": _call,
    "case": _case,
    "ask-review": lambda rating, given, by: rating_reviews.ask_review(rating, _reason(given), **by),
    "keep": lambda rating, given, by: rating_reviews.decide_review(
        rating, is_excluded=False, reason=_reason(given), **by
    ),
    "exclude": lambda rating, given, by: rating_reviews.decide_review(
        rating, is_excluded=True, reason=_reason(given), **by
    ),
}


def _line(one: VisitRating) -> dict[str, Any]:
    columns = ("grade", "why", "given_at", "called_at", "reached")
    return {
        **plain(one, *columns), "id": one.pk, "centre": one.centre.organisation.code, "place": code_of(one.path),
        "due_at": one.call_due_at, "case": one.case.number if one.case else "",
        "review": one.review or ("asked" if one.review_asked_at else ""),
    }  # fmt: skip


def _rating(request: Request, rating_id: int) -> dict[str, Any]:
    one = reviews.get_rating(request.actor, rating_id)
    review = {
        "asked_at": one.review_asked_at, "asked": one.review_asked, "outcome": one.review,
        "reason": one.review_reason, "decided_at": one.reviewed_at,
    }  # fmt: skip
    return {
        **_line(one), **plain(one, "note", "counts"), "review": review if one.review_asked_at else None,
        "waits": reviews.waits_for_call(request.actor, one),
        "may_decide": queries.may_review(request.actor, one),
    }  # fmt: skip
