"""The board as rows and columns of a page: pure arrangement of what the query gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.plan import queries
from linli.plan.queries import Board, When
from linli.plan.rules.progress import UNKNOWN, Cell, Pile, Standing, tally
from linli.plan.types import FORCE_SIGNS, FORCE_TITLES, Force
from linli.plan.views.words import LABELS, CellView, cell_view, task_words
from linli.ui import formats
from linli.ui.formats import day, is_chinese, statements


@dataclass(frozen=True, slots=True)
class RowView:
    """A town and its cells; `None` stands where a task is held."""

    place: Any
    cells: list[CellView | None]
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadView:
    """A column: a task."""

    task: Any
    force: Any
    sign: Any
    words: str
    url: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of columns."""

    name: str
    span: int


@dataclass(frozen=True, slots=True)
class Heads:
    """All columns, how many are held, and by whom."""

    groups: list[GroupView]
    tasks: list[HeadView]
    held: int
    holder: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One cell in a list."""

    place: Any
    number: int
    name: str
    text: str
    label: Any
    standing: Standing
    url: str


@dataclass(frozen=True, slots=True)
class Stat:
    """A number that opens the list behind it."""

    title: str
    value: str
    text: str
    url: str


def address(number: int | None = None, town: str = "", *, when: When | None = None) -> str:
    """The address of a cell, a column or a row of the board; a cell leads to what stands behind it."""
    query = [f"task={number}"] if number else []
    query += [f"town={town}"] if town else []
    query += kept(when)
    place = "#cell" if number and town else "#after" if number else ""
    return reverse("plan:board") + ("?" + "&".join(query) if query else "") + place


def kept(when: When | None) -> list[str]:
    """What an address carries along so that it shows the same day; nothing for the board of today."""
    if when is None or when == When(localdate()):
        return []
    return [f"on={when.on}", *([f"to={when.to}"] if when.to else [])]


def day_words(when: When) -> str:
    """Of which day a board is, and under whose borders it stands."""
    words = {"on": day(when.on), "to": day(when.to) if when.to else ""}
    if when.is_restated:
        return _("As of %(on)s, restated to the towns of %(to)s") % words
    return _("As of %(on)s, with the towns of that day") % words


def _note(row: Any) -> str:
    """What a reader must know of a restated row."""
    words = (
        [_("restated from %(names)s") % {"names": formats.listed(row.sources)}]
        if row.sources
        else []
    )
    if row.moved:
        words.append(
            ngettext(
                "%(num)s village changed towns; its share was not measured apart",
                "%(num)s villages changed towns; their share was not measured apart",
                row.moved,
            )
            % {"num": row.moved}
        )
    return statements(words)


def rows(found: Board, sort: str, number: int | None, town: str) -> list[RowView]:
    """The towns in the order asked for: by code unless the reader chooses another.

    Invented towns stay in front of real ones, but for the order by value.
    """
    ordered = found.rows
    if sort == "name":
        ordered = sorted(found.rows, key=lambda row: (not row.place.is_invented, row.place.name))
    elif sort == "value" and number:
        ordered = queries.ranked_by(found, number)
    return [_row(found, row, number, town) for row in ordered]


def _row(found: Board, row: Any, number: int | None, town: str) -> RowView:
    code = row.place.code
    views: list[CellView | None] = []
    for task in found.tasks:
        if task.number in found.held:
            views.append(None)
            continue
        here = code == town and task.number == number
        cell = row.cells[task.number]
        url = "" if cell == UNKNOWN else address(task.number, code, when=found.when)
        views.append(cell_view(cell, url, is_current=here))
    return RowView(row.place, views, reverse("portal:place", args=[code]), _note(row))


def heads(found: Board) -> Heads:
    """The columns with their groups, and who holds those that are not shown."""
    groups: list[GroupView] = []
    last: Any = object()
    for task in found.tasks:
        if task.group_id != last:
            groups.append(GroupView(_group_name(task.group), 0))
            last = task.group_id
        groups[-1] = GroupView(groups[-1].name, groups[-1].span + 1)
    tasks = [
        HeadView(
            task, FORCE_TITLES[Force(task.force)], FORCE_SIGNS[Force(task.force)], task_words(task),
            address(task.number, when=found.when), task.number in found.held,
        )
        for task in found.tasks
    ]  # fmt: skip
    holders = dict.fromkeys(
        d.name
        for t in found.tasks
        if t.number in found.held
        for d in t.departments.all()
        if d.leads
    )
    return Heads(groups, tasks, len(found.held), "、".join(holders))


def _group_name(group: Any) -> str:
    if group is None:
        return ""
    chinese, english = group.short_name or group.name, group.short_name_en or group.name_en
    return str(chinese if is_chinese() or not english else english)


def cell_text(row: Any, task: Any) -> str:
    """A cell in a file: the number or the words; nothing for what is held."""
    cell: Cell | None = row.cells.get(task.number)
    if cell is None:
        return ""
    return f"{cell.percent}%" if cell.percent is not None else str(LABELS[cell.standing])


PILES = {
    Pile.REQUIRED: (
        gettext_lazy("Required, date passed"),
        gettext_lazy("reached or shown; %(open)s not"),
    ),
    Pile.STRIVEN: (
        gettext_lazy("Striven for, date passed"),
        gettext_lazy("reached or shown; %(open)s not"),
    ),
    Pile.FREE: (
        gettext_lazy("Encouraged, explored, possible"),
        gettext_lazy("begun, not judged"),
    ),
    Pile.OPEN: (
        gettext_lazy("Without a date, or not yet due"),
        gettext_lazy("reported or reached"),
    ),
}


def stats(found: Board) -> list[Stat]:
    """Four numbers, each opening the list of exactly the cells that it counts."""
    return [_stat(found, pile) for pile in Pile]


def _stat(found: Board, pile: Pile) -> Stat:
    title, words = (str(text) for text in PILES[pile])
    counted = tally(cell for _place, _task, cell in found.piles[pile])
    if not counted.known:
        return Stat(title, "–", _("no data"), "")
    text = words % {"open": counted.known - counted.well} if "%(" in words else words
    url = f"{reverse('plan:cells')}?{'&'.join([f'counted={pile}', *kept(found.when)])}"
    return Stat(title, f"{counted.well} / {counted.known}", text, url)


def first_measured(found: Board) -> int | None:
    """The first task that has a value to compare, for the chart of the page."""
    shown = {indicator for indicator, _path in found.values}
    for task in found.tasks:
        if task.number not in found.held and any(
            t.indicator_key in shown for t in task.targets.all() if t.indicator_key
        ):
            return int(task.number)
    return None


def listed(found: list[tuple[Any, Any, Cell]], when: When) -> list[Listed]:
    """Cells as lines of a list."""
    return [
        Listed(
            place, task.number, task.name, cell_view(cell, "").text, LABELS[cell.standing],
            cell.standing, address(task.number, place.code, when=when),
        )
        for place, task, cell in found
    ]  # fmt: skip
