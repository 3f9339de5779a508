"""Weekly reports as they were published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from linli.cases.models import WeeklyReport
from linli.cases.queries.public import NEVER_SHOWN, TAKEN_BACK
from linli.cases.types.rates import KIND
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import PUBLIC

NEWEST = Keyset("newest", ("-week", "-pk"))
# weeks of the format before name cases in their files, which are given to nobody any more
FORMAT = "linli-week-2"
VILLAGES = """
SELECT p.code, v.since FROM places_place p
  CROSS JOIN LATERAL (SELECT min(c.opened_at) AS since FROM cases_case c
                       WHERE c.village_id = p.id AND c.kind = %s) v
 WHERE p.level = 'village' AND p.valid_to IS NULL AND v.since IS NOT NULL ORDER BY p.code
"""
# events before a day of cases that moved lately and that are on no public list now
LEFT = """
SELECT e.hash, e.at FROM cases_case c JOIN cases_caseevent e ON e.case_id = c.id
 WHERE c.kind = %(kind)s AND e.at < %(before)s
   AND (c.level > %(level)s OR c.matter = ANY(%(never)s) OR c.parent_id IS NOT NULL
        OR c.about_post_id IS NOT NULL OR c.state = %(taken_back)s)
   AND c.id IN (SELECT case_id FROM cases_caseevent WHERE at >= %(since)s)
"""


def villages_with_cases() -> list[tuple[str, datetime]]:
    """Return the villages in which something was reported, and since when."""
    return [(row[0], row[1]) for row in sql.tuples("cases.villages", VILLAGES, [KIND])]


def newest_editions() -> QuerySet[WeeklyReport]:
    """Return every weekly report that is shown, without its file."""
    rows = WeeklyReport.objects
    later = rows.filter(
        code=OuterRef("code"), week=OuterRef("week"), edition__gt=OuterRef("edition")
    )
    return rows.filter(~Exists(later)).defer("events")


def reports_of(code: str) -> QuerySet[WeeklyReport]:
    """Return the weekly reports of a village without their files; they are public."""
    return newest_editions().filter(code=code)


def get_report(code: str, week: date) -> WeeklyReport:
    """Return one weekly report. Refuses with NotFound."""
    found = reports_of(code).filter(week=week).first()
    if found is None:
        raise NotFound()
    return found


def has_file(report: WeeklyReport) -> bool:
    """Say whether everybody gets the file of a report."""
    return bool(report.content["format"] == FORMAT)


def events_of_week(code: str, week: date) -> bytes:
    """Return the gzipped file of a week. Refuses with NotFound, also for a week of before such files."""
    report = get_report(code, week)
    if not has_file(report) or report.events is None:
        raise NotFound()
    return bytes(report.events)


def left_the_list(since: datetime, before: datetime) -> Iterator[tuple[bytes, datetime]]:
    """Yield (hash, moment) of events before a moment whose case moved since, and is public no longer."""
    asked = {
        "kind": KIND, "before": before, "since": since, "level": PUBLIC,
        "never": list(NEVER_SHOWN), "taken_back": TAKEN_BACK,
    }  # fmt: skip
    for made, at in sql.tuples("cases.left_the_list", LEFT, asked):
        yield bytes(made), at
