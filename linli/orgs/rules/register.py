"""Decisions about organisations and posts, as functions of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from stdnum.cn import uscc


class Dated(Protocol):
    """Something that holds from `since` (None: for ever before) until the day before `until`."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def holds_on(thing: Dated, on: date) -> bool:
    """Say whether a dated thing holds on a day; its last day is the one before `until`."""
    return (thing.since is None or thing.since <= on) and (thing.until is None or on < thing.until)


def version_on(versions: Iterable[D], on: date) -> D | None:
    """Return the version of a day; before the first the first, after the last the last.

    An organisation that did not exist on the day is still called by the name nearest to it.
    """
    ordered = sorted(versions, key=lambda v: v.since or date.min)
    if not ordered:
        return None
    now = [v for v in ordered if holds_on(v, on)]
    if now:
        return now[-1]
    earlier = [v for v in ordered if (v.since or date.min) <= on]
    return earlier[-1] if earlier else ordered[0]


def is_credit_code(code: str) -> bool:
    """Say whether 18 signs are a unified social credit code with a right check digit.

    Basis: GB 32100-2015.
    """
    return bool(uscc.is_valid(code))


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when an organisation existed; None means that no such day is recorded."""

    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One line from a predecessor to a successor; `rank` 0 is the main one."""

    predecessor_id: int
    successor_id: int | None
    rank: int = 0


def bearer_on(
    organisation_id: int, lives: Mapping[int, Life], links: Sequence[Link], on: date
) -> int:
    """Return who bore the work of an organisation on a day: itself, a predecessor or a successor.

    The main line is followed: 市农业局 asked for 2026 is 市农业农村局, and the other way round.
    """
    seen: set[int] = set()
    at = organisation_id
    while at not in seen:
        seen.add(at)
        life = lives.get(at, Life())
        if life.closed_on and life.closed_on <= on:
            found = [(k.rank, k.successor_id) for k in links if k.predecessor_id == at]
        elif life.opened_on and on < life.opened_on:
            found = [(k.rank, k.predecessor_id) for k in links if k.successor_id == at]
        else:
            return at
        steps = [(rank, other) for rank, other in found if other is not None]
        if not steps:
            return at
        at = min(steps)[1]
    return organisation_id


def makes_circle(child_id: int, parent_id: int, above: Mapping[int, Sequence[int]]) -> bool:
    """Say whether putting a child under a parent would put it under itself."""
    waiting, seen = [parent_id], set[int]()
    while waiting:
        at = waiting.pop()
        if at == child_id:
            return True
        if at not in seen:
            seen.add(at)
            waiting += above.get(at, ())
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """A post on the way up: who stands in for it, and which post is above it."""

    post_id: int
    deputy_id: int | None
    above_id: int | None


def stand_in(post_id: int, steps: Mapping[int, Step], held: frozenset[int]) -> int | None:
    """Return the post whose holder acts for a post: itself, its deputy, or the post above.

    The post above is asked in the same order, so that its deputy comes before what is higher still.
    """
    at: int | None = post_id
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        if at in held:
            return at
        step = steps.get(at)
        if step is None:
            return None
        if step.deputy_id in held:
            return step.deputy_id
        at = step.above_id
    return None


def may_end_without_sheet(reason: str) -> bool:
    """Say whether a holding may end at once, because nobody is there to sign for it.

    Who died or lost the right to the office cannot hand over in person.
    """
    return reason in {"died", "disqualified", "recalled"}
