"""What crosses the wire of a connection, and what may go wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class System(StrEnum):
    """A system of the city that we are connected to."""

    HALL = "hall"
    BASE_DATA = "base_data"
    PAYMENTS = "payments"
    SEALS = "seals"


# simulators answer where no connection is set: while a demo is being made, and in tests
SIMULATES: ContextVar[bool] = ContextVar("linli_simulated_connections", default=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One request: method, path with its query below the address that is set, signed heads, body."""

    method: str
    path: str
    heads: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    heads: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Carries one request there and its answer back: over HTTP, or to a simulator in the house."""

    def carry(self, call: Call) -> Reply:
        """Return the answer. Raises Later when none comes in time."""


class Later(Exception):
    """It may go later: no connection, no answer in time, half an answer, an answer nobody signed."""


class Never(Exception):
    """The other side understood and will not take it; trying again changes nothing."""


# stable words for what went wrong on the way; the other side's own word comes behind "they_say:"
NO_ANSWER, BUSY, HALF, NOT_JSON, NOT_SIGNED, NOT_OURS, TOO_LARGE = (
    "no_answer", "busy", "half", "not_json", "not_signed", "not_ours", "too_large",
)  # fmt: skip
SAYS = "says:"
