"""The line before a busy act: who comes while many are inside gets a place and a moment, not a wait.

Pure: times are seconds of one steady clock, and come in from outside. One `Line` stands in each process.
"""

from __future__ import annotations

import threading

# how much of a process the act may take while there is a line; the rest answers everybody else
SHARE = 0.5
# so many may be inside at once before a line forms: two who press at the same moment see none of it
FULL = 3
# how long the act takes is learnt from those who went in; one of them alone changes little
LEARNS, SHORTEST, LONGEST = 0.05, 0.001, 1.0


class Line:
    """Who may go in at once, and the moments given to those who may not: one after the other, in order."""

    def __init__(self, share: float = SHARE, full: int = FULL) -> None:
        self._share, self._full = share, full
        self._inside, self._takes, self._last = 0, 0.01, 0.0
        self._lock = threading.Lock()

    @property
    def step(self) -> float:
        """Return the seconds between two places of the line."""
        return self._takes / self._share

    def come(self, now: float) -> float | None:
        """Return None to go in at once (tell `leave` afterwards), or the moment that was given."""
        with self._lock:
            if self._last <= now and self._inside < self._full:
                self._inside += 1
                return None
            self._last = max(self._last, now) + self.step
            return self._last

    def enter(self) -> None:
        """Somebody whose moment has come goes in."""
        with self._lock:
            self._inside += 1

    def leave(self, seconds: float) -> None:
        """Somebody comes out again, after so long."""
        with self._lock:
            self._inside -= 1
            told = min(max(seconds, SHORTEST), LONGEST)
            self._takes += (told - self._takes) * LEARNS

    def ahead(self, moment: float, now: float) -> int:
        """Return how many stand before a moment of the line."""
        return max(0, round((moment - now) / self.step) - 1)
