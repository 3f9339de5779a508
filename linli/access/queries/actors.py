"""From a session's row to the Actor that services and queries are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from linli.access import permits
from linli.access.models import Account
from linli.access.queries.sessions import account_row
from linli.access.rules import ACTING_LIFE, is_ahead
from linli.access.states import AccountState
from linli.access.templates_of_rights import applies_at, permits_of
from linli.access.types import Factor, RightKind, SessionRow
from linli.kernel.permits import NOBODY, VAULT, Actor, Grant

ORDINARY = RightKind.ORDINARY.value
BADGE_CEILING = VAULT


def actor_of(row: SessionRow, *, now: datetime) -> Actor:
    """Return who is behind a session; nobody if the account may not act."""
    if row.account_id is None or row.account_state != AccountState.ACTIVE:
        return NOBODY
    if row.is_demo and not settings.LINLI_DEMO:
        return NOBODY
    # a chosen post that has ended leaves no other in its place: somebody chose it to do no more
    chosen = row.post_id
    until = row.acting_until
    grants = grants_of(row, chosen)
    acting = bool(
        row.acting_for and until and until > now and not is_ahead(until - ACTING_LIFE, now)
    )
    actor = Actor(
        account_id=row.account_id,
        person_id=row.person_id,
        label=label_of(row, chosen),
        grants=_up_to(BADGE_CEILING, grants) if row.factor == Factor.BADGE else grants,
        posts=frozenset(p[0] for p in row.posts if chosen is None or p[0] == chosen),
    )
    acting = acting and _still_may(actor, row.acting_at or [])
    return replace(
        actor,
        acting_for=row.acting_for if acting else None,
        purpose=purpose_of(row, acting=acting),
    )


def _still_may(actor: Actor, places: list[str]) -> bool:
    """Say whether what the acting rests on still holds: it may have ended since it began."""
    return "" in places or any(actor.may(permits.ACT_FOR, at=place) for place in places)


def lost_post(row: SessionRow) -> bool:
    """Say whether the post that was chosen for a session has ended, so that it acts by none."""
    return row.post_id is not None and all(post[0] != row.post_id for post in row.posts)


def _up_to(ceiling: int, grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """A badge is soon found or copied: what it opens ends below the Party and protected groups."""
    return tuple(replace(grant, ceiling=min(grant.ceiling, ceiling)) for grant in grants)


def account_actor(account_id: int, *, now: datetime) -> Actor:
    """Return the actor that an account is at this moment, outside any session."""
    row = account_row(account_id, now=now)
    return NOBODY if row is None else actor_of(row, now=now)


def label_of(row: SessionRow, chosen: int | None) -> str:
    """Return a name with the post by which somebody acts, as the trail shows it."""
    titles = [p[1] for p in row.posts if (p[3] if chosen is None else p[0] == chosen)]
    return f"{row.display_name} ({titles[0]})" if titles else row.display_name or ""


def purpose_of(row: SessionRow, *, acting: bool) -> str:
    """Return the reason that goes with everything done now: of acting for, or of special rights."""
    if acting:
        return row.purpose
    reasons = [right[6] for right in row.rights if right[5] != ORDINARY and right[6]]
    return reasons[0] if reasons else ""


def grants_of(row: SessionRow, chosen: int | None) -> tuple[Grant, ...]:
    """Return the grants of a session's rights, those of one post if it was chosen."""
    return _expanded(
        tuple(
            (right[0], right[1], right[2], right[3], right[4])
            for right in row.rights
            if chosen is None or right[4] == chosen or right[5] != ORDINARY
        )
    )


@lru_cache(maxsize=4096)
def _expanded(
    rights: tuple[tuple[str, str, str, int, int | None], ...],
) -> tuple[Grant, ...]:
    """The same rights give the same grants, so the many requests of a day share one tuple."""
    found: dict[Grant, None] = {}
    for template, permit, path, ceiling, post_id in rights:
        if not applies_at(template, path):
            continue
        for name in permits_of(template) if template else (permit,):
            found[Grant(name, path, ceiling, post_id)] = None
    return tuple(found)


def self_actor(account: Account) -> Actor:
    """Return the owner of an account as an actor without rights, before she is signed in."""
    return Actor(account_id=account.pk, person_id=account.person_id, label=account.display_name)
