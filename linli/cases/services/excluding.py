"""A mistaken or malicious rating is left out of the figures after review, and taken in again (10.3).

The place above decides, never who handled the matter; each decision is dated, named and chained, and
figures show how many are left out.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.deciding import hand_of
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import AlreadyDecided, CountsAnyway, HandledItself, NotCounted
from linli.cases.models import Rating, RatingReview
from linli.cases.queries.sampling import handled
from linli.cases.rules.rating import place_above
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Given, Held
from linli.cases.types.shapes import Hand
from linli.kernel.errors import NotFound
from linli.kernel.permits import STAFF, Actor, require
from linli.kernel.sealing import commit

REVIEWED = "review_rating"
MOST_SIGNS = 300


@transaction.atomic
def exclude_rating(rating_id: int, *, reason: str, actor: Actor, now: datetime) -> Rating:
    """Leave a rating out of the figures from now on.

    Refuses with NotFound, NotAllowed, HandledItself, NotCounted, AlreadyDecided, Missing.
    """
    rating, why = _held(rating_id, actor), clean(reason, field="reason", most=MOST_SIGNS)
    if not rating.counts:
        raise NotCounted()
    if rating.excluded_at is not None:
        raise AlreadyDecided()
    hand = _reviewer(rating, actor)
    nonce = _chain(rating, why, actor, hand, now, excluded=True)
    RatingReview.objects.create(
        rating=rating, since=now, because=why, post_id=hand.post_id,
        account_id=hand.account_id, nonce=nonce,
    )  # fmt: skip
    rating.excluded_at, rating.excluded_because = now, why
    rating.save(update_fields=["excluded_at", "excluded_because"])
    return rating


@transaction.atomic
def include_rating(rating_id: int, *, reason: str, actor: Actor, now: datetime) -> Rating:
    """Count a rating again that was left out; when it was left out stays on record.

    Refuses with NotFound, NotAllowed, HandledItself, CountsAnyway, Missing.
    """
    rating, why = _held(rating_id, actor), clean(reason, field="reason", most=MOST_SIGNS)
    if rating.excluded_at is None:
        raise CountsAnyway()
    hand = _reviewer(rating, actor)
    nonce = _chain(rating, why, actor, hand, now, excluded=False)
    RatingReview.objects.filter(rating=rating, until__isnull=True).update(
        until=now, until_because=why, until_post_id=hand.post_id,
        until_account_id=hand.account_id, until_nonce=nonce,
    )  # fmt: skip
    rating.excluded_at, rating.excluded_because = None, ""
    rating.save(update_fields=["excluded_at", "excluded_because"])
    return rating


def _held(rating_id: int, actor: Actor) -> Rating:
    found = Rating.objects.select_for_update(of=("self",)).select_related("case")
    rating = found.filter(pk=rating_id).first()
    if rating is None:
        raise NotFound()
    require(actor, permits.REVIEW_RATINGS, at=place_above(rating.case.path), level=STAFF)
    if handled(actor, rating.case):
        raise HandledItself()
    return rating


def _reviewer(rating: Rating, actor: Actor) -> Hand:
    """She acts in the post that gives the right above, never in one that has the case."""
    return hand_of(actor, place_above(rating.case.path))


def _chain(
    rating: Rating, why: str, actor: Actor, hand: Hand, now: datetime, *, excluded: bool
) -> bytes:
    nonce, committed = commit({"reason": why, "excluded": excluded})

    def build(held: Held, kind: CaseKind) -> Given:
        return Given(facts={"review": committed.hex(), "of_cycle": rating.cycle})

    wish = At(rating.case_id).wish(REVIEWED)
    perform_step(wish, build, permit=None, actor=actor, now=now, hand=hand)
    return nonce
