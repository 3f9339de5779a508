"""Room for deep calls, so that going into a function and out of it never asks the system for memory.

CPython keeps, since 3.11, the frames of a thread in chunks of 16 KiB and gives the last one back as
soon as the frame that needed it returns. Where a loop stands at the end of a chunk, each of its calls
maps a new one and unmaps it: below the frames of pytest and Django a quarter of the time of
`tests/test_urls.py`, a twentieth of the whole run. A frame that claims much gets a chunk of its own size, and what is
left of that is room for all that it calls; pages of it that nobody touches cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# in words of the machine: chunks are powers of two, and one that holds this much is half empty, which
# takes some thousand frames: more than Python's own limit of depth
CLAIMED = 1 << 16


def with_room(call: Callable[P, R]) -> Callable[P, R]:
    """Return a function that does the same below a frame with much room."""

    def roomy(*given: P.args, **named: P.kwargs) -> R:
        return call(*given, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=CLAIMED)
    return roomy
