"""Reports: who sees which, what stands in a village's sheet, who is late, where villages differ from registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.queries.rights import posts_that_may
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.kernel.registries import POST_NAMES
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.models import (
    ReportingCell,
    ReportingColumn,
    ReportingSheet,
    ReportingTask,
)
from linli.offerings.queries.reporting_values import columns_of
from linli.offerings.rules.reporting_binding import Bound, Fills
from linli.offerings.rules.reporting_layouts import rules_of
from linli.offerings.states import ReportState, SheetState
from linli.offerings.types.reporting import Shown
from linli.orgs import queries as orgs
from linli.rulebook import queries as rulebook

NEWEST = Keyset("newest", ("-pk",))
REPEAT = "reporting.repeat"
SEEN_WITH = (permits.ASK_REPORTS, permits.FILL_REPORTS)
MOST_POSTS = 100
LATE = (SheetState.WAITING.value, SheetState.LAPSED.value)


def visible_tasks(actor: Actor) -> QuerySet[ReportingTask]:
    """Reports that were asked where the actor may ask."""
    return ReportingTask.objects.filter(in_reach(actor, permits.ASK_REPORTS)).defer(
        "content", "layout"
    )


def visible_sheets(actor: Actor) -> QuerySet[ReportingSheet]:
    """Sheets where the actor may look reports through; only the village itself signs them off."""
    found = ReportingSheet.objects.filter(in_reach(actor, permits.FILL_REPORTS))
    return found.select_related("task").defer("task__content", "task__layout", "sealed")


def get_task(actor: Actor, code: str) -> ReportingTask:
    """Return a report that the actor may ask, or is asked to approve. Refuses with NotFound."""
    mine = Q(post_id__in=actor.posts) & ~Q(state=ReportState.DRAFT)
    seen = ReportingTask.objects.filter(in_reach(actor, permits.ASK_REPORTS) | mine)
    found = seen.select_related("post").filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    return found


def get_sheet(actor: Actor, code: str) -> ReportingSheet:
    """Return a village's sheet for whoever fills it in. Refuses with NotFound."""
    found = ReportingSheet.objects.filter(in_reach(actor, permits.FILL_REPORTS), code=code)
    sheet = found.select_related("task", "task__post").first()
    if sheet is None:
        raise NotFound(code=code)
    return sheet


def sheet_in(task: ReportingTask, **of: str) -> ReportingSheet:
    """Return one sheet of a report. Refuses with NotFound."""
    sheet = task.sheets.filter(**of).first()
    if sheet is None:
        raise NotFound(**of)
    return sheet


def to_approve(actor: Actor) -> QuerySet[ReportingTask]:
    """Reports that wait for the approval of a post that the actor holds, the most urgent first."""
    found = ReportingTask.objects.filter(post_id__in=actor.posts, state=ReportState.ASKED)
    return found.defer("content", "layout").order_by("due_on", "pk")


def places_to_ask(actor: Actor) -> list[str]:
    """Return the paths at which the actor may ask."""
    return list(actor.paths(permits.ASK_REPORTS))


def approving_posts(actor: Actor, path: str) -> list[tuple[str, str]]:
    """Return (id, body and title) of the posts at a place that may approve a report: those that may ask there.

    A post that may not would have it on no list of its own.
    """
    asking = posts_that_may(permits.ASK_REPORTS, [path], now=timezone.now())[path]
    found = orgs.visible_posts(actor).filter(path=path, closed_on__isnull=True, pk__in=asking)
    heads = found.filter(kind_id__in=("head", "deputy_head")).order_by("rank", "pk")[:MOST_POSTS]
    names = POST_NAMES.call([post.pk for post in heads])
    return [(str(post.pk), names.get(post.pk, post.title)) for post in heads]


def bound_columns(task: ReportingTask) -> list[ReportingColumn]:
    """Return the columns of a report from left to right."""
    return list(task.columns.order_by("number"))


def as_bound(columns: Iterable[ReportingColumn]) -> list[Bound]:
    """Return columns as rules know them."""
    return [
        Bound(one.number, one.title, Fills(one.fills), one.key, one.formula, one.is_hidden, one.why)
        for one in columns
    ]


def cells_of(sheet: ReportingSheet, columns: Sequence[ReportingColumn], *, is_chinese: bool) -> list[Shown]:  # fmt: skip
    """Return what stands in a village's sheet, column by column; what nobody fills is left out."""
    said = {one.column_id: one for one in sheet.cells.all()}
    known, rules = columns_of(sheet.task.list_key), rules_of(sheet.task.layout)
    found = []
    for column in columns:
        if column.fills in (Fills.NOBODY, Fills.FORMULA):
            continue
        was, cell = str(sheet.filled.get(str(column.number), "")), said.get(column.pk)
        held = known.get(column.key)
        found.append(Shown(
            column.pk, column.number, column.title, column.fills, cell.said if cell else was, was,
            cell.reason if cell else "", is_open=not was, is_corrected=bool(cell and was),
            from_task=cell.from_task if cell else "", unit=held.unit if held else "",
            source=held.name(is_chinese=is_chinese) if held else "", rule=rules[column.number], why_asked=column.why,
        ))  # fmt: skip
    return found


def values_of(sheet: ReportingSheet, columns: Sequence[ReportingColumn], cells: Mapping[int, str]) -> dict[int, int | str]:  # fmt: skip
    """Return the values of a village's row by column number, what it said over what was filled."""
    found: dict[int, int | str] = {}
    for column in columns:
        said: Any = cells.get(column.pk, sheet.filled.get(str(column.number), ""))
        found[column.number] = as_value(said)
    return found


def as_value(said: Any) -> int | str:
    """Return a whole number as a number, everything else as it was said."""
    if isinstance(said, int):
        return said
    number = whole_number(str(said), most=10**12)
    return number if number is not None and str(number) == str(said) else str(said)


def sheets_of(task: ReportingTask) -> QuerySet[ReportingSheet]:
    """Return the sheets of a report, by place."""
    return task.sheets.order_by("path").prefetch_related("cells")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a report is: sheets, signed ones, cells in all, cells that no register could fill."""

    sheets: int
    signed: int
    cells: int
    open: int

    @property
    def filled_percent(self) -> int | None:
        """How much of it the system filled; rounded down, so that 100 means all."""
        return (self.cells - self.open) * 100 // self.cells if self.cells else None


def standings_of(tasks: Sequence[ReportingTask]) -> dict[int, Standing]:
    """Return how far reports are; one query for all of them."""
    rows = ReportingSheet.objects.filter(task__in=tasks).values_list(
        "task_id", "state", "cells_asked", "cells_open"
    )
    found: dict[int, list[int]] = {}
    for task_id, state, asked, left in rows:
        sums = found.setdefault(task_id, [0, 0, 0, 0])
        sums[0] += 1
        sums[1] += state == SheetState.SIGNED
        sums[2] += asked
        sums[3] += left
    return {task_id: Standing(*sums) for task_id, sums in found.items()}


def repeat_days(path: str, on: date) -> int:
    """Return for how many days an answer is taken again instead of asking anew."""
    return rulebook.lookup(REPEAT, path, on).number


@dataclass(frozen=True, slots=True)
class OldAnswer:
    """What a village said to the same question before, in which report and when, and why if on purpose."""

    said: str
    task: str
    said_at: datetime
    reason: str = ""


def old_answers(
    stems: Sequence[str], paths: Sequence[str], path: str, now: datetime
) -> dict[tuple[str, str], OldAnswer]:
    """Return (path of the village, stem) → what it said within the days of the rulebook (BU-23)."""
    since = now - timedelta(days=repeat_days(path, localdate(now)))
    found = ReportingCell.objects.filter(
        column__stem__in=stems, column__fills=Fills.VILLAGE, sheet__path__in=paths,
        sheet__state=SheetState.SIGNED, said_at__gte=since,
    )  # fmt: skip
    rows = found.order_by("said_at").values_list(
        "sheet__path", "column__stem", "said", "sheet__task__code", "from_task", "said_at", "reason"
    )
    return {
        (at, stem): OldAnswer(said, before or code, said_at, reason)
        for at, stem, said, code, before, said_at, reason in rows
    }


def due_tasks(on: date) -> QuerySet[ReportingTask]:
    """Return open reports whose last day is over."""
    return ReportingTask.objects.filter(state="open", due_on__lt=on).order_by("pk")


def waiting_sheets(actor: Actor) -> QuerySet[ReportingSheet]:
    """Return sheets that wait for the actor's village, the most urgent first."""
    return visible_sheets(actor).filter(state=SheetState.WAITING).order_by("task__due_on", "pk")


def asked_of(path: str, since: date, until: date) -> dict[str, tuple[int, int]]:
    """Return village → (sheets that it was sent, seconds that they cost) within days; one query."""
    found = ReportingSheet.objects.filter(
        path__startswith=path, filled_on__gt=since, filled_on__lte=until
    ).exclude(state=SheetState.WITHDRAWN)
    counted: dict[str, tuple[int, int]] = {}
    for at, seconds in found.values_list("path", "seconds"):
        sheets, whole = counted.get(at, (0, 0))
        counted[at] = (sheets + 1, whole + seconds)
    return counted
