"""By when a report that came in now would be accepted and settled, for the page before it is sent."""

from __future__ import annotations

from datetime import date, datetime

from linli.cases.queries.ground import fresh_clock, ground
from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.clocks import last_day
from linli.cases.rules.ticking import recounted


def promised(path: str, now: datetime, *, matter: str = "help") -> dict[str, date]:
    """Return the last days of the clocks that begin with a report at a place."""
    kind = newest_kind("report")
    found = {}
    for definition in kind.clocks:
        if kind.start in definition.runs:
            begun = fresh_clock(definition, matter=matter, path=path, at=now, cycle=1)
            due_at = recounted(begun, ground(), warn=definition.warn).due_at
            found[definition.key] = last_day(due_at)
    return found
