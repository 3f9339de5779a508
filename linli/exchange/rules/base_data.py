"""What the answer of a register says; whatever else it sends is not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.exchange.rules.hall import NoSense
from linli.exchange.types.base_data import FromRecord, OnRecord


def read_answer(said: Any) -> FromRecord:
    """Return yes, no or unclear, with the day of the data. Raises NoSense."""
    if not isinstance(said, Mapping) or said.get("answer") not in set(OnRecord):
        raise NoSense("answer")
    day = said.get("as_of")
    if day is None:
        return FromRecord(said["answer"], None)
    try:
        as_of = date.fromisoformat(day)
    except (TypeError, ValueError):
        raise NoSense("as_of") from None
    return FromRecord(said["answer"], as_of)
