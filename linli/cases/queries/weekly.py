"""Weekly reports as they were published."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from linli.cases.models import WeeklyReport
from linli.cases.types.rates import KIND
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset

NEWEST = Keyset("newest", ("-week", "-pk"))
VILLAGES = """
SELECT p.code, v.since FROM places_place p
  CROSS JOIN LATERAL (SELECT min(c.opened_at) AS since FROM cases_case c
                       WHERE c.village_id = p.id AND c.kind = %s) v
 WHERE p.level = 'village' AND p.valid_to IS NULL AND v.since IS NOT NULL ORDER BY p.code
"""


def villages_with_cases() -> list[tuple[str, datetime]]:
    """Return the villages in which something was reported, and since when."""
    return [(row[0], row[1]) for row in sql.tuples("cases.villages", VILLAGES, [KIND])]


def reports_of(code: str) -> QuerySet[WeeklyReport]:
    """Return the weekly reports of a village without their files; they are public."""
    return WeeklyReport.objects.filter(code=code).defer("events")


def get_report(code: str, week: date) -> WeeklyReport:
    """Return one weekly report. Refuses with NotFound."""
    found = reports_of(code).filter(week=week).first()
    if found is None:
        raise NotFound()
    return found


def events_of_week(code: str, week: date) -> bytes:
    """Return the gzipped file of a week. Refuses with NotFound, also for a week of before such files."""
    found = WeeklyReport.objects.filter(code=code, week=week).values_list("events", flat=True)
    file = found.first()
    if file is None:
        raise NotFound()
    return bytes(file)
