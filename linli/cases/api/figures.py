"""API of figures: of a place and days for who sees its cases, and the published weeks for everybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases.models import WeeklyReport
from linli.cases.queries import rates as queries
from linli.cases.queries import weekly
from linli.cases.queries.public import public_place
from linli.cases.queries.rates_export import rates_of
from linli.cases.types.rates import KIND
from linli.kernel.api import PagedIn, one_of, paged
from linli.kernel.web import Request

router = Router()


class FigureLineOut(Schema):
    """The rounds of a unit and a category, column by column; a category of "" is other matters."""

    unit: str
    category: str
    counts: dict[str, int]


class HeardOut(Schema):
    """Bad ratings and how many of them were called back; ratings that count in no share.

    `of_same` are those of others who reported the same matter: of each matter one counts.
    """

    bad: int
    bad_called: int
    not_counted: int
    of_same: int
    excluded: int


class FiguresOut(Schema):
    """Figures as docs/formats/rates.md says: `rates` are pairs of numerator and denominator."""

    place: str
    kind: str
    first: date
    last: date
    excludes: list[str]
    lines: list[FigureLineOut]
    rates: dict[str, list[int]]
    heard: HeardOut


class FiguresIn(Schema):
    """`kind` is a kind of case whose rounds are counted, `report` without; a month without days."""

    kind: str = ""
    first: date | None = None
    last: date | None = None


class WeekOut(Schema):
    """A week as it was published; `content` holds its tables, `events` says where its file is.

    An `edition` above the first counts no more what is public no longer.
    """

    week: date
    edition: int
    made_at: datetime
    digest: str
    content: dict[str, Any]
    events: str | None


class WeekListOut(Schema):
    count: int
    items: list[WeekOut]
    next: str | None


@router.get("/places/{code}/case-figures/", response=FiguresOut)
def figures(request: Request, code: str, asked: Query[FiguresIn]) -> dict[str, Any]:
    """What came in at a place, what became of it, in time or not; by place below and category."""
    kinds = [key for key, _title in queries.counted_kinds()]
    found = queries.visible_figures(
        request.actor, public_place(code), one_of("kind", asked.kind, kinds) or KIND, asked.first,
        asked.last, today=timezone.localdate(),
    )  # fmt: skip
    heard = found.heard
    return {
        "place": found.place, "kind": found.counted.kind, "first": found.first, "last": found.last,
        "excludes": sorted(found.period.excludes), "rates": rates_of(found),
        "lines": [
            {"unit": line.unit, "category": line.category, "counts": line.counts.numbers}
            for line in found.lines
        ],
        "heard": {"bad": heard.bad, "bad_called": heard.bad_called,
                  "not_counted": heard.not_counted, "of_same": heard.of_same,
                  "excluded": heard.excluded},
    }  # fmt: skip


@router.get("/places/{code}/weeks/", response=WeekListOut)
def weeks(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The published weeks of a village, the newest first, each with the file to count it again."""
    place = public_place(code)
    return paged(weekly.reports_of(place.code), weekly.NEWEST, asked, _week)


def _week(report: WeeklyReport) -> dict[str, Any]:
    address = f"/places/{report.code}/weeks/{report.week}/?format=events"
    return {
        "week": report.week, "edition": report.edition, "made_at": report.made_at, "digest": bytes(report.digest).hex(),
        "content": report.content, "events": address if weekly.has_file(report) else None,
    }  # fmt: skip
