"""Cells: their size, who looks after them on a day, and which lack somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from linli.grid.types import Role

# who works in a cell, in the order in which they are asked; a head alone oversees
WORKING = (Role.WORKER, Role.COMMITTEE, Role.DEPUTY)


class Held(Protocol):
    """Something that holds from `since` until the day before `until`."""

    since: date
    until: date | None


def holds_on(thing: Held, on: date) -> bool:
    """Say whether something holds on a day; its last day is the one before `until`."""
    return thing.since <= on and (thing.until is None or on < thing.until)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days; no `until` is without end."""

    since: date
    until: date | None = None


def overlap(one: Span, other: Span) -> bool:
    """Say whether two stretches share a day."""
    begins_before = other.until is None or one.since < other.until
    return begins_before and (one.until is None or other.since < one.until)


def size_fault(households: int | None, *, least: int | None, most: int | None) -> str:
    """Return `small`, `big`, `unknown` or nothing; a limit of None bounds nothing."""
    if households is None:
        return "unknown"
    if least is not None and households < least:
        return "small"
    return "big" if most is not None and households > most else ""


def is_looked_after(roles: Iterable[str]) -> bool:
    """Say whether a cell has somebody who works there; a head alone oversees it."""
    return not set(WORKING).isdisjoint(roles)
