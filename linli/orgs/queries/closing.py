"""Who may close a body or a post."""

from __future__ import annotations

from linli.kernel.permits import PROTECTED, Actor
from linli.orgs import permits
from linli.orgs.errors import ClosedFromAbove
from linli.orgs.models import Organisation, Post
from linli.orgs.rules.closing import is_below, is_closed_from_above


def may_close(actor: Actor, organisation: Organisation, post: Post | None = None) -> bool:
    """Say whether an actor may close a body, or a post in it."""
    at = post.path if post else organisation.path
    keeps = actor.may(permits.keeper_of(organisation.level), at=at)
    return keeps and _stands_above(actor, organisation, post)


def require_above(actor: Actor, organisation: Organisation, post: Post | None = None) -> None:
    """Of what leads or checks others let in only who records holders from above. Refuses with ClosedFromAbove."""
    if not _stands_above(actor, organisation, post):
        raise ClosedFromAbove(permit=permits.APPOINT.name, at=organisation.path)


def _stands_above(actor: Actor, organisation: Organisation, post: Post | None) -> bool:
    kind = organisation.kind
    # Party organisations of level 6 are kept by the Party's own posts alone
    if actor.is_system or organisation.level >= PROTECTED:
        return True
    if not is_closed_from_above(kind.family, kind.code, *_ending(organisation, post)):
        return True
    given = actor.own_paths(permits.APPOINT)
    return any(is_below(path, organisation.path) for path in given)


def _ending(organisation: Organisation, post: Post | None) -> list[str]:
    """The kinds of the posts that would be closed: a body takes its own along."""
    if post is not None:
        return [post.kind_id]
    return list(organisation.posts.filter(closed_on__isnull=True).values_list("kind_id", flat=True))
