"""The edge to notify: sign-in codes, and what people are told about their accounts and rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from linli.access.models import Account
from linli.kernel.permits import Actor
from linli.notify import services as notify
from linli.notify.types import About, Link, To

log = structlog.get_logger("linli.access")
# whoever is warned must act before morning
URGENT = frozenset(
    {"access.new_device", "access.password_set", "access.reset_asked", "access.act_asked"}
)


def send_code(phone: str, code: str, *, language: str, now: datetime) -> None:
    """Hand a sign-in code to notify, in the transaction that makes it."""
    notify.send_code(phone, code, language=language, now=now)


def tell(
    template: str,
    account: Account,
    values: Mapping[str, Any] | None = None,
    *,
    link: Link | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Tell the owner of an account something; what she did herself just now she knows."""
    to = To(account_id=account.pk, is_staff=account.is_staff_member)
    notify.send(
        template, to, values or {}, actor=actor, now=now, urgent=template in URGENT,
        about=About(account.path, link),
    )  # fmt: skip


def tell_others(
    template: str, to: To, values: Mapping[str, Any], *, place: str, link: Link,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Tell a resident or whoever holds a post something; `place` is whose money it costs."""
    notify.send(template, to, values, actor=actor, now=now, about=About(place, link))


def forget_reaching(account: Account, *, actor: Actor, now: datetime) -> None:
    """Let notify drop the e-mail address and the choices of an account that is closed.

    What was refused stays refused as long as the account has its number.
    """
    has_number = account.phone_sealed is not None
    notify.forget_account(account.pk, has_number=has_number, actor=actor, now=now)


def forget_owner(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Let notify drop all that it kept to reach the account of a person who was erased."""
    notify.forget_owner(account_id, actor=actor, now=now)


def take_over(gone_id: int, kept_id: int, *, actor: Actor, now: datetime) -> None:
    """Let notify bring what an account had to another one of the same person."""
    notify.take_over_account(gone_id, kept_id, actor=actor, now=now)


def tie_reaching(account_id: int, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Tell notify whose account it is."""
    notify.tie_account(account_id, person_id, actor=actor, now=now)
