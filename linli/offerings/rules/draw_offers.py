"""Until when a time that fell free in a draw may be taken by the next in line. Plain functions of values."""

from __future__ import annotations

from datetime import datetime, timedelta

# whoever is offered a time has half a day at least, never the night alone, and two hours to get there
LEAST, BEFORE = timedelta(hours=12), timedelta(hours=2)


def is_near(starts_at: datetime, now: datetime) -> bool:
    """Say whether a time begins so soon that nobody is drawn for it or offered it: it opens to all."""
    return starts_at < now + LEAST + BEFORE


def offered_until(now: datetime, starts_at: datetime, hours: int) -> datetime | None:
    """Return until when a time is offered that begins at a moment; None if it is so near that it opens to all."""
    if is_near(starts_at, now):
        return None
    until = min(now + timedelta(hours=hours), starts_at - BEFORE)
    return until if until - now >= LEAST else None
