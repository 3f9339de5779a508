"""A post that was closed by mistake is opened again: it is the same post, with what the trail says of both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.kernel.seats import POST_SHAPED, PostShape
from linli.orgs import permits
from linli.orgs.errors import NameTaken, PostOpen, PostStaysClosed
from linli.orgs.models import Organisation, Post
from linli.orgs.models.rows import locked_post, shape_of
from linli.orgs.queries.acting import was_left
from linli.orgs.queries.closing import require_above, stands_over
from linli.orgs.queries.naming import called
from linli.trail.services import record


@transaction.atomic
def reopen_post(post: Post, *, reason: str, actor: Actor, now: datetime) -> Post:
    """Open a closed post again with its title, kind and seats, vacant from today on; whoever may close it may.

    What was given on when it closed stays there. What falls to others again by it is looked at as if it
    were new; a kind that checks others takes who stands above, or who gives rights.
    Refuses with NotAllowed, ClosedFromAbove, PostOpen, PostStaysClosed, NameTaken, Invalid;
    NotForYourself, DutiesClash of access.
    """
    post = locked_post(post.pk)
    body = post.organisation
    require(actor, permits.keeper_of(body.level), at=post.path)
    require_above(actor, body, post)
    _check(post, body, now)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why.")]})
    _check_rights(post, actor, now)
    was, post.closed_on = post.closed_on, None
    post.edition += 1
    post.save(update_fields=["closed_on", "edition"])
    record(
        "orgs.post_reopened", on=post, actor=actor, now=now, place=post.path, level=body.level,
        closed_on=was and was.isoformat(), reason=reason.strip(),
    )  # fmt: skip
    return post


def _check(post: Post, body: Organisation, now: datetime) -> None:
    if post.closed_on is None:
        raise PostOpen(title=post.title, move="reopen", state="open")
    if body.closed_on:
        name = called(body, localdate(now))
        raise PostStaysClosed(title=post.title, name=name, move="reopen", state="closed")
    if body.posts.filter(title=post.title, closed_on__isnull=True).exists():
        raise NameTaken(title=post.title, move="reopen", state="closed")


def _check_rights(post: Post, actor: Actor, now: datetime) -> None:
    """Nobody brings back what falls to herself, nor beside it a post that checks her."""
    shape = shape_of(post)
    if was_left(post.pk, localdate(now)):
        fell_to_nobody = PostShape(post.path, post.kind_id, post_id=post.pk)
        POST_SHAPED.call(fell_to_nobody, shape, actor=actor, now=now)
    checks_others = POST_SHAPED.call(None, shape, actor=actor, now=now)
    if checks_others and not stands_over(actor, post.organisation):
        require(actor, permits.kinds_of(post.organisation.level), at=post.path)
