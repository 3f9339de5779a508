"""The life of a list that somebody hands in, whatever stands in its rows."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.permits import Permit
from linli.kernel.states import Machine, Move


class ListState(StrEnum):
    """Handed in, its columns named, checked without a trace, being taken, taken, or put away."""

    RECEIVED = "received"
    MAPPED = "mapped"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


BEFORE = (ListState.RECEIVED, ListState.MAPPED, ListState.CHECKED)


def is_dry(state: str) -> bool:
    """Say whether what is told of a list is what its check found; else it is what came of its rows."""
    return state not in (ListState.RUNNING, ListState.DONE)


def life_of_list(permit: Permit) -> Machine[ListState]:
    """Return the states of lists that whoever holds a permit hands in, checks, and takes."""
    return Machine(
        ListState.RECEIVED,
        [
            Move("map_columns", BEFORE, ListState.MAPPED, permit),
            Move("check", (ListState.MAPPED, ListState.CHECKED), ListState.CHECKED, permit),
            # a run that a power cut stopped goes on where it stood
            Move("run", (ListState.CHECKED, ListState.RUNNING), ListState.RUNNING, permit),
            Move("finish", (ListState.RUNNING,), ListState.DONE),
            Move("drop", BEFORE, ListState.DROPPED, permit),
        ],
        ends={ListState.DONE, ListState.DROPPED},
    )
