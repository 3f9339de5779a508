"""What the register of posts asks access before a post changes: rights follow from both.

orgs keeps posts and who holds them, access gives rights to posts and their kinds; orgs lies below.
"""

from __future__ import annotations

from dataclasses import dataclass

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


# (PostShape before or None, PostShape after, actor=, now=) → whether the change gives or takes rights;
# refuses what somebody would do for herself, and duties that stay apart; filled by access
POST_SHAPED = Hook("post_shaped", default=False)
# (Seat, actor=, now=) → whether all her accounts are closed, so that her work falls to others; refuses the
# same; filled by access
SEAT_TAKEN = Hook("seat_taken", default=False)
# (PostShape, now=) → whether whoever holds the post has rights by it and so needs an account; filled by access
POST_HAS_RIGHTS = Hook("post_has_rights", default=False)
