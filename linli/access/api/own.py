"""One's own ways in: sessions, and keys for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from linli.access import entering, rules
from linli.access.api.frame import herself, path_of, signed_in
from linli.access.models import ApiToken, SignIn
from linli.access.queries.rights import TOKENS_NEWEST, get_token, visible_tokens
from linli.access.queries.sessions import own_sessions
from linli.access.services import badges, residents
from linli.access.services import sessions as session_services
from linli.access.services import tokens as token_services
from linli.access.types import NewToken
from linli.kernel.api import Moment, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()
LAST_USED = Keyset("-seen", ("-seen_at", "-id"))
FIELDS = {"path": "place"}


class SessionOut(Schema):
    """One open session; `is_here` marks the one that asks."""

    id: int
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str
    device: str
    factor: str
    is_here: bool


class SessionsOut(Schema):
    count: int
    items: list[SessionOut]
    next: str | None


class EndedOut(Schema):
    ended: int


class BadgeAnswerIn(Schema):
    """`keep` says that the badge is the caller's own; without it the badge is taken off."""

    keep: bool


class BadgeOut(Schema):
    has_badge: bool


class TokenOut(Schema):
    """A key: `head` are its first signs, by which its owner knows it; its secret is never told again."""

    id: int
    name: str
    head: str
    owner: str
    post: int | None
    system: str
    permits: list[str]
    place: str
    ceiling: int
    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None


class TokensOut(Schema):
    count: int
    items: list[TokenOut]
    next: str | None


class TokenIn(Schema):
    name: str = Field(max_length=80)
    place: str
    permits: list[str]
    ends_at: Moment
    ceiling: int = Field(default=4, ge=1, le=rules.ORDINARY_CEILING)
    post: int | None = None
    system: str = Field(default="", max_length=80)


class NewTokenOut(Schema):
    """The secret of a new key, told once."""

    id: int
    secret: str
    ends_at: datetime


@router.get("/access/sessions/", response=SessionsOut)
def sessions(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The caller's open sessions, the last used first. Not by a key."""
    herself(request)
    here = entering.session_id_or_none(request)
    found = own_sessions(request.actor, now=timezone.now())
    page = page_of(found, LAST_USED, cursor=cursor, limit=clean_limit(limit))
    items = [_session(one, here) for one in page.items]
    return listed(page, items=items)


@router.post("/access/badge", response=BadgeOut)
def own_badge(request: Request, given: BadgeAnswerIn) -> dict[str, bool]:
    """Confirm the badge that somebody tied to the caller's account, or take it off. Not by a key."""
    herself(request)
    if given.keep:
        entering.require_own_way(request)
    found = badges.answer_badge(keep=given.keep, actor=request.actor, now=timezone.now())
    return {"has_badge": found.badge_sealed is not None}


@router.post("/access/close", response={204: None})
def close_own(request: Request) -> Status[None]:
    """Close the caller's own account, a resident's: it is signed out everywhere. Not by a key."""
    herself(request)
    residents.close_own(actor=request.actor, now=timezone.now())
    return Status(204, None)


@router.post("/access/sessions/end", response=EndedOut)
def end_others(request: Request) -> dict[str, int]:
    """Sign out everywhere but here, and say how many sessions ended. Not by a key."""
    herself(request)
    keep = entering.session_id_or_none(request)
    ended = session_services.end_others(keep, actor=request.actor, now=timezone.now())
    return {"ended": ended}


@router.post("/access/sessions/{int:session_id}/end", response=EndedOut)
def end_session(request: Request, session_id: int) -> dict[str, int]:
    """End one of the caller's own sessions. Not by a key."""
    herself(request)
    session_services.end_session(session_id, actor=request.actor, now=timezone.now())
    return {"ended": 1}


@router.get("/access/tokens/", response=TokensOut)
def tokens(request: Request, limit: int | None = None, cursor: str | None = None) -> dict[str, Any]:
    """The caller's keys and those of systems at the caller's places, newest first; never their secrets."""
    signed_in(request)
    page = page_of(
        visible_tokens(request.actor), TOKENS_NEWEST, cursor=cursor, limit=clean_limit(limit)
    )
    return listed(page, _token)


@router.post("/access/tokens/make", response=NewTokenOut)
def make(request: Request, given: TokenIn) -> dict[str, Any]:
    """Make a key; its secret stands in this answer alone. By a session whose password was typed just now."""
    herself(request)
    now = timezone.now()
    entering.require_fresh(request, now)
    new = NewToken(
        name=given.name, permits=tuple(given.permits), path=path_of(given.place),
        ceiling=given.ceiling, ends_at=given.ends_at, post_id=given.post,
        system=given.system,
    )  # fmt: skip
    try:
        issued = token_services.make_token(new, actor=request.actor, now=now)
    except Invalid as refusal:
        raise Invalid({FIELDS.get(k, k): v for k, v in refusal.fields.items()}) from refusal
    return {"id": issued.id, "secret": issued.secret, "ends_at": issued.expires_at}


@router.post("/access/tokens/{int:token_id}/revoke", response=TokenOut)
def revoke(request: Request, token_id: int) -> dict[str, Any]:
    """End a key at once; a key may end itself and those of its owner."""
    token = get_token(request.actor, token_id)
    return _token(token_services.revoke_token(token, actor=request.actor, now=timezone.now()))


def _session(one: SignIn, here: int | None) -> dict[str, Any]:
    return {
        "id": one.pk, "started_at": one.started_at, "seen_at": one.seen_at,
        "expires_at": one.expires_at, "agent": str(rules.agent_text(one.agent)),
        "device": str(one.device) if one.device else "", "factor": one.factor,
        "is_here": one.pk == here,
    }  # fmt: skip


def _token(one: ApiToken) -> dict[str, Any]:
    names = ("name", "head", "system", "permits", "ceiling", "starts_at", "ends_at", "revoked_at")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk, "owner": one.account.display_name, "post": one.post_id,
        "place": code_of(one.path),
    }  # fmt: skip
