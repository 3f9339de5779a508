"""Which steps of a case are told to its reporter: what concerns her, as far as it is hers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linli.cases.queries.own_moves import STEP_OUT
from linli.cases.queries.told import Told
from linli.cases.rules.beside import is_beside

# steps that are told by their state, and those that are told without words of a state
HIDDEN = frozenset(
    {"note", "split", "revoke", "decline", "dispute", "settle", "finish_part", "erased", "ask_time",
     "set_last", "set_contact", "ask_return", "return_accepted", "return_refused"}
)  # fmt: skip


def until_left(story: list[Told]) -> list[Told]:
    """What happened as far as it is hers: nothing after she took it back and it went on for others."""
    ends = [place for place, one in enumerate(story, start=1) if one.move == STEP_OUT]
    return story[: ends[0]] if ends else story


def ends_with_her(story: Sequence[Told]) -> bool:
    """Say whether what is hers of a case, which `until_left` cut out, ended by her own word."""
    return bool(story) and story[-1].move == STEP_OUT


def is_told(one: Told, lapsing: frozenset[str] = frozenset()) -> bool:
    """Say whether a step concerns the reporter: not what staff settle among themselves.

    `lapsing` are clocks of its kind with which nobody is late.
    """
    if one.move in HIDDEN:
        return False
    if one.move == "ring":
        # whether her words were read in time is between offices
        rung = (*one.facts.get("overdue", ()), *one.facts.get("warned", ()))
        return not all(is_beside(key) or key in lapsing for key in rung)
    return one.move != "offer" or any(part.get("role") == "lead" for part in _parts(one))


def posts_named(one: Told) -> list[int]:
    """Return the posts that a step gave the case to."""
    return [int(part["post"]) for part in _parts(one) if part.get("role") == "lead"]


def _parts(one: Told) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = one.facts.get("parts", ())
    return found
