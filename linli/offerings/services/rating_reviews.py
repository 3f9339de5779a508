"""A rating that looks mistaken or malicious is reviewed: who calls back asks, the place above decides (10.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.permits import REVIEW_RATINGS
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import STAFF, Actor, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import VisitRating
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.queries.rating_reviews import get_rating
from linli.trail.services import record

MOST_SIGNS = 300
DECIDED = ("review", "review_reason", "reviewed_at", "counts", "counts_from", "contact")


@transaction.atomic
def ask_review(rating: VisitRating, reason: str, *, actor: Actor, now: datetime) -> VisitRating:
    """Ask that a bad rating is reviewed, also after the call; it counts until somebody else decided.

    Refuses with NotAllowed, NotFound, WrongState, Invalid.
    """
    rating = VisitRating.objects.select_for_update().get(pk=get_rating(actor, rating.pk).pk)
    require(actor, permits.CALL_BACK, at=rating.path)
    if rating.review_asked_at is not None:
        raise WrongState(move="ask for a review", state="asked")
    rating.review_asked = _words(reason)
    rating.review_asked_at, rating.review_asked_by = now, actor.account_id
    rating.save(update_fields=["review_asked", "review_asked_at", "review_asked_by"])
    record("offerings.review_asked", on=rating, actor=actor, now=now, place=rating.path)
    return rating


@transaction.atomic
def decide_review(
    rating: VisitRating, *, is_excluded: bool, reason: str, actor: Actor, now: datetime
) -> VisitRating:
    """Leave a rating out of the figures, or let it count, with the reason. Never by whoever asked.

    Refuses with NotAllowed, WrongState where nobody asked or it was decided, Invalid.
    """
    rating = VisitRating.objects.select_for_update().get(pk=rating.pk)
    require(actor, REVIEW_RATINGS, at=queries.place_above(rating.path), level=STAFF)
    if rating.review_asked_at is None or rating.reviewed_at is not None:
        raise WrongState(move="decide", state=rating.review)
    if actor.account_id is not None and actor.account_id == rating.review_asked_by:
        raise NotAllowed(permit=REVIEW_RATINGS.name, at=rating.path)
    rating.review_reason = _words(reason)
    rating.review, rating.reviewed_at = "excluded" if is_excluded else "kept", now
    if is_excluded:
        rating.counts, rating.counts_from = False, None
        rating.contact = None  # it was left for a call that nobody makes any more
    rating.save(update_fields=list(DECIDED))
    record("offerings.rating_reviewed", on=rating, actor=actor, now=now, place=rating.path, review=rating.review)  # fmt: skip
    return rating


def _words(reason: str) -> str:
    words = clean_text(reason).strip()
    if not words or len(words) > MOST_SIGNS:
        raise Invalid({"reason": [_("Say why in one to %(most)s characters.") % {"most": MOST_SIGNS}]})  # fmt: skip
    return words
