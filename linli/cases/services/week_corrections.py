"""Corrected editions of weekly reports: what is public no longer counts in none that is shown."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from linli.cases.models import WeeklyReport
from linli.cases.queries.weekly import FORMAT, has_file, left_the_list, newest_editions
from linli.cases.rules.clocks import local_day
from linli.cases.rules.published import TABLES, token_of
from linli.cases.rules.recounting_week import recount_week
from linli.cases.rules.weekly import week_of
from linli.cases.services.weekly import publish_week
from linli.kernel.days import bounds
from linli.kernel.permits import Actor, open_to_all

# longer than from one run to the next, so that one which was missed is made up for
LOOKED_BACK, AT_ONCE = timedelta(days=8), 100


@open_to_all("run by its job alone, which acts for the system; what it shows is public")
def correct_weeks(*, actor: Actor, now: datetime) -> int:
    """Make anew the weeks that tell of what is public no longer; return how many.

    That is what was taken back, raised in level or found to be about a post, and weeks of a format
    that named cases.
    """
    made = 0
    for code, week, edition in [*_of_before(), *_telling_too_much(now)]:
        again = publish_week(code, week, edition=edition + 1, actor=actor, now=now)
        made += again is not None
    return made


def _of_before() -> Iterator[tuple[str, date, int]]:
    before = newest_editions().exclude(content__format=FORMAT)
    yield from before.values_list("code", "week", "edition").order_by("pk").iterator()


def _telling_too_much(now: datetime) -> Iterator[tuple[str, date, int]]:
    this_week, _end = bounds(week_of(local_day(now)), local_day(now))
    left = list(left_the_list(now - LOOKED_BACK, this_week))
    tokens = {token_of(column, made) for made, _at in left for column in TABLES}
    weeks = {week_of(local_day(at)) for _made, at in left}
    reports = newest_editions().filter(week__in=weeks).order_by("pk").defer(None)
    for report in reports.iterator(chunk_size=AT_ONCE):
        if has_file(report) and not tokens.isdisjoint(_tokens_of(report)):
            yield report.code, report.week, report.edition


def _tokens_of(report: WeeklyReport) -> list[str]:
    return recount_week(gzip.decompress(bytes(report.events or b"")).splitlines(True)).tokens
