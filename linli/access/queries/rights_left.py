"""What is left of the rights with which somebody started something: a file, an import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from linli.access.models import ApiToken
from linli.access.queries.actors import account_actor
from linli.access.queries.rights import live
from linli.kernel.paths import code_of
from linli.kernel.permits import NOBODY, Actor, Grant


def rights_left(actor: Actor, now: datetime) -> Actor:
    """Return who started something earlier, with what is left of the rights she had then."""
    if actor.is_system or actor.account_id is None:
        return actor
    holder = account_actor(actor.account_id, now=now)
    if actor.is_machine and not _key_lives(actor, now):
        holder = NOBODY
    return replace(
        actor,
        grants=tuple(left for grant in actor.grants for left in _left(grant, holder.grants)),
        posts=actor.posts & holder.posts,
    )


def _key_lives(actor: Actor, now: datetime) -> bool:
    """Say whether the key still holds that started it: its holder's rights alone are not its own."""
    named = Q(system=actor.label) & ~Q(system="") | Q(system="", name=actor.purpose)
    mine = ApiToken.objects.filter(named, live(now), account_id=actor.account_id or 0)
    return mine.exists()


def _left(grant: Grant, held: tuple[Grant, ...]) -> Iterator[Grant]:
    """Yield a grant up to the highest ceiling that is still held over its place, or nothing.

    The right of a post follows its place, which may have come to another town meanwhile.
    """
    same = [one for one in held if (one.permit, one.post_id) == (grant.permit, grant.post_id)]
    over = [one for one in same if grant.path.startswith(one.path)]
    moved = [one for one in same if grant.post_id and code_of(one.path) == code_of(grant.path)]
    best = max(over or moved, key=lambda one: one.ceiling, default=None)
    if best is not None:
        path = grant.path if over else best.path
        yield replace(grant, path=path, ceiling=min(grant.ceiling, best.ceiling))
