"""One's own e-mail address over the API: given, confirmed by the code that was sent there, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Router, Schema

from linli.kernel.web import Request, own_account_id
from linli.notify import queries, services
from linli.runtime.types import without_key

router = Router()


class EmailOut(Schema):
    """One's own address, masked; `is_confirmed` once the code was typed. `masked` is null without one."""

    is_offered: bool
    masked: str | None
    is_confirmed: bool
    asked_at: datetime | None


class EmailIn(Schema):
    """The address; an empty one takes the old one back."""

    email: str = Field(max_length=254)


class EmailCodeIn(Schema):
    code: str = Field(max_length=20)


@router.get("/inbox/email/", response=EmailOut)
def own_email(request: Request) -> dict[str, Any]:
    """The caller's own e-mail address, masked."""
    own_account_id(request)
    return _told(request)


@router.post("/inbox/email/", response=EmailOut)
def give_email(request: Request, given: EmailIn) -> dict[str, Any]:
    """Give an address, to which a code goes; or take the old one back with an empty one."""
    own_account_id(request)
    now = timezone.now()
    if not given.email.strip():
        services.drop_address(actor=request.actor, now=now)
    else:
        language = get_language() or "zh-hans"
        services.give_address(given.email, language=language, actor=request.actor, now=now)
    return _told(request)


@router.post("/inbox/email/confirm", response=EmailOut)
@without_key("a wrong try is counted, so it must not be undone with a transaction")
def confirm_email(request: Request, given: EmailCodeIn) -> dict[str, Any]:
    """Confirm the address with the code that came there; five tries, half an hour."""
    own_account_id(request)
    services.confirm_address(given.code, actor=request.actor, now=timezone.now())
    return _told(request)


def _told(request: Request) -> dict[str, Any]:
    own = queries.own_address(request.actor)
    return {
        "is_offered": queries.is_mail_offered(), "masked": own.masked if own else None,
        "is_confirmed": bool(own and own.confirmed_at), "asked_at": own.asked_at if own else None,
    }  # fmt: skip
