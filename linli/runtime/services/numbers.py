"""Numbers of a series without gaps: given in the transaction that uses them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from linli.kernel import sql
from linli.kernel.permits import open_to_all
from linli.runtime.rules import number_text

NEXT = """
INSERT INTO runtime_numberseries AS s (series, place, year, last, last_at)
VALUES (%(series)s, %(place)s, %(year)s, %(count)s, %(now)s)
ON CONFLICT (series, place, year) DO UPDATE
SET last = s.last + %(count)s, last_at = %(now)s
RETURNING last
"""


@open_to_all("the service that numbers its thing has checked the permit for that thing")
def next_number(series: str, place: str, year: int, *, now: datetime) -> str:
    """Return the next number of a series at a place, such as SF-2026-0001.

    The row stays locked until the transaction ends, so that a rollback gives the number back:
    take it as late as possible. `place` "" is one series for the whole city.
    """
    return number_text(series, year, next_value(series, place, year, now=now))


@open_to_all("the service that numbers its thing has checked the permit for that thing")
def next_value(series: str, place: str, year: int, *, now: datetime, count: int = 1) -> int:
    """Reserve `count` values of a series and return the last of them, for forms of your own."""
    assert connection.in_atomic_block, "a number without a transaction leaves a gap"
    assert count > 0, "a series only grows"
    given: dict[str, Any] = {
        "series": series,
        "place": place,
        "year": year,
        "count": count,
        "now": now,
    }
    ((last,),) = sql.tuples("numbers.next", NEXT, given)
    return int(last)


@open_to_all("the service that numbers its things has checked the permit for those things")
def next_numbers(series: str, place: str, year: int, *, now: datetime, count: int) -> list[str]:
    """Return `count` numbers in a row with one statement, for mass work."""
    last = next_value(series, place, year, now=now, count=count)
    return [number_text(series, year, value) for value in range(last - count + 1, last + 1)]
