"""What the city's base data are asked, and what they answer: yes or no before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OnRecord(StrEnum):
    """Whether a register has what is asked for; `unclear`: it has something that a person must see."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class AskedOn(StrEnum):
    """On which ground somebody's data are asked for (PIPL art. 13, 23)."""

    LAW = "law"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one person: which register, which fact, on which ground and for what."""

    source: str
    fact: Mapping[str, str]
    id_number: str
    name: str
    ground: str
    basis: str
    purpose: str


@dataclass(frozen=True, slots=True)
class FromRecord:
    """What a register answered, and of which day its data are."""

    answer: str
    as_of: date | None
