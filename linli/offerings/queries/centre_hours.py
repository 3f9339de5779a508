"""Whether a centre is open now, and what its windows offer: for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime

from linli.offerings.queries.windows import grounds_of
from linli.offerings.rules.centres import merged, open_now
from linli.offerings.rules.slots import closed_by, slots_on
from linli.offerings.types.centres import OpenNow
from linli.offerings.types.visits import WHY_WORDS, Why
from linli.rulebook import queries as rulebook

AHEAD = 14


def open_at(centre_id: int, now: datetime) -> OpenNow:
    """Return whether a centre is open at a moment, by the hours of its windows and its closing days."""
    today, calendar = localdate(now), rulebook.calendar()
    grounds = grounds_of(centre_id, today)
    days = []
    for ahead in range(AHEAD):
        on = today + timedelta(days=ahead)
        slots = [s for g in grounds for s in slots_on(g.spans, g.changes, on, calendar)]
        days.append((on, merged((one.opens, one.closes) for one in slots)))
    closing = closed_by([change for one in grounds for change in one.changes], today)
    moment = localtime(now)
    return open_now(
        days, moment.hour * 60 + moment.minute,
        why=str(WHY_WORDS[Why(closing.why)]) if closing is not None and closing.why else "",
        is_known=any(one.spans for one in grounds),
    )  # fmt: skip
