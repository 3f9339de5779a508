"""Whether a centre is open now, and what its windows offer: for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from linli.kernel.moments import minute_of
from linli.offerings.queries.windows import Ground, grounds_of
from linli.offerings.rules.centres import Opening, merged, open_now
from linli.offerings.rules.slots import closed_by, slots_on
from linli.offerings.types.centres import OpenNow
from linli.offerings.types.visits import WHY_WORDS, Why
from linli.rulebook import queries as rulebook

AHEAD = 14


def open_at(centre_id: int, now: datetime, grounds: Sequence[Ground] | None = None) -> OpenNow:
    """Return whether a centre is open at a moment, by the hours of its windows and its closing days.

    `grounds` are its windows, where they are known already.
    """
    today, calendar = localdate(now), rulebook.calendar()
    grounds = grounds_of(centre_id, today) if grounds is None else grounds
    days = []
    for ahead in range(AHEAD):
        on = today + timedelta(days=ahead)
        slots = [s for g in grounds for s in slots_on(g.spans, g.changes, on, calendar)]
        days.append((on, merged((one.opens, one.closes) for one in slots)))
    closing = closed_by([change for one in grounds for change in one.changes], today)
    return open_now(
        days, minute_of(now),
        why=str(WHY_WORDS[Why(closing.why)]) if closing is not None and closing.why else "",
        is_known=any(one.spans for one in grounds),
    )  # fmt: skip


def openings_today(grounds: Sequence[Ground], today: date) -> dict[int, list[Opening]]:
    """Return what each window is open today; nothing of one that has no hours at all."""
    calendar = rulebook.calendar()
    return {
        one.window_id: merged(
            (slot.opens, slot.closes) for slot in slots_on(one.spans, one.changes, today, calendar)
        )
        for one in grounds
    }
