"""The weekly reports of a village: list, one week, on paper, as Atom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.cases.queries import weekly as queries
from linli.cases.queries.public import public_place
from linli.cases.views.public import name_of, way_to
from linli.kernel.addresses import address_of
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request, page
from linli.ui.formats import day_plain, is_chinese

PAGE, FEED = 26, 26


@require_GET
def listing(request: Request, code: str) -> HttpResponse:
    """The weeks of a village, newest first."""
    place = public_place(code)
    found = page_of(
        queries.reports_of(code), queries.NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(PAGE),
    )  # fmt: skip
    context: dict[str, object] = {"place": place, "found": found, "way": way_to(place)}
    return page(request, "cases/weekly/list.html", context)


@require_GET
def week(request: Request, code: str, week: str) -> HttpResponse:
    """One week as it was published, and the file by which everybody counts it again."""
    place, report = public_place(code), queries.get_report(code, _day(week))
    if request.GET.get("format") == "events":
        return _events(code, report.week)
    context: dict[str, object] = {
        "place": place, "report": report, "said": report.content, "way": way_to(place),
        "has_file": queries.has_file(report),
        "digest": bytes(report.digest).hex(), "language": "zh" if is_chinese() else "en",
    }  # fmt: skip
    name = "cases/weekly/print.html" if "print" in request.GET else "cases/weekly/week.html"
    return page(request, name, context)


@require_GET
def feed(request: Request, code: str) -> HttpResponse:
    """The newest weekly reports as Atom."""
    place = public_place(code)
    title = _("Weekly reports of %(place)s") % {"place": name_of(place)}
    made = Atom1Feed(
        title, request.build_absolute_uri(address_of("cases:weeks", code)), "",
        feed_url=request.build_absolute_uri(request.path), language=request.LANGUAGE_CODE or "",
    )  # fmt: skip
    for report in queries.reports_of(code).order_by("-week")[:FEED]:
        words = {"day": day_plain(report.week)}
        made.add_item(
            title=_("Week from %(day)s") % words,
            link=request.build_absolute_uri(
                address_of("cases:week", code, report.week.isoformat())
            ),
            description=_summary(report.content),
            unique_id=f"urn:linli:week:{code}:{report.week}",
            updateddate=report.made_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _events(code: str, week: date) -> HttpResponse:
    file = queries.events_of_week(code, week)
    response = HttpResponse(file, content_type="application/gzip")
    name = f"week-{code}-{week}.jsonl.gz"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _summary(said: dict[str, Any]) -> str:
    few = _("fewer than %(least)s") % {"least": said["least"]}
    numbers = [said[name]["total"] for name in ("came", "outcomes")]
    came, ended = (few if number is None else str(number) for number in numbers)
    return _("Came in: %(came)s. Answered or ended: %(ended)s.") % {"came": came, "ended": ended}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None
