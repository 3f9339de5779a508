"""The life of an import, and of a pair of entries that may be one person."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.people import permits


class ImportState(StrEnum):
    RECEIVED = "received"
    MAPPED = "mapped"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


_BEFORE = (ImportState.RECEIVED, ImportState.MAPPED, ImportState.CHECKED)

IMPORT = Machine(
    ImportState.RECEIVED,
    [
        Move("map_columns", _BEFORE, ImportState.MAPPED, permits.IMPORT),
        Move(
            "check", (ImportState.MAPPED, ImportState.CHECKED), ImportState.CHECKED, permits.IMPORT
        ),
        # a run that a power cut stopped goes on where it stood
        Move(
            "run", (ImportState.CHECKED, ImportState.RUNNING), ImportState.RUNNING, permits.IMPORT
        ),
        Move("finish", (ImportState.RUNNING,), ImportState.DONE),
        Move("drop", _BEFORE, ImportState.DROPPED, permits.IMPORT),
    ],
    ends={ImportState.DONE, ImportState.DROPPED},
)


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
