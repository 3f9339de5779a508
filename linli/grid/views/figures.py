"""How events in the cells of a place were dealt with (GR-04), with the events that each figure rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.grid.forms.lists import SpanFilter
from linli.grid.queries import cells, rounds
from linli.grid.queries import figures as queries
from linli.grid.queries.figures import Part
from linli.grid.queries.figures_export import lines_of
from linli.grid.types.figures import FIGURES, Counted, Figure, Found, Span
from linli.grid.views.files import FORMS, MOST_LINES, PAPER, on_paper
from linli.grid.views.frame import way_to
from linli.kernel.errors import NotFound
from linli.kernel.list_files import STEP, Asked, ListFile, Row
from linli.kernel.permits import PERSONAL, Actor
from linli.kernel.sheets import download, moment_cell
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths
from linli.ui.demo import demo_note
from linli.ui.downloads import list_download
from linli.ui.formats import day_plain
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Place

PAGE = 50
BY_KEY: Mapping[str, Figure] = {one.key: one for one in FIGURES}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it was counted: how many, out of how many; a mean has its hours instead."""

    figure: Figure
    good: int | None
    whole: int | None

    @property
    def percent(self) -> int | None:
        """The share in percent, or None where it is unknown or no share."""
        if self.good is None or not self.whole or not self.figure.is_share:
            return None
        return round(100 * self.good / self.whole)

    @property
    def hours(self) -> int | None:
        """The mean in hours, or None where it is unknown or a share."""
        return None if self.figure.is_share else self.good


def line_of(figure: Figure, found: Counted) -> Line:
    """Return what a figure says; where nothing was to be counted it is unknown, which is not zero."""
    if not figure.is_share:
        return Line(figure, None if found.hours is None else round(found.hours), found.measured)
    whole: int = getattr(found, figure.whole)
    return Line(figure, getattr(found, figure.good) if whole else None, whole)


@require_safe
def figures(request: Request, code: str) -> HttpResponseBase:
    """The figures of a village, town or city over some days; page, file and paper, and each figure's events."""
    place = cells.ground_for(request.actor, code)
    form = SpanFilter(request.GET)
    span = form.span(localdate())
    if part := _part(request.actor, request.GET, place, span):
        return _events(request, place, part, form)
    if request.GET.get("format") == "events":
        return _to_count_again(request, place, span)
    unseen = queries.about_reader(request.actor, place.path)
    counted = queries.counted(place.path, span, unseen)
    lines, below = [line_of(one, counted) for one in FIGURES], _below(place, span, unseen)
    name = _("Figures of the grid of %(place)s") % {"place": named(place)}
    if (answer := _handed(request, place, span, _lines(lines, below), name)) is not None:
        return answer
    context: dict[str, object] = {
        "place": place, "lines": lines, "below": below, "span": span, "form": form.told(span),
        "figures": FIGURES, "way": way_to(place, (_("Figures"), "")),
    }  # fmt: skip
    return page(request, "grid/figures.html", context)


def _to_count_again(request: Request, place: Place, span: Span) -> StreamingHttpResponse:
    """The events behind the figures, for `linli verify rates`."""
    unseen = queries.about_reader(request.actor, place.path)
    lines = lines_of(places.chain_of(place.code)[-1], span, unseen)
    response = StreamingHttpResponse(lines, content_type="application/jsonl")
    name = f"grid-{place.code}-{span.first}-{span.last}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _part(actor: Actor, given: Asked, place: Place, span: Span) -> Part | None:
    figure = BY_KEY.get(given.get("of", ""))
    is_good = given.get("part") != "no"
    if figure is None:
        return None
    return Part(place.path, span, figure, is_good, queries.about_reader(actor, place.path))


def _events(request: Request, place: Place, part: Part, form: SpanFilter) -> HttpResponse:
    """The events that count in a figure, or the others that it is out of."""
    name = str(part.figure.title)
    if "format" in request.GET:
        if request.GET["format"] in FORMS:
            known, code = f"{name} {part.span.first} {part.span.last}", place.code
            return list_download(
                request, FILE.key, part.size, name=known, place=code, is_demo=place.is_invented
            )
        rows = _event_lines(request.actor, part.rows(most=MOST_LINES + 1))
        if (answer := _handed(request, place, part.span, rows, name)) is not None:
            return answer
    found = queries.page_of_part(part, cursor=request.GET.get("cursor"), limit=PAGE)
    to = f"{reverse('grid:figures', args=[place.code])}?first={part.span.first}&last={part.span.last}"
    context: dict[str, object] = {
        "place": place, "part": part, "found": found, "titles": _titles(request.actor, found.items),
        "form": form.told(part.span), "names": names_of_paths(one.path for one in found.items),
        "span": part.span, "way": way_to(place, (_("Figures"), to), (name, "")),
    }  # fmt: skip
    return page(request, "grid/figure_events.html", context)


def _titles(actor: Actor, rows: Iterable[Found]) -> dict[int, str]:
    """What the events are about, of those that the reader sees."""
    ids = [one.case_id for one in rows]
    seen = rounds.visible_events(actor).filter(pk__in=ids)
    return dict(seen.values_list("pk", "title"))


def _below(place: Place, span: Span, unseen: Sequence[int]) -> list[tuple[Any, list[Line]]]:
    """The places directly below in the order of their codes, nobody is ranked; a village has none."""
    if place.level == "village":
        return []
    counted = queries.counted_below(place.path, span, unseen)
    children = sorted(places.child_rows(place.pk), key=lambda one: one.code)
    return [
        (one, [line_of(figure, counted[one.path]) for figure in FIGURES])
        for one in children
        if one.path in counted
    ]


def _handed(
    request: Request, place: Place, span: Span, rows: Iterable[list[Any]], name: str
) -> HttpResponse | None:
    """Return the file or the paper that was asked for, or None for the page."""
    kind, days = request.GET.get("format"), f"{day_plain(span.first)} – {day_plain(span.last)}"
    if kind == PAPER:
        return on_paper(request, rows, name=name, says=[named(place), days])
    if kind not in FORMS:
        return None
    note = demo_note(anyway=place.is_invented)
    return download(rows, name=f"{name} {span.first} {span.last}", form=kind, note=note)


def _lines(lines: Sequence[Line], below: Sequence[tuple[Any, list[Line]]]) -> Iterable[list[Any]]:
    yield [
        _("Place"), _("What it counts"), _("How"), _("How many"), _("Out of how many"),
        _("Percent"), _("Mean hours"),
    ]  # fmt: skip
    for at, found in [("", lines), *((named(one), rows) for one, rows in below)]:
        for line in found:
            share = line.figure.is_share
            yield [
                at or _("in all"), line.figure.title, line.figure.method,
                _told(line.good if share else None), _told(line.whole if share else None),
                _told(line.percent), _told(line.hours),
            ]  # fmt: skip


def event_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The events of one figure, those that count in it or the others. Refuses with NotFound."""
    place, form = cells.ground_for(actor, asked.get("place", "")), SpanFilter(dict(asked))
    part = _part(actor, asked, place, form.span(localdate(now)))
    if part is None:
        raise NotFound()
    rows = part.rows(most=STEP)
    yield from _event_lines(actor, rows)
    while len(rows) == STEP:
        rows = part.rows(after=rows[-1].number, most=STEP)
        yield from islice(_event_lines(actor, rows), 1, None)


FILE = ListFile(
    "grid.figure_events", gettext_lazy("Events of a figure"), event_sheet, cells.SEEN_WITH, PERSONAL
)


def _event_lines(actor: Actor, rows: Sequence[Found]) -> Iterable[list[Any]]:
    titles, names = _titles(actor, rows), names_of_paths(one.path for one in rows)
    yield [
        _("Number"), _("What"), _("Place"), _("Filed as a case"), _("Due"), _("Disposed of"), _("Closed at"),
        _("Times sent back"),
    ]  # fmt: skip
    for one in rows:
        yield [
            one.number, titles.get(one.case_id, ""), names.get(one.path, ""),
            *map(moment_cell, (one.filed_at, one.due_at, one.disposed_at, one.closed_at)), one.reworks,
        ]  # fmt: skip


def _told(number: int | None) -> int | str:
    """What is unknown stays empty, it is not zero."""
    return "" if number is None else number
