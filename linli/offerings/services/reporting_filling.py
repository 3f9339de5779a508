"""Copies for the villages: filled from the registers, with answers given shortly before taken over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import (
    ReportingCell,
    ReportingColumn,
    ReportingSheet,
    ReportingTask,
)
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_binding import Fills
from linli.offerings.types.reporting import CELL_SECONDS, LOOK_SECONDS, Shape

CODE = 10


@open_to_all("the service that sends a report out has required its own permit")
def send_sheets(
    task: ReportingTask, columns: Sequence[ReportingColumn], paths: Sequence[str], *, actor: Actor,
    now: datetime,
) -> list[ReportingSheet]:  # fmt: skip
    """Make one sheet for each village, filled as far as registers and earlier answers go; six statements."""
    today = localdate(now)
    keys = [one.key for one in columns if one.fills == Fills.REGISTER]
    filled = {} if task.shape == Shape.LIST else values.measure(keys, task.path, today)
    asked = [one for one in columns if one.fills in (Fills.REGISTER, Fills.VILLAGE)]
    questions = [one.stem for one in columns if one.fills == Fills.VILLAGE]
    before = queries.old_answers(questions, paths, task.path, now) if questions else {}
    sheets = []
    for path in paths:
        known = filled.get(path, {})
        row = {str(one.number): known[one.key] for one in columns if one.key in known}
        answered = sum((path, stem) in before for stem in questions)
        left = 0 if task.shape == Shape.LIST else len(asked) - len(row) - answered
        sheets.append(ReportingSheet(
            task=task, code=public_code(CODE), path=path, filled=row, filled_on=today,
            cells_asked=len(asked), cells_open=left, seconds=LOOK_SECONDS + left * CELL_SECONDS,
        ))  # fmt: skip
    made = ReportingSheet.objects.bulk_create(sheets)
    ReportingCell.objects.bulk_create(
        ReportingCell(
            sheet=sheet, column=column, said=old.said, from_task=old.task, said_at=old.said_at,
            reason=old.reason,
        )
        for sheet in made
        for column in columns
        if column.fills == Fills.VILLAGE and (old := before.get((sheet.path, column.stem)))
    )  # fmt: skip
    return made


@open_to_all("the service that fills a sheet again has required its own permit")
def fill_again(
    sheet: ReportingSheet, columns: Sequence[ReportingColumn], *, actor: Actor, now: datetime
) -> None:
    """Take what the registers say today; what the village said stays, unless it is the same now."""
    keys = [one.key for one in columns if one.fills == Fills.REGISTER]
    known = values.measure(keys, sheet.path, localdate(now)).get(sheet.path, {})
    sheet.filled = {str(one.number): known[one.key] for one in columns if one.key in known}
    sheet.filled_on = localdate(now)
    numbers = {one.pk: str(one.number) for one in columns}
    for cell in sheet.cells.all():
        was = str(sheet.filled.get(numbers[cell.column_id], ""))
        if was and was == cell.said:
            cell.delete()
        elif was != cell.was:
            cell.was = was
            cell.save(update_fields=["was"])
