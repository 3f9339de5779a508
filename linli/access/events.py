"""What happened to accounts and rights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountInvited:
    """Somebody can soon sign in."""

    account_id: int


@dataclass(frozen=True, slots=True)
class AccountErased:
    """A resident's account was erased by law; `person_id` is whose it was, if that was known."""

    account_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class RightsGiven:
    """A post or an account got rights at a place."""

    right_id: int
    path: str


@dataclass(frozen=True, slots=True)
class RightsEnded:
    """Rights of a post or an account were taken back."""

    right_id: int
    path: str


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody took emergency access or a full session; it waits for review."""

    right_id: int
    path: str


@dataclass(frozen=True, slots=True)
class DataRequestReceived:
    """A person asked for a copy, a correction, a deletion or an explanation."""

    request_id: int
    path: str
