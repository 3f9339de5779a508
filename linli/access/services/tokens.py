"""Keys by which programs act. A key never reaches further than its holder at that moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.models import ApiToken
from linli.access.secrets import hash_secret, new_secret
from linli.access.types import Issued, NewToken
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import PERMITS, Actor, open_to_all, require
from linli.trail.services import record

HEAD = 8


@open_to_all("a key of one's own gives no more than one has; a system's key requires the permit")
@transaction.atomic
def make_token(new: NewToken, *, actor: Actor, now: datetime) -> Issued:
    """Make a key and return its secret, once. Refuses with NotAllowed, Invalid."""
    assert actor.account_id is not None, "a key belongs to an account"
    if new.system:
        require(actor, permits.TOKENS, at=new.path, level=new.ceiling)
    _check(new, actor, now)
    secret = f"ll_{new_secret()}"
    token = ApiToken.objects.create(
        name=new.name.strip()[:80],
        account_id=actor.account_id,
        post_id=new.post_id,
        system=new.system.strip()[:80],
        head=secret[:HEAD],
        token_hash=hash_secret("token", secret),
        permits=sorted(new.permits),
        path=new.path,
        ceiling=new.ceiling,
        starts_at=now,
        ends_at=new.ends_at,
    )
    record(
        "access.token_made",
        on=token,
        actor=actor,
        now=now,
        place=new.path,
        permits=sorted(new.permits),
        system=new.system,
    )
    return Issued(token.pk, secret, token.ends_at)


def _check(new: NewToken, actor: Actor, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if not new.name.strip():
        faults["name"] = [_("Name what the key is for.")]
    if not now < new.ends_at <= now + rules.TOKEN_MOST:
        faults["ends_at"] = [_("A key lasts a year at most.")]
    if new.post_id is not None and new.post_id not in actor.posts:
        faults["post"] = [_("Choose one of your posts.")]
    if actor.posts and new.post_id is None:
        faults["post"] = [_("Choose the post that the key belongs to. It ends with that post.")]
    lacking = [
        name
        for name in new.permits
        if name not in PERMITS or not actor.may(PERMITS[name], at=new.path)
    ]
    if lacking or not new.permits:
        faults["permits"] = [_("Choose from what you may do at this place yourself.")]
    if faults:
        raise Invalid(faults)


@open_to_all("everybody ends their own keys; those of others require the permit")
@transaction.atomic
def revoke_token(token: ApiToken, *, actor: Actor, now: datetime) -> ApiToken:
    """End a key at once. Refuses with NotAllowed, WrongState."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.account_id != actor.account_id:
        require(actor, permits.TOKENS, at=token.path)
    if token.revoked_at is not None:
        raise WrongState(move="revoke", state="ended")
    token.revoked_at, token.revoked_by_id = now, actor.account_id
    token.save(update_fields=["revoked_at", "revoked_by"])
    record("access.token_revoked", on=token, actor=actor, now=now, place=token.path)
    return token
