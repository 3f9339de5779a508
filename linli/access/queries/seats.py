"""What a change of a post, or of who holds it, does to rights (kernel.seats)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from linli.access.errors import NotForYourself
from linli.access.models import Account
from linli.access.queries.duties import (
    check_duties,
    clash_of,
    rights_by_post,
    templates_of_post,
)
from linli.access.queries.posts import accounts_holding, posts_by_id
from linli.access.rules import STAND_ALONE, deputy_clash
from linli.access.states import AccountKind, AccountState
from linli.access.templates_of_rights import TEMPLATES
from linli.kernel.permits import Actor
from linli.kernel.seats import PostShape, Seat
from linli.orgs.queries.acting import posts_that_fall_to, was_left
from linli.people.queries import entries_of

WAYS = ("deputy_id", "above_id")


def post_shaped(before: PostShape | None, after: PostShape, *, actor: Actor, now: datetime) -> bool:
    """Say whether a change of a post gives or takes rights, so that it is not the register's alone.

    Refuses with NotForYourself, DutiesClash.
    """
    brings = rights_by_post(after.post_id, after.kind, after.path, now=now)
    had = rights_by_post(before.post_id, before.kind, before.path, now=now) if before else set()
    falls = [_falls(way, brings, had, before, after, actor, now) for way in WAYS]
    if before is None:
        # nobody holds it yet: whoever appoints decides on work, and not on who checks it
        return bool(brings & STAND_ALONE) or any(falls)
    if before.kind != after.kind and had != brings:
        _check_holders(before, brings - had, actor, now)
        _check_what_comes(before.post_id or 0, brings, now)
        return True
    return any(falls)


def _check_holders(post: PostShape, gained: set[str], actor: Actor, now: datetime) -> None:
    if _is_own(post.post_id, actor, localdate(now)):
        raise NotForYourself()
    for account_id in accounts_holding(post.post_id, "", post.path, on=localdate(now)):
        check_duties(account_id, gained, now=now)


def _check_what_comes(post_id: int, has: set[str], now: datetime) -> None:
    """Look at the posts that fall to one of another kind when they are vacant. Refuses with DutiesClash."""
    for post in posts_that_fall_to(post_id):
        _check_apart(rights_by_post(post.pk, post.kind_id, post.path, now=now), has)


def _falls(
    way: str, brings: set[str], had: set[str], before: PostShape | None, after: PostShape,
    actor: Actor, now: datetime,
) -> bool:  # fmt: skip
    """Say whether rights of a vacant post fall to another one from now on: all, or those of a new kind."""
    to_id, on = getattr(after, way), localdate(now)
    is_as_before = before is not None and getattr(before, way) == to_id
    brings = brings - had if is_as_before else brings
    if to_id is None or (is_as_before and not brings):
        return False
    to = posts_by_id({to_id}, on=on).get(to_id)
    if to is None:
        return False
    theirs = rights_by_post(to.id, to.kind, to.path, now=now)
    _check_apart(brings, theirs)
    gained = brings - theirs
    # whoever leads an office makes posts below her own; all else would be for herself
    is_below = before is None and way == "above_id"
    if gained and not is_below and _is_own(to_id, actor, on):
        raise NotForYourself()
    return bool(gained) and before is not None and was_left(before.post_id or 0, on)


def _check_apart(brings: set[str], theirs: set[str]) -> None:
    """Who supervises or runs the system takes over no other work, and nobody hers (VE-84, RC-26)."""
    for new in sorted(brings & set(TEMPLATES)):
        other = deputy_clash(theirs, new)
        if other is not None:
            raise clash_of(other, new)


def _is_own(post_id: int | None, actor: Actor, on: date) -> bool:
    """Say whether a post is the actor's, also where she chose another for her session."""
    return post_id in actor.posts or actor.account_id in accounts_holding(post_id, "", "", on=on)


def post_has_rights(shape: PostShape, *, now: datetime) -> bool:
    """Say whether whoever holds a post has rights by it or by its kind."""
    return bool(rights_by_post(shape.post_id, shape.kind, shape.path, now=now))


def seat_taken(seat: Seat, *, actor: Actor, now: datetime) -> bool:
    """Look at who is to hold a post, and say whether she is shut out.

    Refuses with NotForYourself, DutiesClash.
    """
    entries = entries_of(seat.person_id)
    accounts = _accounts_of(entries) | ({seat.account_id} if seat.account_id else set())
    if actor.account_id in accounts or actor.person_id in entries:
        raise NotForYourself()
    post = posts_by_id({seat.post_id}, on=localdate(now)).get(seat.post_id)
    given = templates_of_post(post, now=now) if post and accounts else set()
    for account_id in accounts:
        check_duties(account_id, given, now=now)
    return _all_closed(accounts)


def is_shut_out(account_id: int | None, person_id: int | None) -> bool:
    """Say whether all accounts that stand for the holder of a post are closed.

    Then its work falls to others, as that of a vacant post. Who has no account holds it on paper.
    """
    return _all_closed(
        _accounts_of(entries_of(person_id)) | ({account_id} if account_id else set())
    )


def _all_closed(accounts: set[int]) -> bool:
    opening = Account.objects.filter(pk__in=accounts).exclude(state=AccountState.DISABLED)
    return bool(accounts) and not opening.exists()


def _accounts_of(entries: list[int]) -> set[int]:
    found = Account.objects.filter(person_id__in=entries, kind=AccountKind.STAFF)
    return set(found.values_list("pk", flat=True))
