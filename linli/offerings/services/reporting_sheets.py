"""Reports at the village: look through, say what is missing or wrong, sign off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.kernel.wholes import whole_number
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.reporting_lists import sealed_rows
from linli.offerings.clients.reporting_rows import list_rows
from linli.offerings.errors import StillOpen
from linli.offerings.models import ReportingCell, ReportingColumn, ReportingSheet
from linli.offerings.queries import reporting as queries
from linli.offerings.rules.reporting_binding import Fills
from linli.offerings.rules.reporting_cells import DoesNotFit, fitting
from linli.offerings.rules.reporting_layouts import rules_of
from linli.offerings.rules.reporting_rows import handed_in
from linli.offerings.services.reporting_filling import fill_again
from linli.offerings.services.reporting_holding import held_by_asker, held_sheet, saved_sheet
from linli.offerings.states import SHEET
from linli.offerings.types.reporting import MOST_REASON, MOST_SIGNS, Said, Shape, Shown
from linli.offerings.types.reporting_cells import CellRule, fault_words

HANDED_BACK = "offerings.report_handed_back"
LEAST_REASON = 2
TOO_SHORT = gettext_lazy("This reason is too short: write in a few words why it differs.")


def _held(sheet: ReportingSheet, edition: int | None, actor: Actor) -> ReportingSheet:
    require(actor, permits.FILL_REPORTS, at=sheet.path)
    return held_sheet(sheet, edition, actor=actor)


@transaction.atomic
def say_cells(
    sheet: ReportingSheet, said: Mapping[int, Said], *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Take what a village says, by number of the column; the register's own value stays beside it.

    An empty value takes back what was said. Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    sheet = _held(sheet, edition, actor)
    SHEET.after(sheet.state, "sign")
    columns = {one.number: one for one in queries.bound_columns(sheet.task)}
    kept, asked = {one.column_id: one for one in sheet.cells.all()}, rules_of(sheet.task.layout)
    faults: dict[str, list[str]] = {}
    for number, one in said.items():
        column = columns.get(number)
        if column is None or sheet.task.shape == Shape.LIST or column.fills not in (Fills.REGISTER, Fills.VILLAGE):  # fmt: skip
            faults[f"cell-{number}"] = [_("This cell is not filled in by villages.")]
        elif words := _say(sheet, column, one, (kept.get(column.pk), asked[number]), actor, now):
            faults.update(words)
    if faults:
        raise Invalid(faults)
    return saved_sheet(sheet, "offerings.report_said", actor=actor, now=now)


def _say(
    sheet: ReportingSheet, column: ReportingColumn, said: Said,
    of: tuple[ReportingCell | None, CellRule], actor: Actor, now: datetime,
) -> dict[str, list[str]]:  # fmt: skip
    """Keep one cell; return what is wrong with it."""
    (kept, rule), number = of, column.number
    value, reason = clean_text(said.value).strip(), clean_text(said.reason).strip()
    was = str(sheet.filled.get(str(number), ""))
    if len(value) > MOST_SIGNS or len(reason) > MOST_REASON:
        return {f"cell-{number}": [_("At most %(most)s characters.") % {"most": MOST_SIGNS}]}
    if not value or value == was:
        if kept is not None:
            kept.delete()
        return {}
    if kept is not None and (kept.said, kept.reason) == (value, reason):
        return {}
    if was:
        faults = _wrong(sheet.filled.get(str(number)), value, reason)
    else:
        value, reason, faults = _judged(rule, value, reason, now)
    if faults:
        return {f"{name}-{number}": [words] for name, words in faults.items()}
    cell = kept or ReportingCell(sheet=sheet, column=column)
    cell.was, cell.said, cell.reason, cell.from_task = was, value, reason, ""
    cell.said_at, cell.account_id = now, actor.account_id
    cell.save()
    return {}


def _wrong(was: object, value: str, reason: str) -> dict[str, str]:
    """Return all that is wrong with a correction: where the register counts, it is a count; it has a reason."""
    faults: dict[str, str] = {}
    if isinstance(was, int) and whole_number(value, most=10**12) is None:
        faults["cell"] = _("The register has a number here. Write a whole number in figures, for example 12.")  # fmt: skip
    if not reason:
        faults["reason"] = _("Say why it differs from the register.")
    elif len(reason) < LEAST_REASON:
        faults["reason"] = str(TOO_SHORT)
    return faults


def _judged(
    rule: CellRule, value: str, reason: str, now: datetime
) -> tuple[str, str, dict[str, str]]:
    """Return a cell that no register knows as it is kept, why it differs on purpose, and what is wrong with it."""
    try:
        return fitting(rule, value, today=localdate(now)), "", {}
    except DoesNotFit as fault:
        if len(reason) >= LEAST_REASON:
            return value, reason, {}
        short = {"reason": str(TOO_SHORT)} if reason else {}
        return value, reason, {"cell": fault_words(rule, fault.code), **short}


@transaction.atomic
def refill_sheet(
    sheet: ReportingSheet, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Fill a sheet again, after the register was corrected. Refuses with NotAllowed, WrongState, Stale."""
    sheet = _held(sheet, edition, actor)
    SHEET.after(sheet.state, "sign")
    if sheet.task.shape != Shape.LIST:
        fill_again(sheet, queries.bound_columns(sheet.task), actor=actor, now=now)
    return saved_sheet(sheet, "offerings.report_filled", actor=actor, now=now)


@transaction.atomic
def sign_sheet(
    sheet: ReportingSheet, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Sign a sheet off for its village.

    Refuses with NotAllowed, WrongState, Stale, StillOpen while a cell is empty.
    """
    sheet = _held(sheet, edition, actor)
    sheet.state = SHEET.after(sheet.state, "sign")
    if sheet.task.shape == Shape.LIST:
        _seal_rows(sheet, actor=actor, now=now)
    else:
        _refuse_unready(sheet, now)
    sheet.signed_at, sheet.signed_by = now, actor.account_id
    sheet.post_id, sheet.why_back = actor.post_at(sheet.path), ""
    return saved_sheet(sheet, "offerings.report_signed", actor=actor, now=now)


def _refuse_unready(sheet: ReportingSheet, now: datetime) -> None:
    """Refuse with StillOpen what is empty, and what is not as it should be, if no reason is given.

    That is an answer taken over that does not fit, and one that differs from what the register says by now.
    """
    faults = {}
    for one in queries.cells_of(sheet, queries.bound_columns(sheet.task), is_chinese=True):
        if not one.value:
            faults[f"cell-{one.number}"] = [_("%(column)s is still empty.") % {"column": one.title}]
        else:
            told = _unreasoned(sheet, one, now)
            # of several cells each says which it is: above the form they stand without their headings
            faults |= {
                f"{name}-{one.number}": [
                    _("%(column)s: %(words)s") % {"column": one.title, "words": words}
                ]
                for name, words in told.items()
            }
    if faults:
        raise StillOpen(faults)


def _unreasoned(sheet: ReportingSheet, one: Shown, now: datetime) -> dict[str, str]:
    if one.reason:
        return {}
    if one.is_open:
        return _judged(one.rule, one.value, "", now)[2]
    return _wrong(sheet.filled.get(str(one.number)), one.value, "") if one.is_corrected else {}


def _seal_rows(sheet: ReportingSheet, *, actor: Actor, now: datetime) -> None:
    """Keep the rows of a list as they are signed. Refuses with NotAllowed without the list's own permit."""
    keys = {one.key for one in queries.bound_columns(sheet.task) if one.key}
    found = handed_in(list_rows(sheet, actor=actor, on=localdate(now)))
    rows = [{key: text for key, text in row.items() if key in keys} for row in found]
    sheet.rows, sheet.sealed = len(rows), sealed_rows(rows, sheet.code)


@transaction.atomic
def take_back_signature(
    sheet: ReportingSheet, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Take a signature back while the report is open. Refuses with NotAllowed, WrongState, Stale."""
    sheet = _held(sheet, edition, actor)
    return saved_sheet(_unsigned(sheet, "take_back"), "offerings.report_unsigned", actor=actor, now=now)  # fmt: skip


@transaction.atomic
def hand_back(
    sheet: ReportingSheet, why: str, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Give one village its signed sheet back with a reason, to be signed anew; what it said stays, and so do others.

    Refuses with NotAllowed, WrongState, Stale, Invalid for want of a reason.
    """
    require(actor, permits.ASK_REPORTS, at=sheet.task.path)
    sheet = held_by_asker(sheet, edition, actor=actor)
    post_id, sheet = sheet.post_id, _unsigned(sheet, "hand_back")
    sheet.why_back = clean_text(why).strip()[:MOST_REASON]
    if not sheet.why_back:
        raise Invalid({"why": [_("Say why; the village reads it.")]})
    sheet = saved_sheet(sheet, "offerings.report_handed_back", actor=actor, now=now)
    if post_id is not None:
        told = {"title": sheet.task.title, "due": sheet.task.due_on.isoformat(), "why": sheet.why_back}  # fmt: skip
        about = About(sheet.path, Link("offerings:report_sheet", (sheet.code,)))
        notify.send(HANDED_BACK, To(post_id=post_id, is_staff=True), told, actor=actor, now=now, about=about)  # fmt: skip
    return sheet


def _unsigned(sheet: ReportingSheet, move: str) -> ReportingSheet:
    """Take the signature off a sheet. Refuses with WrongState."""
    sheet.state = SHEET.after(sheet.state, move)
    sheet.signed_at = sheet.signed_by = sheet.post_id = sheet.sealed = None
    return sheet
