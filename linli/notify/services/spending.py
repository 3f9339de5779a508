"""Counters with a cap: money at a place, messages to one person. One statement each, nothing counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from prometheus_client import Counter as Metric

from linli.kernel.permits import Actor, open_to_all
from linli.notify import queries, rules
from linli.notify.errors import CostCapReached

SPEND = """
INSERT INTO notify_counter AS c (subject, period, used) VALUES (%(subject)s, %(period)s, %(amount)s)
ON CONFLICT (subject, period) DO UPDATE SET used = c.used + %(amount)s
WHERE c.used + %(amount)s <= %(most)s
RETURNING used
"""
CAP_REFUSED = Metric(
    "linli_sms_cap_refused_total", "Text messages not sent for want of money", ["period"]
)
SPENT = Metric("linli_sms_fen_total", "What text messages cost, in fen")
PART = "part of delivering, which the worker alone does"


@open_to_all(PART)
def use(subject: str, period: str, amount: int, most: int, *, actor: Actor) -> bool:
    """Add to a counter unless it would pass its cap; say whether it was added."""
    if amount > most:
        return False
    given: dict[str, Any] = {"subject": subject, "period": period, "amount": amount, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(SPEND, given)
        return cursor.fetchone() is not None


@open_to_all(PART)
def spend(place: str, fen: int, on: date, *, actor: Actor) -> None:
    """Take the cost of a message from the place's money for the day and the month.

    Inside a transaction: if the month has none left, the day's counter goes back with it.
    Refuses with CostCapReached.
    """
    month = queries.sms_month_cap(place, on)
    subject = f"sms {place}"
    for period, most, until in (
        (rules.day_key(on), rules.day_cap(month), on + timedelta(days=1)),
        (rules.month_key(on), month, rules.next_month(on)),
    ):
        if not use(subject, period, fen, most, actor=actor):
            CAP_REFUSED.labels(period.partition(" ")[0]).inc()
            raise CostCapReached(until=until.isoformat(), move="send", state="queued")
    SPENT.inc(fen)
