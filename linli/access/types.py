"""What crosses the edge of access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from linli.access.models import Account

    AnyAccount: TypeAlias = Account
else:
    # views name the type of an account without importing its table
    AnyAccount = object

# whose files the lists of staff and the workbooks of first links are
IMPORT_OWNER = "access.staff_import"
# why an account was closed that was erased by law, or whose owner died as the register says
ERASED, BY_DEATH = "erased", "people.died"


class Factor(StrEnum):
    """What a person showed besides or instead of the password."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    COUNTER = "counter"
    CODE = "code"
    LINK = "link"
    BADGE = "badge"


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


@dataclass(slots=True)
class SessionRow:
    """Everything about a session that one request needs, in one row.

    `acting_at` is where she may act for somebody: '' by a mandate that holds, else by the permit there.
    `posts` are (id, title, path, is own); `rights` are (template, permit, path, ceiling, post id,
    kind, purpose), as the database found them live at this moment.
    """

    id: int
    data: dict[str, Any]
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
    acting_for: int | None
    acting_until: datetime | None
    purpose: str
    factor: str
    is_demo: bool | None
    device_revoked_at: datetime | None
    device_path: str | None
    acting_name: str | None
    acting_at: list[str] | None
    posts: list[list[Any]]
    rights: list[list[Any]]


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


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What a staff account starts with. `phone` may be empty and is sealed."""

    username: str
    display_name: str
    path: str
    unit: str = ""
    phone: str = ""
    language: str = "zh-hans"
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewRight:
    """A right to be given: to one post, one kind of post or one account; a template or a permit."""

    path: str
    ceiling: int
    template: str = ""
    permit: str = ""
    post_id: int | None = None
    post_kind: str = ""
    account_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A key to be made. Without `system` it is the person's own, within what she may."""

    name: str
    permits: tuple[str, ...]
    path: str
    ceiling: int
    ends_at: datetime
    post_id: int | None = None
    system: str = ""
