"""A clock that goes on from the moment at which a job began: one answer may take half a minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

Clock = Callable[[], datetime]


def going_on(now: datetime) -> Clock:
    """Return what says which moment it is now, in whole seconds since a moment."""
    began = monotonic()
    return lambda: now + timedelta(seconds=int(monotonic() - began))
