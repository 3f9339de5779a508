"""Rows with their heads filled in, not saved yet; and a post, locked."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from linli.kernel.locks import hold
from linli.kernel.seats import PostShape
from linli.orgs.models.posts import Post, PostHolding
from linli.orgs.models.register import Organisation, OrgKind
from linli.orgs.types import Appointment, PostDetails

if TYPE_CHECKING:
    from linli.places.models import Place


def new_organisation(place: Place, kind: OrgKind, *, code: str, **more: Any) -> Organisation:
    """Return an organisation at a place."""
    return Organisation(
        code=code,
        kind=kind,
        level=kind.level,
        rank=kind.rank,
        place=place,
        path=place.path,
        city_id=place.city_id or place.pk,
        town_id=place.town_id,
        village_id=place.village_id,
        is_invented=place.is_invented,
        **more,
    )


def post_columns(details: PostDetails) -> dict[str, Any]:
    """Return what a post is, by the names of its columns."""
    columns = asdict(details)
    columns["kind_id"] = columns.pop("kind")
    return columns


def new_post(organisation: Organisation, details: PostDetails) -> Post:
    """Return a post of an organisation."""
    return Post(organisation=organisation, path=organisation.path, **post_columns(details))


def shape_of(post: Post) -> PostShape:
    """Return what of a post decides on rights."""
    return PostShape(post.path, post.kind_id, post.above_id, post.deputy_id, post.pk)


def new_holding(post: Post, appointment: Appointment) -> PostHolding:
    """Return a holding of a post; the post comes with its organisation."""
    return PostHolding(
        post=post,
        rank=post.rank,
        is_only_seat=post.seats == 1,
        **located(post.organisation),
        **asdict(appointment),
    )


def located(organisation: Organisation) -> dict[str, Any]:
    """Return the heads that rows of an organisation carry."""
    return {
        "path": organisation.path,
        "city_id": organisation.city_id,
        "town_id": organisation.town_id,
        "village_id": organisation.village_id,
    }


def locked_post(post_id: int) -> Post:
    """Return a post as it is now; who else closes it, or the body, or appoints to it, waits."""
    hold("orgs.posts", Post.objects.values_list("organisation_id", flat=True).get(pk=post_id))
    return Post.objects.select_related("organisation").get(pk=post_id)
