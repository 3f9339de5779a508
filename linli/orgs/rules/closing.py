"""What is closed from the level above alone: bodies and posts that lead or check those around them."""

from __future__ import annotations

PARTY = "party"
CHECKING_BODIES = frozenset(
    {"affairs_supervision_committee", "discipline_commission", "supervisory_commission"}
)
LEADING_AND_CHECKING_POSTS = frozenset(
    {
        "party_secretary", "deputy_party_secretary", "party_committee_member",
        "discipline_secretary", "discipline_inspector", "supervision_chair", "supervision_member",
    }
)  # fmt: skip


def is_closed_from_above(family: str, body: str, *posts: str) -> bool:
    """Say whether whoever works beside a body or its posts, and is led or checked by them, does not close them.

    Basis: VE-84, VE-86, RC-26; plan task 7. Ours (check): no text says who keeps the register.
    """
    return (
        family == PARTY
        or body in CHECKING_BODIES
        or not LEADING_AND_CHECKING_POSTS.isdisjoint(posts)
    )


def is_below(path: str, place: str) -> bool:
    """Say whether a right given at a path reaches down to a place; no place lies above a city."""
    return place.startswith(path) and (path != place or place.count("/") == 1)
