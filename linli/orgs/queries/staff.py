"""Reads on staff: the list, certificates, hours of training. Nothing here ranks anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from linli.kernel.errors import NotFound
from linli.kernel.paging import DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import PUBLIC, Actor, require
from linli.orgs import permits
from linli.orgs.models import Certificate, PostHolding, TrainingHours
from linli.orgs.queries.register import inside, inside_any
from linli.orgs.types import SOCIAL_WORK

BY_PLACE = Keyset("place", ("path", "rank", "pk"))
LATEST = Keyset("latest", ("-pk",))


@dataclass(frozen=True, slots=True)
class StaffWanted:
    """Which holdings the staff list shows."""

    path: str
    words: str = ""
    came_by: str = ""
    post_kind: str = ""
    with_former: bool = False


def staff_holdings(actor: Actor, wanted: StaffWanted, *, on: date) -> QuerySet[PostHolding]:
    """Holdings of posts at a place and below, in the order of places. Refuses with NotAllowed.

    Posts of Party organisations are not on it: they are level 6.
    """
    require(actor, permits.STAFF_LIST, at=wanted.path)
    found = PostHolding.objects.filter(
        inside(wanted.path), post__organisation__level=PUBLIC, since__lte=on
    )
    if not wanted.with_former:
        found = found.filter(Q(until__isnull=True) | Q(until__gt=on))
    if wanted.words:
        found = found.filter(
            Q(holder_name__icontains=wanted.words) | Q(post__title__icontains=wanted.words)
        )
    if wanted.came_by:
        found = found.filter(came_by=wanted.came_by)
    if wanted.post_kind:
        found = found.filter(post__kind_id=wanted.post_kind)
    return found.select_related("post", "post__organisation", "post__organisation__place")


def staff_page(
    actor: Actor,
    wanted: StaffWanted,
    *,
    on: date,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[PostHolding]:
    """Return one page of the staff list. Refuses with NotAllowed."""
    return page_of(staff_holdings(actor, wanted, on=on), BY_PLACE, cursor=cursor, limit=limit)


def certificates(
    actor: Actor, path: str, *, on: date, social_work_only: bool = False
) -> QuerySet[Certificate]:
    """Certificates that are valid on a day at a place and below. Refuses with NotAllowed."""
    require(actor, permits.STAFF_LIST, at=path)
    found = valid_certificates(path, on)
    if social_work_only:
        found = found.filter(kind__in=[kind.value for kind in SOCIAL_WORK])
    return found.select_related("organisation", "organisation__place")


def valid_certificates(path: str, on: date) -> QuerySet[Certificate]:
    """Certificates that count on a day, for those who already asked for the permit."""
    return Certificate.objects.filter(inside(path), issued_on__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on), Q(removed_on__isnull=True) | Q(removed_on__gt=on)
    )


def get_certificate(actor: Actor, certificate_id: int) -> Certificate:
    """Return one certificate. Refuses with NotFound."""
    found = Certificate.objects.filter(pk=certificate_id)
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.STAFF_LIST)))
    certificate = found.first()
    if certificate is None:
        raise NotFound(id=certificate_id)
    return certificate


def training(actor: Actor, path: str, *, year: int) -> QuerySet[TrainingHours]:
    """Entries of training of a year, the latest first. Refuses with NotAllowed."""
    require(actor, permits.STAFF_LIST, at=path)
    return TrainingHours.objects.filter(inside(path), year=year).select_related("organisation")


def training_by_subject(actor: Actor, path: str, *, year: int) -> list[tuple[str, int]]:
    """Return (subject, half hours) of a year, by subject. Refuses with NotAllowed."""
    found = training(actor, path, year=year).order_by().values("subject")
    sums = found.annotate(total=Sum("half_hours")).order_by("subject")
    return [(row["subject"], row["total"]) for row in sums]
