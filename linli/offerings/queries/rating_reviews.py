"""Bad ratings of visits by where they stand: to be called, to be reviewed, called before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from linli.cases.permits import REVIEW_RATINGS
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import STAFF, Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import VisitRating
from linli.offerings.queries.visit_ratings import calls_to_make


def require_ratings(actor: Actor) -> None:
    """Refuse with NotFound whoever neither calls back nor reviews anywhere."""
    if not actor.holds(permits.CALL_BACK, REVIEW_RATINGS):
        raise NotFound()


def visible_ratings(actor: Actor) -> QuerySet[VisitRating]:
    """Return bad ratings where the actor calls back, and those of places below where she reviews."""
    found = VisitRating.objects.filter(call_due_at__isnull=False)
    if not actor.is_system:
        found = found.filter(in_reach(actor, permits.CALL_BACK) | _reviewed_by(actor))
    return found.select_related("ticket", "visit", "ticket__visit", "case")


def to_review(actor: Actor) -> QuerySet[VisitRating]:
    """Return ratings whose review waits for the actor: of places below hers, never her own wish."""
    found = visible_ratings(actor).filter(review_asked_at__isnull=False, reviewed_at__isnull=True)
    if not actor.is_system:
        found = found.filter(_reviewed_by(actor))
    if actor.account_id is not None:
        found = found.exclude(review_asked_by=actor.account_id)
    return found.order_by("review_asked_at", "pk")


def called_before(actor: Actor) -> QuerySet[VisitRating]:
    """Return ratings that were called back or left out, the latest first."""
    found = visible_ratings(actor).filter(Q(called_at__isnull=False) | Q(review="excluded"))
    return found.order_by("-given_at", "-pk")


# what the list shows, and in which order
VIEWS: Mapping[str, tuple[Callable[[Actor], QuerySet[VisitRating]], Keyset]] = {
    "": (calls_to_make, Keyset("due", ("call_due_at", "pk"))),
    "review": (to_review, Keyset("asked", ("review_asked_at", "pk"))),
    "called": (called_before, Keyset("given", ("-given_at", "-pk"))),
}


def get_rating(actor: Actor, rating_id: int) -> VisitRating:
    """Return a bad rating, wherever it stands. Refuses with NotFound."""
    found = visible_ratings(actor).filter(pk=rating_id).first()
    if found is None:
        raise NotFound(id=rating_id)
    return found


def rating_of_case(actor: Actor, case_id: int) -> VisitRating | None:
    """Return the bad rating that became a case, if the actor sees ratings there."""
    return visible_ratings(actor).filter(case_id=case_id).first()


def waits_for_call(actor: Actor, rating: VisitRating) -> bool:
    """Say whether the actor is to call whoever gave a rating."""
    return calls_to_make(actor).filter(pk=rating.pk).exists()


def _reviewed_by(actor: Actor) -> Q:
    """Places below those where the actor reviews; above the city there is nobody, so it reviews its own."""
    reach = Q(pk__in=[])
    for path in actor.paths(REVIEW_RATINGS, level=STAFF):
        is_city = path.count("/") == 1
        reach |= Q(path__startswith=path) if is_city else Q(path__startswith=path) & ~Q(path=path)
    return reach
