"""Arguments of GeoReport v2 as it writes them: moments, lists, numbers, and the span of a search."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from linli.exchange.types import SPAN

# far enough from the ends of what a day can be that any zone and span may be added
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)


class Wrong(ValueError):
    """An argument that cannot be read; `why` is a short code."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Return a moment such as 2010-01-01T00:00:00Z; a day alone is its beginning here. Raises Wrong."""
    text = text.strip().replace(" ", "+")
    if not text:
        return None
    try:
        if len(text) == 10:
            text = f"{text}T00:00:00"
            found = datetime.fromisoformat(text).replace(tzinfo=zone)
        else:
            found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Wrong("moment") from error
    if found.tzinfo is None:
        raise Wrong("zone")
    if not EARLIEST < found < LATEST:
        raise Wrong("moment")
    return found


def words_of(text: str) -> tuple[str, ...]:
    """Return what a comma separated list names, each once, in its order."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when is searched: 90 days at most, the last ones if nothing is said. Raises Wrong."""
    if start is None and end is None:
        return now - SPAN, now
    if end is None:
        assert start is not None
        return start, start + SPAN
    if start is None:
        return end - SPAN, end
    if end < start:
        raise Wrong("order")
    if end - start > SPAN:
        raise Wrong("span")
    return start, end


def days_of(span_of: tuple[datetime, datetime], zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the beginning of the first day and the end of the last: a search tells no hour."""
    first, last = (one.astimezone(zone).date() for one in span_of)
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
    )


def degrees(text: str, most: float) -> float | None:
    """Return a latitude or longitude, None for nothing. Raises Wrong."""
    if not text.strip():
        return None
    try:
        found = float(text)
    except ValueError as error:
        raise Wrong("number") from error
    if not math.isfinite(found) or abs(found) > most:
        raise Wrong("number")
    return found


def is_uuid(text: str) -> bool:
    """Say whether a text can be one of our tokens."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None
