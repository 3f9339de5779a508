"""What crosses the edge of access."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Factor(StrEnum):
    """What a person showed besides or instead of the password."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    COUNTER = "counter"
    CODE = "code"
    LINK = "link"


class RightKind(StrEnum):
    ORDINARY = "ordinary"
    SPECIAL = "special"
    BREAK_GLASS = "break_glass"
    OPERATOR = "operator"


class LinkUse(StrEnum):
    INVITE = "invite"
    RESET = "reset"
    FIRST_OPERATOR = "first_operator"


class RequestKind(StrEnum):
    """What a person may ask about her own data (PIPL 44–48)."""

    COPY = "copy"
    CORRECT = "correct"
    DELETE = "delete"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class RightRow:
    """One live right as the sign-in query returns it: a template or a permit at a place."""

    template: str
    permit: str
    path: str
    ceiling: int
    post_id: int | None
    kind: str


@dataclass(slots=True)
class SessionRow:
    """Everything about a session that one request needs, in one row."""

    id: int
    data: dict[str, object]
    account_id: int | None
    account_state: str | None
    account_kind: str | None
    person_id: int | None
    display_name: str | None
    seen_at: datetime
    locked_at: datetime | None
    ended_at: datetime | None
    expires_at: datetime
    device_id: int | None
    idle_seconds: int
    post_id: int | None
    post_title: str | None
    acting_for: int | None
    acting_until: datetime | None
    purpose: str
    posts: list[int] = field(default_factory=list)
    rights: list[list[object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """What the demo prints about one account."""

    post: str
    place: str
    username: str
    password: str
    totp_secret: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A secret that is shown once: a link, a token or codes."""

    id: int
    secret: str
    expires_at: datetime | None = None
