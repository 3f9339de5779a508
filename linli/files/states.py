"""The life of a file. What is in the quarantine has no row yet."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move


class FileState(StrEnum):
    KEPT = "kept"
    ERASED = "erased"


FILE = Machine(
    FileState.KEPT,
    [Move("erase", (FileState.KEPT,), FileState.ERASED)],
    ends={FileState.ERASED},
)
