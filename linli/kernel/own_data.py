"""What an app keeps about a person, for the copy that she takes along (PIPL art. 45)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from linli.kernel.registries import Registry


@dataclass(frozen=True, slots=True)
class Herself:
    """Who asks: her account, her entries in the register."""

    account_id: int | None
    person_ids: Sequence[int]


@dataclass(frozen=True)
class OwnData:
    """`gather(herself, actor=, now=)` returns plain values: rows, newest first. The reading is recorded once."""

    key: str
    gather: Callable[..., list[dict[str, Any]]]


OWN_DATA: Registry[OwnData] = Registry("what is kept about a person")
Gathered = list[dict[str, Any]]
