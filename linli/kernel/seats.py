"""What the register of posts asks access before a post changes: rights follow from both.

orgs keeps posts and who holds them, access gives rights to posts and their kinds; orgs lies below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from linli.kernel.permits import Actor
from linli.kernel.registries import Hook


@dataclass(frozen=True, slots=True)
class PostShape:
    """What of a post decides on rights: its kind, and to whom it falls when it is vacant."""

    path: str
    kind: str
    above_id: int | None = None
    deputy_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who is to hold it, as far as she is known."""

    post_id: int
    account_id: int | None = None
    person_id: int | None = None


class PostShaped(Protocol):
    """Say whether a change of a post gives or takes rights."""

    def __call__(
        self, before: PostShape | None, after: PostShape, /, *, actor: Actor, now: datetime
    ) -> bool: ...


class SeatTaken(Protocol):
    """Say whether all accounts of whoever takes a seat are closed."""

    def __call__(self, seat: Seat, /, *, actor: Actor, now: datetime) -> bool: ...


class PostHasRights(Protocol):
    """Say whether whoever holds a post has rights by it."""

    def __call__(self, shape: PostShape, /, *, now: datetime) -> bool: ...


# (PostShape before or None, PostShape after, actor=, now=) → whether the change gives or takes rights;
# refuses what somebody would do for herself, and duties that stay apart; filled by access
POST_SHAPED: Hook[PostShaped] = Hook("post_shaped", default=False)
# (Seat, actor=, now=) → whether all her accounts are closed, so that her work falls to others; refuses the
# same; filled by access
SEAT_TAKEN: Hook[SeatTaken] = Hook("seat_taken", default=False)
# (PostShape, now=) → whether whoever holds the post has rights by it and so needs an account; filled by access
POST_HAS_RIGHTS: Hook[PostHasRights] = Hook("post_has_rights", default=False)
