"""Figures of a place: what came, what became of it, in time or not; by place and by category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.cases import permits
from linli.cases.forms.rating import FiguresForm
from linli.cases.queries import rates as queries
from linli.cases.queries.public import category_titles, public_place
from linli.cases.queries.rates_export import lines_of
from linli.cases.rules import rates as rules
from linli.cases.types.rates import COUNTS, RATE_TITLES, TITLES, Counts, Figures, Rate
from linli.cases.views.public import FILES, name_of, way_to
from linli.kernel.addresses import address_of
from linli.kernel.errors import NotFound
from linli.kernel.permits import STAFF
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.demo import demo_note

MONTH, MOST = 30, 800


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a unit or a category, its counts and its shares."""

    title: str
    counts: Counts
    solved: Rate
    in_time: Rate
    url: str = ""


@require_GET
def figures(request: Request, code: str) -> HttpResponseBase:
    """The figures of a place and a period, for those who see its cases; file, paper, events."""
    place = public_place(code)
    if not request.actor.may(permits.SEE, at=place.path, level=STAFF):
        raise NotFound()
    form = FiguresForm(request.GET)
    found = _found(form, place)
    if request.GET.get("format") in FILES:
        return _file(place, found, request.GET["format"])
    if request.GET.get("format") == "events":
        return _events(place, found)
    units, categories, whole = _units(place, found), _categories(found), rules.summed(found.lines)
    context: dict[str, object] = {
        "place": place, "way": way_to(place), "found": found, "names": COUNTS, "titles": TITLES,
        "form": form.told(found.first, found.last),
        "rate_titles": RATE_TITLES, "units": units, "categories": categories,
        "whole": _row(_("In all"), whole, found),
        "gap": rules.gap(found.heard.rated, found.heard.called),
    }  # fmt: skip
    name = "cases/figures/print.html" if "print" in request.GET else "cases/figures/page.html"
    return page(request, name, context)


def _found(form: FiguresForm, place: PlaceRow) -> Figures:
    form.is_valid()
    given, today = form.cleaned_data, timezone.localdate()
    last: date = min(given.get("last") or today, today)
    first: date = given.get("first") or last - timedelta(days=MONTH)
    # a longer time would count the same events too often; two years are what reports ask for
    first = max(min(first, last), last - timedelta(days=MOST))
    return queries.figures_of(place, first, last)


def _units(place: PlaceRow, found: Figures) -> list[Row]:
    """The parts of a place in the order of their codes: nobody is ranked."""
    counts = rules.by_unit(found.lines)
    children = [] if place.level == "village" else places.child_rows(place.id)
    known = {child.code: name_of(child) for child in sorted(children, key=lambda c: c.code)}
    known[place.code] = name_of(place)
    span = f"?first={found.first}&last={found.last}"
    return [
        _row(title, counts.get(code, Counts()), found, address_of("cases:figures", code) + span)
        for code, title in known.items()
        if code in counts or code != place.code
    ]


def _categories(found: Figures) -> list[Row]:
    titles = category_titles()
    counts = rules.by_category(found.lines)
    return [_row(titles[code], counts[code], found) for code in titles if code in counts]


def _row(title: str, counts: Counts, found: Figures, url: str = "") -> Row:
    solved = rules.solved_rate(counts, found.period.excludes)
    return Row(title, counts, solved, rules.in_time_rate(counts), url)


def _file(place: PlaceRow, found: Figures, form: str) -> HttpResponse:
    heads: Sequence[Any] = [
        _("Grouped by"), _("Name"), *(str(TITLES[name]) for name in COUNTS),
        *(f"{title}, {part}" for title in map(str, RATE_TITLES.values()) for part in ("÷", "/")),
    ]  # fmt: skip
    body = [
        *_lines(_("Place"), _units(place, found)),
        *_lines(_("Category"), _categories(found)),
        *_lines(_("In all"), [_row(name_of(place), rules.summed(found.lines), found)]),
    ]
    notes = [[_("First day counted"), str(found.first)], [_("Last day counted"), str(found.last)]]
    left_out = "、".join(str(TITLES[name]) for name in sorted(found.period.excludes))
    notes.append([_("Not counted in shares"), left_out])
    name = _("Figures of %(place)s") % {"place": name_of(place)}
    return download([heads, *body, *notes], name=name, form=form, note=demo_note())


def _lines(by: str, rows: list[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            by, row.title, *(row.counts[name] for name in COUNTS),
            row.solved.numerator, row.solved.denominator,
            row.in_time.numerator, row.in_time.denominator,
        ]  # fmt: skip


def _events(place: PlaceRow, found: Figures) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        lines_of(place, found, timezone.now()), content_type="application/jsonl"
    )
    name = f"rates-{place.code}-{found.first}-{found.last}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
