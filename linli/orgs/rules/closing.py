"""What is closed from the level above alone: what leads or checks those around it, and what the law founds."""

from __future__ import annotations

PARTY = "party"
CHECKING_BODIES = frozenset(
    {"affairs_supervision_committee", "discipline_commission", "supervisory_commission"}
)
# there as long as their place is, and elected or chosen by those who live in it; one of a kind a place
FOUNDED_BY_LAW = frozenset(
    {"villagers_committee", "residents_committee", "affairs_supervision_committee"}
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


def is_founded_by_law(body: str) -> bool:
    """Say whether a body stands by law wherever there is its place: it is closed from above, or with the place.

    Basis: RC-10 (abolition is proposed by the subdistrict and approved above it), RC-26, VE-84. For villagers'
    committees and who keeps the register: ours (check).
    """
    return body in FOUNDED_BY_LAW


def is_below(path: str, place: str) -> bool:
    """Say whether a right given at a path reaches down to a place; no place lies above a city."""
    return place.startswith(path) and (path != place or place.count("/") == 1)
