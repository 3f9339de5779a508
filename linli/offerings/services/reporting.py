"""Reports at the office that asks: a sheet comes in, it goes out, it ends."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.reporting_files import open_book, read_grid, refused
from linli.offerings.models import ReportingRow, ReportingSheet, ReportingTask
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_values as values
from linli.offerings.queries.reporting_ready import ready
from linli.offerings.rules.reporting_binding import first_binding
from linli.offerings.rules.reporting_grids import Layout
from linli.offerings.rules.reporting_heads import NoHeadings, layout_of
from linli.offerings.rules.reporting_layouts import as_data
from linli.offerings.services.reporting_columns import keep_columns
from linli.offerings.services.reporting_drafts import checked_facts, held_for_approval, saved
from linli.offerings.services.reporting_filling import send_sheets
from linli.offerings.states import REPORT, SHEET, ReportState, SheetState
from linli.offerings.types.reporting import TaskFacts
from linli.orgs import queries as orgs
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

SENT, WITHDRAWN = "offerings.report_sent", "offerings.report_withdrawn"
CODE = 8


@transaction.atomic
def receive_report(
    place: Place, facts: TaskFacts, content: bytes, name: str, *, actor: Actor, now: datetime
) -> ReportingTask:
    """Take an office's sheet in as a draft, its columns bound as far as headings are certain.

    Refuses with NotAllowed, and with Invalid for a file that is none, or without approving post, basis
    or last day (BU-22).
    """
    require(actor, permits.ASK_REPORTS, at=place.path)
    facts = checked_facts(facts, place.path, actor=actor, now=now)
    assert facts.post_id is not None and facts.due_on is not None
    book = open_book(content)
    sheet, layout = _first_with_headings(book)
    task = ReportingTask.objects.create(
        code=public_code(CODE), path=place.path, title=facts.title, post_id=facts.post_id,
        basis=facts.basis, due_on=facts.due_on, file_name=clean_text(name)[-120:],
        sheet_name=sheet[:60], content=content, layout=as_data(layout),
        account_id=actor.account_id, made_at=now,
    )  # fmt: skip
    keep_columns(task, first_binding(layout.headings, values.index()), actor=actor)
    record("offerings.report_received", on=task, actor=actor, now=now, place=task.path)
    return task


def _first_with_headings(book: Any) -> tuple[str, Layout]:
    """Return the first sheet that can be seen and has headings. Refuses with Invalid."""
    fault = NoHeadings("no_headings")
    for name in book.sheets or book.hidden_sheets:
        try:
            return name, layout_of(read_grid(book, name))
        except NoHeadings as found:
            fault = fault if fault.number else found
    raise refused(fault.reason, fault.number)


@open_to_all("only the post that approves it; asked for when it is held")
@transaction.atomic
def open_report(task: ReportingTask, *, edition: int, actor: Actor, now: datetime) -> ReportingTask:
    """Send a report to the villages: each gets it filled in, and its posts are told.

    Only the post that approves it does (BU-22). Refuses as `ready`, and with NotAllowed, WrongState, Stale.
    """
    task = held_for_approval(task, edition, actor=actor)
    task.state = REPORT.after(task.state, "open")
    columns, villages = ready(task, now=now)
    task.opened_at, task.content, task.why = now, None, ""
    sheets = send_sheets(task, columns, villages, actor=actor, now=now)
    task = saved(task, "offerings.report_sent", actor=actor, now=now)
    _tell(SENT, task, sheets, actor=actor, now=now)
    return task


def _tell(
    template: str, task: ReportingTask, sheets: list[ReportingSheet], *, actor: Actor, now: datetime
) -> None:
    """Tell the office of each village; notify waits for working hours (BU-25)."""
    offices = orgs.posts_in_charge([one.path for one in sheets], localdate(now))
    for sheet in sheets:
        if sheet.path in offices:
            post_id = offices[sheet.path][1]
            about = About(sheet.path, Link("offerings:report_sheet", (sheet.code,)))
            told = {"title": task.title, "due": task.due_on.isoformat(), "why": task.why}
            notify.send(template, To(post_id=post_id, is_staff=True), told, actor=actor, now=now, about=about)  # fmt: skip


@transaction.atomic
def withdraw_report(task: ReportingTask, why: str, *, actor: Actor, now: datetime) -> ReportingTask:
    """Take a report back with a reason; villages need not do anything more.

    Refuses with NotAllowed, WrongState, Invalid for want of a reason.
    """
    task = ReportingTask.objects.select_for_update().get(pk=task.pk)
    require(actor, permits.ASK_REPORTS, at=task.path)
    was, task.state = task.state, REPORT.after(task.state, "withdraw")
    task.why = clean_text(why).strip()[:200]
    if not task.why and was != ReportState.DRAFT:
        raise Invalid({"why": [_("Say why; the villages read it.")]})
    task.ended_at, task.content = now, None
    sheets = list(task.sheets.filter(state__in=SHEET.moves["withdraw"].source))
    task.sheets.filter(pk__in=[one.pk for one in sheets]).update(
        state=SheetState.WITHDRAWN, sealed=None
    )
    ReportingRow.objects.filter(sheet__in=sheets).delete()
    task = saved(task, "offerings.report_withdrawn", actor=actor, now=now)
    _tell(WITHDRAWN, task, sheets, actor=actor, now=now)
    return task


@transaction.atomic
def end_report(task: ReportingTask, *, actor: Actor, now: datetime) -> ReportingTask:
    """End a report: what was not signed off lapses. Refuses with NotAllowed, WrongState."""
    task = ReportingTask.objects.select_for_update().get(pk=task.pk)
    require(actor, permits.ASK_REPORTS, at=task.path)
    task.state, task.ended_at = REPORT.after(task.state, "end"), now
    task.sheets.filter(state=SheetState.WAITING).update(
        state=SHEET.after(SheetState.WAITING, "lapse")
    )
    return saved(task, "offerings.report_ended", actor=actor, now=now)


@open_to_all("run by its job alone, which acts for the system")
def end_due(*, actor: Actor, now: datetime, limit: int = 200) -> int:
    """End reports whose last day is over; return how many. Safe to run twice."""
    due = list(queries.due_tasks(localdate(now))[:limit])
    for task in due:
        end_report(task, actor=actor, now=now)
    return len(due)
