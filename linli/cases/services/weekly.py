"""The weekly public report of a village, made once and kept as it was published."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import translation

from linli.cases.models import Category, WeeklyReport
from linli.cases.queries.rates import counted_as, figures_of
from linli.cases.queries.week_export import rounds_of, smallest_cell
from linli.cases.queries.weekly import FORMAT, villages_with_cases
from linli.cases.rules import published, rates, weekly
from linli.cases.rules.clocks import local_day
from linli.cases.rules.recounting_week import recount_week
from linli.cases.types.rates import KIND, OUTCOMES, TITLES, Figures
from linli.kernel.canonical import canonical
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places
from linli.places.types import PlaceRow

log = structlog.get_logger("linli.cases")

# weeks that a worker which was down makes up for
BACK = 4


@open_to_all("run by its job alone, which acts for the system")
def publish_weeks(*, actor: Actor, now: datetime) -> int:
    """Publish what is missing of the last weeks, village by village; return how many reports."""
    this_week = weekly.week_of(local_day(now))
    weeks = [this_week - timedelta(weeks=back) for back in range(BACK, 0, -1)]
    made = 0
    for code, since in villages_with_cases():
        wanted = [week for week in weeks if week + timedelta(days=7) > local_day(since)]
        known = set(
            WeeklyReport.objects.filter(code=code, week__in=wanted).values_list("week", flat=True)
        )
        for week in wanted:
            if week not in known and publish_week(code, week, actor=actor, now=now):
                made += 1
    return made


@open_to_all("run by its job alone, which acts for the system; what it shows is public")
@transaction.atomic
def publish_week(
    code: str, week: date, *, edition: int = 1, actor: Actor, now: datetime
) -> WeeklyReport | None:
    """Make the report of a week that is over; an edition that was published stays as it is.

    None if a case was moved while it was counted, so that its file would not come to the same: the
    next run makes it.
    """
    place = places.chain_of(code)[-1]
    content, lines = _made(place, week, edition)
    if problems := recount_week(lines).problems:
        # once it is a case that moved meanwhile; if it stays, whoever runs the place has to know
        log.error("week_not_published", place=code, week=week.isoformat(), why=problems[:3])
        return None
    report, _is_new = WeeklyReport.objects.get_or_create(
        code=code,
        week=week,
        edition=edition,
        defaults={
            "place_id": place.id, "content": content, "made_at": now,
            "digest": hashlib.sha256(canonical(content)).digest(),
            "events": gzip.compress("".join(lines).encode(), mtime=0),
        },
    )  # fmt: skip
    return report


def _made(place: PlaceRow, week: date, edition: int) -> tuple[dict[str, Any], list[str]]:
    """Return what may be published of a village's week, and the file by which it is counted again."""
    figures = figures_of(place, week, week + timedelta(days=6), counted_as(KIND, is_public=True))
    least = smallest_cell(place.code, figures.last)
    cells = published.cells_of(rounds_of(place, figures))
    shares = _shares(figures, len(cells["outcomes"]), least)
    content = {
        "format": FORMAT,
        "place": place.code,
        "names": {"zh": place.name, "en": place.name_en},
        "first": figures.first.isoformat(),
        "last": figures.last.isoformat(),
        "edition": edition,
        "least": least,
        "came": _table(published.counts_of(cells["came"]), _category_titles(), least),
        "outcomes": _table(published.counts_of(cells["outcomes"]), _outcome_titles(), least),
        **{name: share.step for name, share in shares.items()},
    }
    lines = [_line(row) for row in published.lines_of_week(content, cells, shares)]
    content["events"] = hashlib.sha256("".join(lines).encode()).hexdigest()
    return content, [*lines, _line({"week": content})]


def _shares(figures: Figures, ended: int, least: int) -> dict[str, weekly.Share]:
    in_time, rated = rates.in_time_rate(rates.summed(figures.lines)), figures.heard.rated
    return {
        "in_time": weekly.share_of(in_time.numerator, in_time.denominator, least, beside=ended),
        "rated": weekly.share_of(rated.numerator, rated.denominator, least),
    }


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _table(
    cells: Mapping[str, int], titles: Mapping[str, tuple[str, str]], least: int
) -> dict[str, Any]:
    found = weekly.grouped(cells, len(titles), least)
    rows = [
        {"code": code, "zh": titles[code][0], "en": titles[code][1], "count": count}
        for code, count in found.rows.items()
    ]
    # how many rows there could be says which small cells went into the rest
    return {"total": found.total, "rows": rows, "rest": found.rest, "of": len(titles)}


def _category_titles() -> dict[str, tuple[str, str]]:
    rows = Category.objects.values_list("code", "title", "title_en")
    return {"": ("其他事项", "Other matters"), **{code: (zh, en or zh) for code, zh, en in rows}}


def _outcome_titles() -> dict[str, tuple[str, str]]:
    told = [name for name in OUTCOMES if name not in published.UNTOLD]
    return {name: (_said(name, "zh-hans"), _said(name, "en")) for name in told}


def _said(name: str, language: str) -> str:
    with translation.override(language):
        return str(TITLES[name])
