"""What the demo town asks of its villages by spreadsheet: one signed off, one waiting, one being prepared."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel.permits import Actor
from linli.offerings.clients.reporting_rows import list_rows
from linli.offerings.clients.reporting_templates import blank_sheet, shipped_templates
from linli.offerings.models import ReportingSheet, ReportingTask
from linli.offerings.queries.reporting import approving_posts, bound_columns, get_task
from linli.offerings.services import reporting, reporting_columns, reporting_sheets
from linli.offerings.services.reporting_approving import send_report
from linli.offerings.services.reporting_rows import RowSaid, say_row
from linli.offerings.states import ReportState
from linli.offerings.types.reporting import RowAct, Said, TaskFacts
from linli.places import queries as places

SIGNED, WAITING, LISTED, IN_WORK = "culture", "population", "very-old", "old-age"
DAYS = 12


def make(official: Actor, chair: Actor, *, now: datetime) -> None:
    """Ask once; the first village signs one of them off and differs in a cell."""
    if ReportingTask.objects.exists():
        return
    for key in (SIGNED, WAITING, LISTED):
        task = _received(key, official, now=now - timedelta(days=2))
        asked = send_report(task, edition=task.edition, actor=official, now=now)
        if asked.state == ReportState.ASKED:
            # the post that approves agrees at once
            head = replace(official, account_id=None, posts=frozenset({asked.post_id}))
            reporting.open_report(asked, edition=asked.edition, actor=head, now=now)
    _received(IN_WORK, official, now=now)
    sheet = ReportingSheet.objects.get(
        task__title=shipped_templates()[SIGNED].title, path=places.get_place(VILLAGE_1).path
    )
    columns = bound_columns(sheet.task)
    said = {one.number: Said("46") for one in columns if str(one.number) not in sheet.filled}
    venues = next(one for one in columns if one.key == "activities.venues")
    said[venues.number] = Said("6", "新增榕树头乒乓球台，尚未登记")
    saved = reporting_sheets.say_cells(sheet, said, edition=sheet.edition, actor=chair, now=now)
    reporting_sheets.sign_sheet(saved, edition=saved.edition, actor=chair, now=now)
    _correct_a_row(chair, now=now)


def _correct_a_row(chair: Actor, *, now: datetime) -> None:
    """Of a list of people the first village strikes a row out, before it signs the list."""
    sheet = ReportingSheet.objects.get(
        task__title=shipped_templates()[LISTED].title, path=places.get_place(VILLAGE_1).path
    )
    rows = list_rows(sheet, actor=chair, on=localdate(now))
    if rows:
        gone = RowSaid(RowAct.STRUCK, reason="上月去世，登记待更新")
        say_row(sheet, rows[-1].ref, gone, edition=sheet.edition, actor=chair, now=now)


def _received(key: str, official: Actor, *, now: datetime) -> ReportingTask:
    template, place = shipped_templates()[key], places.get_place(TOWN)
    post_id = int(approving_posts(official, place.path)[0][0])
    due_on = localdate(now) + timedelta(days=DAYS)
    facts = TaskFacts(template.title, post_id, template.basis, due_on)
    task = reporting.receive_report(
        place, facts, blank_sheet(template), f"{template.title}.xlsx", actor=official, now=now
    )
    if template.list:
        sheet = task.sheet_name
        reporting_columns.choose_sheet(
            task, sheet, template.list, edition=task.edition, actor=official, now=now
        )
    return get_task(official, task.code)
