"""How fast a centre serves now, and how long somebody waits: while its windows are shut nobody is served."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.moments import clock_of, minute_of
from linli.offerings.queries.centre_hours import openings_today
from linli.offerings.queries.windows import Ground, grounds_of
from linli.offerings.rules.centres import Opening, merged
from linli.offerings.rules.queueing import minutes_told, minutes_until, opens_next, seconds_a_visit
from linli.offerings.types.tickets import USUAL_SECONDS

# a window that called nobody for so long is taken to be unmanned, unless it has somebody before it
MANNED = timedelta(minutes=20)
LAST_VISITS = 50
LOOK_BACK = timedelta(days=30)
PACE = """
SELECT extract(epoch FROM ended_at - called_at)::float
  FROM offerings_ticket
 WHERE centre_id = %s AND state = 'done' AND ended_at > %s AND ended_at <= %s
   AND called_at < ended_at
 ORDER BY ended_at DESC LIMIT %s
"""
MANNED_NOW = """
SELECT DISTINCT window_id FROM offerings_ticket
 WHERE centre_id = %s AND "on" = %s AND window_id IS NOT NULL
   AND (state = 'called' OR called_at > %s)
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a centre serves now: seconds a visit, the windows that serve, and what each is open today.

    `minute` is the one of the day. Where no window has hours it counts as if they were always open.
    """

    seconds: float
    windows: frozenset[int]
    minute: int
    open_by_window: Mapping[int, Sequence[Opening]]

    def minutes_for(self, ahead: int, windows: Collection[int] | None = None) -> int:
        """Return the minutes that somebody waits with so many before her at these windows, else at all."""
        serving = self.windows if windows is None else self.windows & set(windows)
        told = minutes_told(ahead, len(serving), self.seconds)
        return minutes_until(told, self.minute, self._open(windows))

    def opens_at(self, windows: Collection[int]) -> str:
        """Return the clock at which the first of these windows opens today, nothing while one is open."""
        opens = opens_next(self.minute, self._open(windows))
        return "" if opens is None else clock_of(opens)

    def _open(self, windows: Collection[int] | None) -> list[Opening]:
        return merged(
            one
            for window_id, openings in self.open_by_window.items()
            if windows is None or window_id in windows
            for one in openings
        )


def pace_of(centre_id: int, now: datetime, grounds: Sequence[Ground] | None = None) -> Pace:
    """Return how fast a centre serves: the median of its last visits, the windows that called lately."""
    today = localdate(now)
    rows = sql.tuples("tickets.pace", PACE, [centre_id, now - LOOK_BACK, now, LAST_VISITS])
    manned = sql.tuples("tickets.manned", MANNED_NOW, [centre_id, today, now - MANNED])
    seconds = seconds_a_visit([row[0] for row in rows], USUAL_SECONDS)
    known = grounds_of(centre_id, today) if grounds is None else grounds
    return Pace(
        seconds, frozenset(row[0] for row in manned), minute_of(now),
        openings_today(known, today),
    )  # fmt: skip
