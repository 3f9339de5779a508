"""Numbers of a series without gaps: given in the transaction that uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.permits import Actor, open_to_all
from linli.runtime.models import NumberSeries
from linli.runtime.rules import YEAR, after_gap, number_text

# series, place, year
Series = tuple[str, str, int]
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
    return begin_number(series, place, year, now=now)()


@open_to_all("the service that numbers its thing has checked the permit for that thing")
def begin_number(series: str, place: str, year: int, *, now: datetime) -> Callable[[], str]:
    """Begin to take what `next_number` returns, and go on: for whoever has one more read before it."""
    value = _begin_value(series, place, year, now, 1)
    return lambda: number_text(series, year, value())


@open_to_all("the service that numbers its thing has checked the permit for that thing")
def next_value(series: str, place: str, year: int, *, now: datetime, count: int = 1) -> int:
    """Reserve `count` values of a series and return the last of them, for forms of your own."""
    return _begin_value(series, place, year, now, count)()


class _Last(NamedTuple):
    last: int


def _begin_value(
    series: str, place: str, year: int, now: datetime, count: int
) -> Callable[[], int]:
    assert sql.in_transaction(), "a number without a transaction leaves a gap"
    assert count > 0, "a series only grows"
    given: dict[str, Any] = {
        "series": series,
        "place": place,
        "year": year,
        "count": count,
        "now": now,
    }
    asked = sql.ask("numbers.next", NEXT, given, _Last, is_hurried=True)
    return lambda: asked.rows()[0].last


@open_to_all("called by restore alone, before anybody is served")
@transaction.atomic
def leave_gaps(
    since: datetime, known: Mapping[Series, int], *, actor: Actor, now: datetime
) -> list[tuple[NumberSeries, int]]:
    """Go on behind all numbers that were given, or may have been, since the backup.

    Receipts, numbers to pay under and papers of these days are in other hands: `known` says how far a
    series came where that is known. Returns each series with the last number before its gap.
    """
    then, today = localdate(since), localdate(now)
    lost = (today - then).days + 1
    held = NumberSeries.objects.select_for_update().filter(year__gte=then.year)
    series = {(one.series, one.place, one.year): one for one in held}
    goals = {
        key: after_gap(one.last, then.timetuple().tm_yday, lost) for key, one in series.items()
    }
    for year in range(then.year + 1, today.year + 1):
        for (name, place, before), one in series.items():
            if before == then.year and (name, place, year) not in goals:
                goals[name, place, year] = after_gap(one.last, YEAR, lost) - one.last
    wanted = {key for key in known if key[2] >= then.year} | set(goals)
    return [
        _lifted(key, max(goals.get(key, 0), known.get(key, 0)), series.get(key), now)
        for key in sorted(wanted)
    ]


def _lifted(
    key: Series, to: int, one: NumberSeries | None, now: datetime
) -> tuple[NumberSeries, int]:
    name, place, year = key
    row = one or NumberSeries(series=name, place=place, year=year, last=0)
    before, row.last, row.last_at = row.last, max(row.last, to), now
    row.save()
    return row, before


@open_to_all("the service that numbers its things has checked the permit for those things")
def next_numbers(series: str, place: str, year: int, *, now: datetime, count: int) -> list[str]:
    """Return `count` numbers in a row with one statement, for mass work."""
    last = next_value(series, place, year, now=now, count=count)
    return [number_text(series, year, value) for value in range(last - count + 1, last + 1)]
