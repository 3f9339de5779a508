"""Which office answers after one has ended, and what was left with posts of bodies that ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.timezone import localdate

from linli.cases.queries.falling import falling
from linli.cases.queries.handling import parts_now
from linli.cases.queries.left_parts import LEFT, LeftPart, parts_of
from linli.cases.types.falling import Next, Rule
from linli.cases.types.words import LIVE
from linli.kernel.falling import Falling
from linli.kernel.permits import Actor
from linli.offerings.models import ApplicationPart, Item
from linli.offerings.types.applications import KIND
from linli.orgs import queries as orgs

OURS = "c.kind = %(kind)s AND "
LEFT_BEHIND = LEFT.format(which=OURS + "(o.closed_on <= %(on)s OR p.closed_on <= %(on)s)")
WITH_POST = LEFT.format(which=OURS + "p.id = %(post)s")
WITH_BODY = LEFT.format(which=OURS + "o.id = %(body)s")


def left_behind(on: date) -> Iterator[LeftPart]:
    """Yield parts of open applications that lie with posts that ended, alone or with their body."""
    return parts_of("offerings.left_behind", LEFT_BEHIND, {"kind": KIND, "on": on})


def parts_with(org_id: int) -> Iterator[LeftPart]:
    """Yield parts of open applications that lie with posts of a body."""
    return parts_of("offerings.parts_with", WITH_BODY, {"kind": KIND, "body": org_id})


def parts_with_post(post_id: int) -> Iterator[LeftPart]:
    """Yield parts of open applications that lie with a post."""
    return parts_of("offerings.parts_of_post", WITH_POST, {"kind": KIND, "post": post_id})


def parts_of_body(org_id: int) -> int:
    """Return how many parts of open applications lie with a body."""
    return sum(1 for _part in parts_with(org_id))


def parts_of_post(post_id: int) -> int:
    """Return how many parts of open applications lie with a post."""
    return sum(1 for _part in parts_with_post(post_id))


def items_of_body(org_id: int) -> int:
    """Return for how many items a body answers."""
    return Item.objects.filter(owner_id=org_id).count()


def office_after(org_id: int, on: date) -> int | None:
    """Return the body that does the work of another on a day: itself, or what took over; None without one."""
    bearer = orgs.bearer_of(org_id, on)
    return bearer if orgs.is_open(bearer, on) else None


def body_if_ended(post_id: int, on: date) -> int | None:
    """Return the body of a post if it has ended, else None."""
    return orgs.posts_of_ended([post_id], on).get(post_id)


def post_after(org_id: int, on: date, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (body, post) of who goes on with the work of a body that ended, without posts in `taken`.

    What only a post had that ended another of its body goes on with.
    """
    body = office_after(org_id, on)
    return post_in(body, on, taken) if body is not None else None


def post_in(body: int, on: date, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (body, post) of the first post of a body that somebody holds and that is not `taken`."""
    post = next((one for one in orgs.held_posts_of(body, on) if one not in taken), None)
    return (body, post) if post is not None else None


def posts_at_work(case_id: int) -> set[int]:
    """Return the posts that have a part of an application, or whose turn in it comes."""
    waiting = ApplicationPart.objects.filter(application_id=case_id, done_at=None)
    live = {part.post_id for part in parts_now(case_id) if part.state in LIVE}
    return live | set(waiting.values_list("post_id", flat=True))


def falls_of_post(actor: Actor, post_id: int, _successor: int | None) -> list[Falling]:
    """Tell what becomes of the parts of open applications that a post has, should it end today."""
    today = localdate()

    def to(part: LeftPart) -> Next:
        taken = posts_at_work(part.case_id) | {post_id}
        found = post_after(part.org_id, today, taken)
        rule = Rule.BODY if found and found[0] == part.org_id else Rule.SUCCESSOR
        return Next(rule, *found) if found else Next(Rule.NOBODY)

    return falling(actor, parts_with_post(post_id), to)


def falls_of_body(actor: Actor, org_id: int, successor: int | None) -> list[Falling]:
    """Tell what becomes of the parts of open applications that a body has, should it end today."""
    today = localdate()

    def to(part: LeftPart) -> Next:
        taken = posts_at_work(part.case_id)
        found = post_in(successor, today, taken) if successor is not None else None
        return Next(Rule.SUCCESSOR, *found) if found else Next(Rule.NOBODY)

    return falling(actor, parts_with(org_id), to)
