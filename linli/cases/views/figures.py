"""Figures of a place: what came, what became of it, in time or not; by place and by category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.cases.forms.rating import FiguresForm
from linli.cases.queries import rates as queries
from linli.cases.queries.filters import NO_CATEGORY
from linli.cases.queries.kinds import newest_kind
from linli.cases.queries.public import category_titles, public_place
from linli.cases.queries.rates_export import lines_of
from linli.cases.queries.rounds import cases_behind
from linli.cases.queries.sanitation_export import sanitation_lines
from linli.cases.queries.telling import rows_of, told_rows
from linli.cases.rules import rates as rules
from linli.cases.types.rates import (
    COUNTS,
    KIND,
    OTHERWISE,
    RATE_TITLES,
    TITLES,
    Column,
    Counts,
    Figures,
    Rate,
)
from linli.cases.views.public import FILES, name_of, way_to
from linli.kernel.addresses import address_of
from linli.kernel.paging import clean_limit
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.demo import demo_note
from linli.ui.formats import clauses, listed

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a unit or a category, its counts and its shares.

    `behind` is what is asked for to see the cases of its numbers.
    """

    title: str
    counts: Counts
    solved: Rate
    in_time: Rate
    url: str = ""
    behind: Mapping[str, str] = field(default_factory=dict)


@require_GET
def figures(request: Request, code: str) -> HttpResponseBase:
    """The figures of a place and a period, for those who see its cases; file, paper, events, cases behind."""
    place, asked = public_place(code), request.GET
    form = FiguresForm(asked)
    found = _found(request, form, place)
    if asked.get("format") in FILES:
        return _file(place, found, asked["format"])
    if asked.get("format") == "events":
        return _events(lines_of(place, found, timezone.now()), place, found, found.counted.kind)
    if asked.get("format") == "sanitation":
        lines = sanitation_lines(request.actor, place, found.first, found.last)
        return _events(lines, place, found, "sanitation")
    if "behind" in asked:
        return _behind(request, place, found)
    units, categories, whole = _units(place, found), _categories(found), rules.summed(found.lines)
    context: dict[str, object] = {
        "place": place, "way": way_to(place), "found": found, "titles": TITLES,
        "names": [name for name in COUNTS if name != OTHERWISE or whole[name]],
        "form": form.told(found.first, found.last), "kind": newest_kind(found.counted.kind),
        "rate_titles": RATE_TITLES, "units": units, "categories": categories,
        "whole": _row(_("In all"), whole, found),
        "gap": rules.gap(found.heard.rated, found.heard.called),
    }  # fmt: skip
    name = "cases/figures/print.html" if "print" in asked else "cases/figures/page.html"
    return page(request, name, context)


def _found(request: Request, form: FiguresForm, place: PlaceRow) -> Figures:
    """Return what the address asks for. Refuses with NotFound who does not see these cases there."""
    form.is_valid()
    given = form.cleaned_data
    return queries.visible_figures(
        request.actor, place, given.get("kind") or KIND, given.get("first"), given.get("last"),
        today=timezone.localdate(),
    )  # fmt: skip


def _behind(request: Request, place: PlaceRow, found: Figures) -> HttpResponse:
    """The cases that one number counts."""
    asked = request.GET
    category = asked.get("category")
    column = Column(asked["behind"], asked.get("unit"), "" if category == NO_CATEGORY else category)
    cases = cases_behind(
        request.actor, place, found, column, cursor=asked.get("cursor"), limit=clean_limit(SHOWN)
    )
    rows = told_rows(request.actor, rows_of(cases.items), timezone.now())
    context: dict[str, object] = {
        "place": place, "way": way_to(place), "found": found, "cases": cases, "rows": rows,
        "title": TITLES[column.name], "kind": newest_kind(found.counted.kind),
    }  # fmt: skip
    return page(request, "cases/figures/behind.html", context)


def _units(place: PlaceRow, found: Figures) -> list[Row]:
    """The parts of a place in the order of their codes: nobody is ranked."""
    counts = rules.by_unit(found.lines)
    children = [] if place.level == "village" else places.child_rows(place.id)
    known = {child.code: name_of(child) for child in sorted(children, key=lambda c: c.code)}
    known[place.code] = name_of(place)
    span = f"?first={found.first}&last={found.last}&kind={found.counted.kind}"
    return [
        _row(
            title, counts.get(code, Counts()), found, {"unit": code},
            address_of("cases:figures", code) + span,
        )
        for code, title in known.items()
        if code in counts or code != place.code
    ]  # fmt: skip


def _categories(found: Figures) -> list[Row]:
    titles = category_titles()
    counts = rules.by_category(found.lines)
    return [
        _row(titles[code], counts[code], found, {"category": code or NO_CATEGORY})
        for code in titles
        if code in counts
    ]


def _row(
    title: str, counts: Counts, found: Figures, behind: Mapping[str, str] = {}, url: str = ""
) -> Row:
    solved = rules.solved_rate(counts, found.period.excludes)
    return Row(title, counts, solved, rules.in_time_rate(counts), url, behind)


def _file(place: PlaceRow, found: Figures, form: str) -> HttpResponse:
    heads: Sequence[Any] = [
        _("Grouped by"), _("Name"), *(str(TITLES[name]) for name in COUNTS),
        *(clauses((title, part)) for title in RATE_TITLES.values() for part in ("÷", "/")),
    ]  # fmt: skip
    body = [
        *_lines(_("Place"), _units(place, found)),
        *_lines(_("Category"), _categories(found)),
        *_lines(_("In all"), [_row(name_of(place), rules.summed(found.lines), found)]),
    ]
    kind = str(newest_kind(found.counted.kind).title)
    notes = [
        [_("Kind of case"), kind],
        [_("First day counted"), str(found.first)],
        [_("Last day counted"), str(found.last)],
    ]
    left_out = listed(TITLES[name] for name in sorted(found.period.excludes))
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


def _events(
    lines: Iterator[str], place: PlaceRow, found: Figures, what: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="application/jsonl")
    name = f"rates-{what}-{place.code}-{found.first}-{found.last}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
