"""Who may close a body or a post, and who still holds the posts of one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.permits import PROTECTED, Actor
from linli.orgs import permits
from linli.orgs.errors import ClosedFromAbove, FoundedByLaw, PostsStillHeld
from linli.orgs.models import Organisation, Post, PostHolding
from linli.orgs.queries.naming import called
from linli.orgs.queries.posts import visible_posts
from linli.orgs.rules.closing import is_below, is_closed_from_above, is_founded_by_law
from linli.ui.formats import listed
from linli.ui.jinja import named

# so many holders are named in a refusal
NAMED = 5


def may_close(actor: Actor, organisation: Organisation, post: Post | None = None) -> bool:
    """Say whether an actor may close a body, or a post in it, and open the post again."""
    at = post.path if post else organisation.path
    keeps = actor.may(permits.keeper_of(organisation.level), at=at)
    return keeps and _stands_above(actor, organisation, post)


def require_above(actor: Actor, organisation: Organisation, post: Post | None = None) -> None:
    """Of what leads or checks others, or stands by law, let in only who records holders from above.

    Refuses with ClosedFromAbove.
    """
    if not _stands_above(actor, organisation, post):
        _refuse(organisation, post)


def require_merger(actor: Actor, organisation: Organisation, into: Organisation | None) -> None:
    """Whoever closes what stands by law as it came together with another names that one. Refuses with ClosedFromAbove."""
    is_free = stands_over(actor, organisation) or not is_founded_by_law(organisation.kind_id)
    named = into is not None and _twins(organisation).filter(pk=into.pk).exists()
    if not (is_free or named or _has_ended(organisation)):
        _refuse(organisation, None)


def require_vacant(actor: Actor, organisation: Organisation, on: date) -> None:
    """Refuse with PostsStillHeld a body whose posts are held on a day; names the first that the actor sees."""
    held = PostHolding.objects.filter(post__organisation=organisation).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    if count := held.values("post_id").distinct().count():
        posts = _holders(actor, held)
        name = called(organisation, on)
        raise PostsStillHeld(count=count, name=name, posts=posts, move="close", state="")


def _holders(actor: Actor, held: QuerySet[PostHolding]) -> str:
    """Name posts and who holds them, as far as the actor sees these posts."""
    seen = held.filter(post__in=visible_posts(actor)).select_related("post")
    rows = list(seen.order_by("post__rank", "post_id", "pk")[:NAMED])
    if not rows:
        return _("these posts are not shown to everybody")
    posts = listed(f"{named(one.post)} {one.holder_name}" for one in rows)
    return posts + ("…" if held.count() > len(rows) else "")


def stands_over(actor: Actor, organisation: Organisation) -> bool:
    """Say whether an actor records who holds posts at a place above that of a body."""
    given = actor.own_paths(permits.APPOINT)
    return actor.is_system or any(is_below(path, organisation.path) for path in given)


def _stands_above(actor: Actor, organisation: Organisation, post: Post | None) -> bool:
    kind = organisation.kind
    # Party organisations of level 6 are kept by the Party's own posts alone
    if organisation.level >= PROTECTED or stands_over(actor, organisation):
        return True
    if post is None and is_founded_by_law(kind.code):
        return _has_ended(organisation) or _may_merge(actor, organisation)
    return not is_closed_from_above(kind.family, kind.code, *_ending(organisation, post))


def _has_ended(organisation: Organisation) -> bool:
    return organisation.place.valid_to is not None


def _may_merge(actor: Actor, organisation: Organisation) -> bool:
    """Say whether a body came together with another of its kind, and the actor keeps the register from above."""
    keeps = actor.own_paths(permits.EDIT)
    is_over = any(is_below(path, organisation.path) for path in keeps)
    return is_over and _twins(organisation).exists()


def _twins(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the other open bodies of the kind at its place: of one a place there are two after a merger alone."""
    alike = Organisation.objects.filter(place=organisation.place_id, kind=organisation.kind_id)
    return alike.filter(closed_on__isnull=True).exclude(pk=organisation.pk)


def _refuse(organisation: Organisation, post: Post | None) -> None:
    by_law = post is None and is_founded_by_law(organisation.kind_id)
    refusal = FoundedByLaw if by_law else ClosedFromAbove
    raise refusal(permit=permits.APPOINT.name, at=organisation.path)


def _ending(organisation: Organisation, post: Post | None) -> list[str]:
    """The kinds of the posts that would be closed: a body takes its own along."""
    if post is not None:
        return [post.kind_id]
    return list(organisation.posts.filter(closed_on__isnull=True).values_list("kind_id", flat=True))
