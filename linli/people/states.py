"""The life of an import, and of a pair of entries that may be one person."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.handed_in import life_of_list
from linli.kernel.states import Machine, Move
from linli.people import permits

IMPORT = life_of_list(permits.IMPORT)


class PairState(StrEnum):
    OPEN = "open"
    JOINED = "joined"
    DIFFERENT = "different"


PAIR = Machine(
    PairState.OPEN,
    [
        Move("join", (PairState.OPEN,), PairState.JOINED, permits.MERGE),
        Move("part", (PairState.JOINED,), PairState.OPEN, permits.MERGE),
        Move("keep_apart", (PairState.OPEN,), PairState.DIFFERENT, permits.MERGE),
        # somebody looked again
        Move("reopen", (PairState.DIFFERENT,), PairState.OPEN, permits.MERGE),
    ],
    ends=set(),
)
