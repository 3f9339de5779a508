"""From an Authorization header to the actor of a key."""

from __future__ import annotations

from datetime import datetime

from linli.access.models import ApiToken
from linli.access.queries.actors import account_actor
from linli.access.queries.rights import live
from linli.access.secrets import hash_secret
from linli.kernel.permits import Actor, Grant


def token_actor(token_hash: bytes, *, now: datetime) -> Actor | None:
    """Return who is behind a key, or None if it does not open (any more).

    Its grants are what its holder may at this moment, cut down to the permits, the place and the
    ceiling of the key. What is the holder's own (messages, consents, requests, cases she reported) it
    never opens. A key of a post dies when the holder leaves the post or the post ends.
    """
    token = ApiToken.objects.filter(live(now), token_hash=token_hash).first()
    if token is None:
        return None
    holder = account_actor(token.account_id, now=now)
    if holder.account_id is None or (token.post_id and token.post_id not in holder.posts):
        return None
    grants = tuple(
        cut
        for grant in holder.grants
        if grant.permit in token.permits and (cut := _cut(grant, token)) is not None
    )
    label = token.system or f"{holder.label} · {token.name}"
    return Actor(
        account_id=holder.account_id,
        person_id=None,
        label=label,
        grants=grants,
        posts=frozenset({token.post_id} if token.post_id else ()),
        purpose=token.name,
        is_machine=True,
        holder_person_id=holder.person_id,
    )


def actor_of_key(secret: str, *, now: datetime) -> Actor | None:
    """Return who is behind a key that came some other way than in the header, such as an api_key."""
    return token_actor(hash_secret("token", secret), now=now)


def _cut(grant: Grant, token: ApiToken) -> Grant | None:
    """Return the part of a grant that lies inside a key, or None."""
    if token.post_id and grant.post_id != token.post_id:
        return None
    ceiling = min(grant.ceiling, token.ceiling)
    if token.path.startswith(grant.path):
        return Grant(grant.permit, token.path, ceiling, grant.post_id)
    if grant.path.startswith(token.path):
        return Grant(grant.permit, grant.path, ceiling, grant.post_id)
    return None
