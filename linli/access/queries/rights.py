"""Reads on rights: who may do what where, deputies, keys and mandates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.access import permits
from linli.access.models import Account, ApiToken, Deputy, GivenRight, Mandate
from linli.access.queries.posts import PostRow, posts_at_each, posts_by_id
from linli.access.rules import ORDINARY_CEILING
from linli.access.states import AccountKind, AccountState
from linli.access.templates_of_rights import TEMPLATES, applies_at, permits_of
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import PUBLIC, Actor, Permit
from linli.people.queries import current_id, entries_of_one, ids_of_one

DEPUTIES_BY_DAY = Keyset("starts", ("starts_on", "pk"))
# of two joined entries the death stands at the one that was kept
GIVER_LIVES = Q(principal__died_on__isnull=True, principal__merged_into__died_on__isnull=True)
TOKENS_NEWEST = Keyset("-starts", ("-starts_at", "-id"))


def below(actor: Actor, *held: Permit, field: str = "path") -> Q:
    """Return the condition for rows at places where the actor holds one of the permits."""
    if actor.is_system:
        return Q()
    ranges = [
        Q(**{f"{field}__gte": path, f"{field}__lt": path + "~"})
        for permit in held
        for path in actor.paths(permit)
    ]
    return reduce(or_, ranges, Q(pk__in=[]))


def live(now: datetime) -> Q:
    """Return the condition for rights and keys that hold at a moment."""
    return Q(starts_at__lte=now, revoked_at__isnull=True) & (
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )


def permit_to_end(right: GivenRight) -> Permit:
    """Return what it takes to take a right back from somebody else, at its place."""
    is_high = right.ceiling > ORDINARY_CEILING
    return permits.GRANT_SPECIAL if is_high else permits.GRANT


def visible_rights(actor: Actor) -> QuerySet[GivenRight]:
    """Return rights at places where the actor gives or reviews them, and her own."""
    seen = below(actor, permits.GRANT, permits.REVIEW, permits.GRANT_SPECIAL)
    own = Q(account_id=actor.account_id or 0) | Q(post_id__in=actor.posts)
    return GivenRight.objects.filter(seen | own).select_related("account", "given_by")


def get_right(actor: Actor, right_id: int) -> GivenRight:
    """Return one right. Refuses with NotFound."""
    right = visible_rights(actor).filter(pk=right_id).first()
    if right is None:
        raise NotFound(right=right_id)
    return right


def visible_deputies(actor: Actor, *, on: date) -> QuerySet[Deputy]:
    """Return deputies of today and to come at posts where the actor gives rights, and her own."""
    own = Q(account_id=actor.account_id or 0) | Q(post_id__in=actor.posts)
    mine = own | below(actor, permits.GRANT, field="post__path")
    return (
        Deputy.objects.filter(mine, ends_on__gte=on, revoked_at__isnull=True)
        .select_related("account")
        .order_by("starts_on", "pk")
    )


def deputies_on(post_ids: Iterable[int], on: date) -> QuerySet[Deputy]:
    """Return who stands in for one of the posts on a day."""
    return Deputy.objects.filter(
        post_id__in=list(post_ids), starts_on__lte=on, ends_on__gte=on, revoked_at__isnull=True
    )


def get_deputy(actor: Actor, deputy_id: int, *, on: date) -> Deputy:
    """Return one deputyship. Refuses with NotFound."""
    found = visible_deputies(actor, on=on).filter(pk=deputy_id).first()
    if found is None:
        raise NotFound(deputy=deputy_id)
    return found


def visible_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return the actor's keys and those at places where she makes keys for systems."""
    seen = below(actor, permits.TOKENS) | Q(account_id=actor.account_id or 0)
    return ApiToken.objects.filter(seen).select_related("account").order_by("-starts_at")


def get_token(actor: Actor, token_id: int) -> ApiToken:
    """Return one key. Refuses with NotFound."""
    found = visible_tokens(actor).filter(pk=token_id).first()
    if found is None:
        raise NotFound(token=token_id)
    return found


def live_mandate(account_id: int, principal_id: int, *, now: datetime) -> Mandate | None:
    """Return the mandate by which an account may act for a person now, or None.

    It ends with the death of whoever gave it (Civil Code art. 173).
    """
    given = Mandate.objects.filter(live(now), GIVER_LIVES, agent_id=account_id)
    return given.filter(principal_id__in=ids_of_one(principal_id)).first()


def mandates_of(actor: Actor, *, now: datetime) -> QuerySet[Mandate]:
    """Return the mandates by which the actor may act for others now, and those that she gave."""
    mine = Q(agent_id=actor.account_id or 0)
    mine |= Q(principal_id__in=entries_of_one(actor.person_id or 0))
    return (
        Mandate.objects.filter(mine & live(now) & GIVER_LIVES)
        .select_related("principal", "agent")
        .order_by("ends_at", "pk")
    )


def rights_of(
    account: Account, posts: frozenset[int], *, now: datetime
) -> list[tuple[GivenRight, str]]:
    """Return what an account may now, with the path where it holds, of posts and kinds too."""
    rows = posts_by_id(set(posts), on=localdate(now))
    kinds = {row.kind for row in rows.values()}
    mine = Q(account=account) | Q(post_id__in=posts) | Q(post_kind__in=kinds)
    found = GivenRight.objects.filter(mine & live(now)).order_by("path", "template", "permit")
    held: list[tuple[GivenRight, str]] = []
    for right in found:
        if not right.post_kind:
            held.append((right, right.path))
            continue
        held += [
            (right, row.path)
            for row in rows.values()
            if row.kind == right.post_kind
            and row.path.startswith(right.path)
            and applies_at(right.template, row.path)
        ]
    return _said_once(held)


def _said_once(held: list[tuple[GivenRight, str]]) -> list[tuple[GivenRight, str]]:
    """Leave out what reads the same: two posts of one person may bring the same right to a place."""
    found: dict[tuple[object, ...], tuple[GivenRight, str]] = {}
    for right, path in held:
        reads = (right.template, right.permit, path, right.ceiling, right.ends_at, right.purpose)
        found.setdefault(reads, (right, path))
    return list(found.values())


def posts_that_may(
    permit: Permit, paths: Iterable[str], *, now: datetime, level: int = PUBLIC
) -> dict[str, list[int]]:
    """Return, for each place, its posts that hold a permit there up to a level, given there or above.

    They are whom a matter of the place concerns. Two reads, however many places are asked.
    """
    places = list(dict.fromkeys(paths))
    templates = [key for key in TEMPLATES if permit.name in permits_of(key)]
    given = list(
        GivenRight.objects.filter(
            live(now),
            Q(template__in=templates) | Q(permit=permit.name),
            account__isnull=True,
            ceiling__gte=level,
            path__in={above for path in places for above in chain_of_path(path)},
        )
    )
    found: dict[str, list[int]] = {path: [] for path in places}
    for row in posts_at_each(places, on=localdate(now)):
        if any(_is_for(right, row) for right in given):
            found[row.path].append(row.id)
    return found


def _is_for(right: GivenRight, row: PostRow) -> bool:
    """Say whether a right of a post or of a kind of post is this post's, where it stands."""
    if not row.path.startswith(right.path):
        return False
    if right.post_kind:
        return right.post_kind == row.kind and applies_at(right.template, row.path)
    return right.post_id == row.id


def operators_of(now: datetime) -> list[str]:
    """Return the names of those who run this installation and can sign in."""
    return _holders("operator", now)


def starters_of(now: datetime) -> list[str]:
    """Return the names of those who still hold the rights of the first set-up."""
    return _holders("starter", now)


def first_steps(actor: Actor, now: datetime) -> list[str]:
    """Return what whoever set this city up has still to do, in its order; nothing for all others.

    The keys are people, security, auditor, hand_over.
    """
    own = GivenRight.objects.filter(live(now), template="starter")
    if not own.filter(account_id=actor.account_id or 0).exists():
        return []
    others = Account.objects.filter(kind=AccountKind.STAFF).exclude(pk=actor.account_id or 0)
    if not others.exclude(state=AccountState.DISABLED).exists():
        return ["people", "security", "auditor"]
    lacking = [name for name in ("security", "auditor") if not _holders(name, now)]
    return lacking or ["hand_over"]


def _holders(template: str, now: datetime) -> list[str]:
    found = GivenRight.objects.filter(
        live(now), template=template, account__state=AccountState.ACTIVE
    )
    return list(found.values_list("account__display_name", flat=True).distinct()[:20])


def mandates_by(account_id: int, *, now: datetime) -> QuerySet[Mandate]:
    """Return the mandates by which an account may act for others now."""
    return (
        Mandate.objects.filter(live(now), agent_id=account_id)
        .select_related("principal", "agent")
        .order_by("ends_at", "pk")
    )


def is_party(actor: Actor, mandate: Mandate) -> bool:
    """Say whether the actor gave a mandate or acts by it; joined entries are one person."""
    if actor.account_id == mandate.agent_id:
        return True
    return actor.person_id is not None and actor.person_id == current_id(mandate.principal_id)


def get_mandate(actor: Actor, mandate_id: int) -> Mandate:
    """Return a mandate that the actor gave, acts by, or may end at the counter.

    Refuses with NotFound.
    """
    found = Mandate.objects.filter(pk=mandate_id).first()
    if found is None:
        raise NotFound(mandate=mandate_id)
    if not is_party(actor, found) and not actor.paths(permits.ENROL):
        raise NotFound(mandate=mandate_id)
    return found
