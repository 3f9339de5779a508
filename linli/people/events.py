"""What happened to people, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """Somebody new is in the register."""

    person_id: int
    path: str


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody's residency at a place ended."""

    person_id: int
    path: str
    on: date


@dataclass(frozen=True, slots=True)
class PersonDied:
    """Somebody's death was entered."""

    person_id: int
    on: date


@dataclass(frozen=True, slots=True)
class DeathWithdrawn:
    """A death that was entered by mistake, on this day, was taken back."""

    person_id: int
    on: date


@dataclass(frozen=True, slots=True)
class PersonErased:
    """Somebody's data were erased by law; only her number is left."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PeopleImported:
    """A list was taken into the register."""

    run_id: int
    path: str
    taken: int


@dataclass(frozen=True, slots=True)
class PeopleJoined:
    """Two entries were found to be one person; `gone_id` points to `kept_id` from now on."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class PeopleParted:
    """Two entries that had been joined are two people again."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class PersonCorrected:
    """The office corrected something in the entry of somebody else, who wants to know."""

    person_id: int
    path: str
