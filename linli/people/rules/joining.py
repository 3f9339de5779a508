"""When two entries may be one person, and which rows of the one go over to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SAME_NUMBER, SAME_NAME, SAME_PHONE = "same_number", "same_name_and_birth", "same_contact_and_birth"
SCORES = {SAME_NUMBER: 95, SAME_NAME: 80, SAME_PHONE: 70}


@dataclass(frozen=True, slots=True)
class Side:
    """What speaks for or against one entry of a pair being the other."""

    person_id: int
    born_on: date | None
    sex: str
    cards: frozenset[bytes]
    is_joined: bool


def why_not_one(one: Side, other: Side) -> str:
    """Return why two entries cannot be one person, or nothing.

    Two valid identity cards with different numbers are two people (GB 11643: one number for life).
    """
    if one.person_id == other.person_id:
        return "same_entry"
    if one.is_joined or other.is_joined:
        return "joined_already"
    if one.cards and other.cards and not one.cards & other.cards:
        return "two_cards"
    return ""


def better(one: Side, other: Side) -> int:
    """Return the entry to keep if nobody says otherwise: the one with a card, else the older one."""
    if bool(one.cards) != bool(other.cards):
        return one.person_id if one.cards else other.person_id
    return min(one.person_id, other.person_id)


def score(reasons: Iterable[str]) -> int:
    """Return how likely a pair is one person, in percent."""
    return max((SCORES[reason] for reason in reasons), default=0)
