"""What orgs tells other apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HoldingBegan:
    """Somebody took a post."""

    holding_id: int
    post_id: int
    path: str
    person_id: int | None
    account_id: int | None
    since: date


@dataclass(frozen=True, slots=True)
class HoldingEnded:
    """Somebody left a post; from `until` on it gives no rights."""

    holding_id: int
    post_id: int
    path: str
    person_id: int | None
    account_id: int | None
    until: date


@dataclass(frozen=True, slots=True)
class PostsClosed:
    """Posts end on a day: nobody holds them from it on."""

    post_ids: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True)
class OrganisationReorganised:
    """One organisation went into another."""

    predecessor_id: int
    successor_id: int | None
    on: date


@dataclass(frozen=True, slots=True)
class CentreChanged:
    """What is on record of a service centre changed, such as the day from which it is closed."""

    organisation_id: int


@dataclass(frozen=True, slots=True)
class HandoverPrinted:
    """A sheet waits for the signature of whoever leaves a post."""

    handover_id: int
    number: str
    path: str
    person_id: int | None
    account_id: int | None


@dataclass(frozen=True, slots=True)
class HandoverWithdrawn:
    """A sheet waits for no signature any more: the holder stays."""

    handover_id: int
    number: str
    path: str
    person_id: int | None
    account_id: int | None
