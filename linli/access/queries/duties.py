"""Which templates somebody holds, whichever way, and that duties are kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.access import permits
from linli.access.errors import DutiesClash
from linli.access.models import Account, GivenRight
from linli.access.queries.posts import PostRow, accounts_holding
from linli.access.queries.rights import live, permit_to_end, posts_that_may
from linli.access.queries.sessions import account_row
from linli.access.rules import AUDIT, KEPT_APART, clash
from linli.access.states import AccountState
from linli.access.templates_of_rights import TEMPLATES, applies_at, permits_of, title_of
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor


def held_templates(account_id: int, *, now: datetime) -> set[str]:
    """Return the templates and single permits of an account: by itself, by posts and their kinds."""
    row = account_row(account_id, now=now)
    return {right[0] or right[1] for right in row.rights} if row else set()


def takes_two(account_id: int, *, now: datetime) -> bool:
    """Say whether an account holds one of the three duties that no single person may lock out.

    Basis: GB/T 22239-2019, separation of system, security and audit administrators.
    """
    return bool(held_templates(account_id, now=now) & KEPT_APART)


def templates_of_post(post: PostRow, *, now: datetime) -> set[str]:
    """Return the templates that whoever holds a post has by it."""
    return {
        one for one in rights_by_post(post.id, post.kind, post.path, now=now) if one in TEMPLATES
    }


def rights_by_post(post_id: int | None, kind: str, path: str, *, now: datetime) -> set[str]:
    """Return the templates and single permits that a post of a kind at a place has, or would have."""
    by_kind = Q(post_kind=kind, path__in=chain_of_path(path))
    by_post = Q(post_id=post_id) if post_id is not None else Q(pk__in=[])
    found = GivenRight.objects.filter(live(now) & (by_kind | by_post))
    return {
        template or permit
        for template, permit, at, own in found.values_list("template", "permit", "path", "post_id")
        if applies_at(template, at if own else path)
    }


def check_duties(
    account_id: int,
    templates: set[str],
    *,
    now: datetime,
    rule: Callable[[Iterable[str], str], str | None] = clash,
) -> None:
    """Refuse with DutiesClash where an account would hold two duties that are kept apart."""
    held = held_templates(account_id, now=now)
    for new in sorted(templates):
        other = rule(held, new)
        if other is not None:
            raise clash_of(other, new)


def clash_of(held: str, new: str) -> DutiesClash:
    """Return the refusal that names two duties, templates or single permits, which stay apart."""
    one, two = (str(title_of(key if key in TEMPLATES else "", key)) for key in (held, new))
    return DutiesClash(one=one, other=two, move="give", state=held)


def kept_apart(accounts: list[int], template: str, *, now: datetime) -> list[int]:
    """Return whose duties must be looked at before they get a template, out of many accounts.

    Everybody for one of the three duties; for other work those alone who check the trail.
    """
    if template in KEPT_APART:
        return accounts
    return sorted(_auditors(GivenRight.objects.filter(live(now)), now) & set(accounts))


def auditors_at(path: str, *, now: datetime) -> list[Account]:
    """Return the accounts that check the trail of a place, given there or at one above."""
    given = GivenRight.objects.filter(live(now), path__in=chain_of_path(path))
    found = Account.objects.filter(pk__in=_auditors(given, now)).order_by("pk")
    return [one for one in found if one.is_active]


def _auditors(given: QuerySet[GivenRight], now: datetime) -> set[int]:
    return _having(given.filter(template=AUDIT), now)


def _having(given: Iterable[GivenRight], now: datetime) -> set[int]:
    """Return the accounts that have rights: by themselves, or by posts and their kinds."""
    found: set[int] = set()
    for right in given:
        if right.account_id:
            found.add(right.account_id)
        else:
            on = localdate(now)
            found |= set(accounts_holding(right.post_id, right.post_kind, right.path, on=on))
    return found


def holders_of_right(right: GivenRight, *, now: datetime) -> list[Account]:
    """Return who would lose a right with it: accounts that open."""
    found = Account.objects.filter(pk__in=_having([right], now)).exclude(
        state=AccountState.DISABLED
    )
    return list(found.order_by("pk"))


def special_rights(account_id: int, actor: Actor, *, now: datetime) -> list[GivenRight]:
    """Return the rights that bring an account one of the three duties, and that the actor takes back."""
    hers = Q(account_id=account_id) | Q(account__isnull=True)
    given = GivenRight.objects.filter(live(now), hers, template__in=KEPT_APART).order_by("pk")
    return [
        right
        for right in given
        if actor.may(permit_to_end(right), at=right.path) and account_id in _having([right], now)
    ]


def approvers_at(path: str, *, now: datetime) -> set[int]:
    """Return the accounts with a right to approve that was given at a place or at one above.

    Of a kind of post those alone that stand there: the head of another town approves nothing here.
    """
    chain, on = chain_of_path(path), localdate(now)
    templates = [key for key in TEMPLATES if permits.APPROVE_RESET.name in permits_of(key)]
    by = Q(template__in=templates) | Q(permit=permits.APPROVE_RESET.name)
    given = GivenRight.objects.filter(live(now), by, path__in=chain)
    found = _having(given.filter(post_kind=""), now)
    for posts in posts_that_may(permits.APPROVE_RESET, chain, now=now).values():
        for post in posts:
            found |= set(accounts_holding(post, "", "", on=on))
    return found
