"""Ratings for who reviews them: those of the places below her own, never of what her post handled."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.cases import permits
from linli.cases.models import Case, Rating, RatingReview
from linli.cases.queries.handling import worked_on
from linli.cases.queries.public import NEVER_SHOWN
from linli.cases.queries.reading import not_about
from linli.cases.rules.rating import place_above
from linli.cases.types.rating import BAD, Shown
from linli.kernel.errors import NotFound
from linli.kernel.paging import DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import STAFF, Actor

NEWEST = Keyset("given", ("-given_at", "-pk"))


def reviewable(actor: Actor) -> QuerySet[Rating]:
    """Ratings that the actor may leave out of the figures: a village's own posts never their own."""
    found = Rating.objects.filter(case__level__lte=STAFF).exclude(case__matter__in=NEVER_SHOWN)
    found = found.select_related("case", "case__category")
    if actor.is_system:
        return found
    mine = Q(pk__in=[])
    for path in actor.paths(permits.REVIEW_RATINGS):
        # of the city everybody's, of a town those of its villages, of a village nobody's
        depth = path.rstrip("/").count("/")
        if depth == 0:
            mine |= Q(case__path__startswith=path)
        elif depth == 1:
            mine |= Q(case__path__startswith=path, case__village_id__gt=0)
    return found.filter(mine & ~worked_on(actor) & not_about(actor, "case__"))


def list_ratings(
    actor: Actor,
    shown: Shown = Shown.ALL,
    narrowed: Q = Q(),
    *,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Rating]:
    """Return a page of ratings, the newest first. Refuses with Invalid."""
    return page_of(shown_ratings(actor, shown, narrowed), NEWEST, cursor=cursor, limit=limit)


def shown_ratings(actor: Actor, shown: Shown, narrowed: Q = Q()) -> QuerySet[Rating]:
    """Ratings that the actor may review, all or some, the newest first."""
    found = reviewable(actor).filter(narrowed)
    if shown is Shown.BAD:
        found = found.filter(grade__lte=BAD)
    elif shown is Shown.EXCLUDED:
        found = found.filter(excluded_at__isnull=False)
    return found.order_by(*NEWEST.columns)


def get_rating(actor: Actor, rating_id: int) -> Rating:
    """Return one rating for review. Refuses with NotFound."""
    found = reviewable(actor).filter(pk=rating_id).first()
    if found is None:
        raise NotFound()
    return found


def reviews_of(rating_ids: list[int]) -> dict[int, list[RatingReview]]:
    """Return what was decided on ratings, in the order of time."""
    found: dict[int, list[RatingReview]] = {}
    for row in RatingReview.objects.filter(rating_id__in=rating_ids).order_by("pk"):
        found.setdefault(row.rating_id, []).append(row)
    return found


def may_review(actor: Actor, case: Case) -> bool:
    """Say whether the actor holds the permit at the place above the one that has the case."""
    return actor.may(permits.REVIEW_RATINGS, at=place_above(case.path), level=STAFF)
