"""What formkit tells other apps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormPublished:
    """A version of a form came into use."""

    key: str
    number: int
    place: str


@dataclass(frozen=True, slots=True)
class FormRetired:
    """A form went out of use without a new version."""

    key: str
    number: int
    place: str
