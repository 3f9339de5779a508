"""Counters with a cap: money at a place, messages to one person. One statement each, nothing counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from prometheus_client import Counter as Metric

from linli.kernel.numbers import Share
from linli.notify import rules
from linli.notify.errors import CostCapReached
from linli.rulebook.queries import lookup

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
YUAN = 100


def use(subject: str, period: str, amount: int, most: int) -> bool:
    """Add to a counter unless it would pass its cap; say whether it was added. Internal to notify."""
    if amount > most:
        return False
    given: dict[str, Any] = {"subject": subject, "period": period, "amount": amount, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(SPEND, given)
        return cursor.fetchone() is not None


def spend(place: str, fen: int, on: date) -> None:
    """Take the cost of a message from the place's money for the day and the month.

    Inside a transaction: if the month has none left, the day's counter goes back with it.
    Refuses with CostCapReached. Internal to notify.
    """
    month = month_cap(place, on)
    subject = f"sms {place}"
    for period, most, until in (
        (rules.day_key(on), rules.day_cap(month), on + timedelta(days=1)),
        (rules.month_key(on), month, rules.next_month(on)),
    ):
        if not use(subject, period, fen, most):
            CAP_REFUSED.labels(period.partition(" ")[0]).inc()
            raise CostCapReached(until=until.isoformat(), move="send", state="queued")
    SPENT.inc(fen)


def month_cap(place: str, on: date) -> int:
    """Return what text messages of a place may cost in a month, in fen."""
    yuan = lookup("notify.sms.month_cap", place, on).value
    return number(yuan) * YUAN


def most_a_day(place: str, on: date) -> int:
    """Return how many messages that are not urgent one person may get in a day."""
    return number(lookup("notify.sms.person_day_max", place, on).value)


def number(value: object) -> int:
    """Return a rule's value as a number; a bound of the form "at most n" is its n."""
    if isinstance(value, Share):
        return value.num // value.den
    assert isinstance(value, int), f"not a number: {value!r}"
    return value
