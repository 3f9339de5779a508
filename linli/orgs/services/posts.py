"""Posts are made, changed and closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.seats import POST_SHAPED, PostShape
from linli.orgs import permits
from linli.orgs.errors import OrganisationClosed, PostStillHeld, SeatsFull
from linli.orgs.events import PostsClosed
from linli.orgs.models import Organisation, Post, PostHolding, PostKind
from linli.orgs.models.rows import locked_post, new_post, post_columns, shape_of
from linli.orgs.queries.closing import require_above
from linli.orgs.queries.naming import called
from linli.orgs.rules.register import makes_circle
from linli.orgs.types import PostDetails
from linli.trail.services import record

# the columns of a post that decide on rights
SHAPE = {"kind_id", "above_id", "deputy_id"}


@transaction.atomic
def add_post(
    organisation: Organisation, details: PostDetails, *, actor: Actor, now: datetime
) -> Post:
    """Make a post in an organisation. One of a kind that checks others takes who gives rights.

    Refuses with NotAllowed, Invalid, OrganisationClosed; NotForYourself, DutiesClash of access.
    """
    hold("orgs.posts", organisation.pk)
    organisation = Organisation.objects.get(pk=organisation.pk)
    permits.require_shaper(actor, organisation.level, at=organisation.path)
    if organisation.closed_on:
        raise OrganisationClosed(
            name=called(organisation, localdate(now)), move="add_post", state="closed"
        )
    _check(organisation, None, details)
    post = new_post(organisation, details)
    gives = POST_SHAPED.call(None, shape_of(post), actor=actor, now=now)
    require(actor, permits.shaper_of(organisation.level, gives=gives), at=organisation.path)
    post.save()
    _record("orgs.post_added", post, actor, now, kind=details.kind)
    return post


@transaction.atomic
def change_post(
    post: Post, details: PostDetails, *, edition: int, actor: Actor, now: datetime
) -> Post:
    """Change what a post is: its title, duties, phone, seats, who stands above or in for it.

    What thereby gives or takes rights is for who gives rights, and for nobody's own post. A post that
    leads or checks others becomes another kind from above alone: as that it could be closed beside them.
    Refuses with NotAllowed, ClosedFromAbove, Stale, Invalid, SeatsFull; NotForYourself, DutiesClash of access.
    """
    post = locked_post(post.pk)
    permits.require_shaper(actor, post.organisation.level, at=post.path)
    if post.edition != edition:
        raise Stale(move="save", state="")
    if details.kind != post.kind_id:
        require_above(actor, post.organisation, post)
    _check(post.organisation, post, details)
    _check_seats(post, details.seats)
    before, was = shape_of(post), {name: getattr(post, name) for name in post_columns(details)}
    for name, value in post_columns(details).items():
        setattr(post, name, value)
    changed = {name for name in was if was[name] != getattr(post, name)}
    _require_for(changed, before, post, actor, now)
    post.edition += 1
    post.save()
    PostHolding.objects.filter(post=post, until__isnull=True).update(
        rank=post.rank, is_only_seat=post.seats == 1
    )
    told = {"was": before.kind, "kind": post.kind_id} if "kind_id" in changed else {}
    _record("orgs.post_changed", post, actor, now, changed=sorted(changed), **told)
    return post


def _require_for(
    changed: set[str], before: PostShape, post: Post, actor: Actor, now: datetime
) -> None:
    gives = POST_SHAPED.call(before, shape_of(post), actor=actor, now=now)
    if gives:
        require(actor, permits.kinds_of(post.organisation.level), at=post.path)
    if not gives or changed - SHAPE:
        require(actor, permits.keeper_of(post.organisation.level), at=post.path)


@transaction.atomic
def close_post(post: Post, *, on: date, actor: Actor, now: datetime) -> Post:
    """Close a post that nobody holds any more.

    Refuses with NotAllowed, ClosedFromAbove, OrganisationClosed, PostStillHeld.
    """
    post = locked_post(post.pk)
    require(actor, permits.keeper_of(post.organisation.level), at=post.path)
    require_above(actor, post.organisation, post)
    if post.closed_on:
        raise OrganisationClosed(name=post.title, move="close", state="closed")
    held = post.holdings.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("pk").first()
    if held is not None:
        raise PostStillHeld(holder=held.holder_name, title=post.title, move="close", state="held")
    post.closed_on = on
    post.edition += 1
    post.save(update_fields=["closed_on", "edition"])
    _record("orgs.post_closed", post, actor, now)
    publish(PostsClosed((post.pk,), on))
    return post


def _record(verb: str, post: Post, actor: Actor, now: datetime, **details: Any) -> None:
    level = post.organisation.level
    record(verb, on=post, actor=actor, now=now, place=post.path, level=level, **details)


def _check_seats(post: Post, seats: int | None) -> None:
    held = post.holdings.filter(until__isnull=True).count()
    if seats is not None and held > seats:
        raise SeatsFull(seats=seats, title=post.title, move="change", state="held")


def _check(organisation: Organisation, post: Post | None, details: PostDetails) -> None:
    faults: dict[str, list[str]] = {}
    if not details.title.strip():
        faults["title"] = [_("Give the title of the post.")]
    if not PostKind.objects.filter(pk=details.kind).exists():
        faults["kind"] = [_("Choose a kind of the list.")]
    same = Post.objects.filter(
        organisation=organisation, title=details.title, closed_on__isnull=True
    )
    if same.exclude(pk=post.pk if post else 0).exists():
        faults["title"] = [_("This organisation has a post of this title already.")]
    faults.update(_check_neighbours(organisation, post, details))
    if faults:
        raise Invalid(faults)


def _check_neighbours(
    organisation: Organisation, post: Post | None, details: PostDetails
) -> dict[str, list[str]]:
    """The deputy sits in the same organisation; the way up ends somewhere."""
    faults: dict[str, list[str]] = {}
    own = Post.objects.filter(organisation=organisation)
    if details.deputy_id and not own.filter(pk=details.deputy_id).exists():
        faults["deputy_id"] = [_("The deputy must be a post of the same organisation.")]
    if not details.above_id:
        return faults
    above = Post.objects.filter(pk=details.above_id).values_list("path", flat=True).first()
    if above is None or not organisation.path.startswith(above):
        # what is left vacant falls to the post above: never to one outside the place
        faults["above_id"] = [_("Choose a post of the same place or of the one above it.")]
    elif post is not None and makes_circle(post.pk, details.above_id, _ways_up(details.above_id)):
        faults["above_id"] = [_("That post stands below this one. Choose another.")]
    return faults


def _ways_up(post_id: int) -> dict[int, list[int]]:
    """Return the chain of posts above one; as long as chains are, a handful of steps."""
    found: dict[int, list[int]] = {}
    at: int | None = post_id
    while at is not None and at not in found:
        above = Post.objects.filter(pk=at).values_list("above_id", flat=True).first()
        found[at] = [above] if above else []
        at = above
    return found
