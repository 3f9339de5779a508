"""What somebody does to a case by its name: a move of the kind, or a step that every kind has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """Steps that every kind has, as addresses name them; moves of a kind bear their own names."""

    OFFER = "offer"
    TAKE = "take"
    DECLINE = "decline"
    DISPUTE = "dispute"
    SETTLE = "settle"
    REVOKE = "revoke"
    FINISH_PART = "finish_part"
    NOTE = "note"
    TELL = "tell"
    EXTEND = "extend"
    ASK_TIME = "ask_time"
    SAY_WHY = "say_why"
    SPLIT = "split"
    RELATE = "relate"


# moves of kinds that need another case, or a reason, besides what they ask for
MERGE, UNMERGE = "merge", "unmerge"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was given with an act, cleaned; which of it counts is the act's matter.

    `uploads` are files as they came, `files` codes of files that were sent before.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: tuple[Any, ...] = ()
    files: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()

    def number(self, name: str) -> int:
        return int(self.values.get(name) or 0)
