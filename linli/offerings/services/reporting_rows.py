"""Rows of a list at the village: one is wrong, one lacks, one is too much; the register's stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.reporting import ROW_NUMBER, ROW_REF
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.reporting_lists import opened_rows, sealed_word
from linli.offerings.clients.reporting_rows import list_rows
from linli.offerings.models import ReportingRow, ReportingSheet
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_rows import changed_cells
from linli.offerings.services.reporting_holding import held_sheet, saved_sheet
from linli.offerings.services.reporting_sheets import LEAST_REASON
from linli.offerings.states import SHEET
from linli.offerings.types.reporting import (
    MOST_REASON,
    MOST_ROW_WORDS,
    MOST_SIGNS,
    ListRow,
    RowAct,
    Shape,
)
from linli.trail.services import record_read

CODE, WORD = 10, "offerings.report_row_said"


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What is typed of a row: cells by key of the column, and why."""

    act: str
    cells: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@open_to_all("the register's own permit is required where its rows are read")
def read_rows(sheet: ReportingSheet, *, actor: Actor, now: datetime) -> list[ListRow]:
    """Return the rows of a list as signed, or while it waits as the register has them; the reading is recorded.

    Nothing where no rows are kept: signed rows go after a while, and what lapsed or was taken back has
    none. Refuses with NotAllowed without the permit of the register, NotFound for what is no list.
    """
    if sheet.task.shape != Shape.LIST:
        raise NotFound(code=sheet.code)
    values.require_list(sheet.task.list_key, sheet.path, actor)
    if not sheet.keeps_rows:
        return []
    if sheet.sealed is not None:
        rows = [ListRow("", one, one) for one in opened_rows(sheet.sealed, sheet.code)]
    else:
        rows = list_rows(sheet, actor=actor, on=localdate(now))
    record_read(on=sheet, fields=["rows"], actor=actor, now=now, place=sheet.path)
    return rows


@transaction.atomic
def say_row(
    sheet: ReportingSheet, ref: str, said: RowSaid, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Correct, strike out or add a row of a list; `ref` is the register's row, or the code of an added one.

    An added row comes with an empty `ref`; cells that say what the register says take the word back.
    Refuses with NotAllowed, WrongState, Stale, NotFound, and Invalid by column key or `reason`.
    """
    sheet = _held_list(sheet, edition, actor)
    known = {one.code: one for one in sheet.row_words.all()}
    kept = known.get(ref) or next((one for one in known.values() if ref and one.ref == ref), None)
    is_added = said.act == RowAct.ADDED
    was = {} if is_added else _register_row(sheet, ref, actor, now)
    cells = _tidied(sheet, said.cells)
    reason = clean_text(said.reason).strip()
    if said.act == RowAct.CHANGED:
        cells = changed_cells(cells, was)
        if not cells:
            return (
                take_row_back(sheet, ref, edition=edition, actor=actor, now=now) if kept else sheet
            )
    _refuse_wrong(said.act, cells, reason)
    if kept is None and len(known) >= MOST_ROW_WORDS:
        raise Invalid({"reason": [_("At most %(most)s rows. Correct the register first.") % {"most": MOST_ROW_WORDS}]})  # fmt: skip
    _keep(sheet, kept, "" if is_added else ref, said.act, (cells, was, reason), actor, now)
    return saved_sheet(sheet, WORD, actor=actor, now=now)


@transaction.atomic
def take_row_back(
    sheet: ReportingSheet, ref: str, *, edition: int, actor: Actor, now: datetime
) -> ReportingSheet:
    """Take back what was said of a row: the register's stands again. Refuses as `say_row`."""
    sheet = _held_list(sheet, edition, actor)
    words = sheet.row_words
    if not (words.filter(code=ref).delete()[0] or (ref and words.filter(ref=ref).delete()[0])):
        raise NotFound(row=ref)
    return saved_sheet(sheet, WORD, actor=actor, now=now)


def _held_list(sheet: ReportingSheet, edition: int, actor: Actor) -> ReportingSheet:
    require(actor, permits.FILL_REPORTS, at=sheet.path)
    sheet = held_sheet(sheet, edition, actor=actor)
    SHEET.after(sheet.state, "sign")
    if sheet.task.shape != Shape.LIST:
        raise NotFound(code=sheet.code)
    values.require_list(sheet.task.list_key, sheet.path, actor)
    return sheet


def _register_row(
    sheet: ReportingSheet, ref: str, actor: Actor, now: datetime
) -> Mapping[str, str]:
    rows = values.rows_of(sheet.task.list_key, sheet.path, localdate(now), actor=actor)
    found = next((row for row in rows if ref and row.get(ROW_REF) == ref), None)
    if found is None:
        raise NotFound(row=ref)
    return found


def _tidied(sheet: ReportingSheet, cells: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into columns of the sheet; numbers are masked as the register shows them."""
    bound = {one.key for one in queries.bound_columns(sheet.task) if one.key} - {ROW_NUMBER}
    columns = values.columns_of(sheet.task.list_key)
    found: dict[str, str] = {}
    faults: dict[str, list[str]] = {}
    for key, text in cells.items():
        plain = clean_text(text).strip()
        if key not in bound:
            faults[key] = [_("This cell is not filled in by villages.")]
        elif len(plain) > MOST_SIGNS:
            faults[key] = [_("At most %(most)s characters.") % {"most": MOST_SIGNS}]
        cover = columns[key].cover if key in columns else None
        found[key] = cover(plain) if cover and plain and "*" not in plain else plain
    if faults:
        raise Invalid(faults)
    return found


def _refuse_wrong(act: str, cells: Mapping[str, str], reason: str) -> None:
    if act not in set(RowAct):
        raise NotFound(act=act)
    if act == RowAct.ADDED and not any(cells.values()):
        raise Invalid({"reason": [_("Fill in at least one cell of the row.")]})
    if reason and len(reason) < LEAST_REASON:
        raise Invalid({"reason": [_("This reason is too short: write in a few words why it differs.")]})  # fmt: skip
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise Invalid({"reason": [_("Say why it differs from the register.")]})


def _keep(
    sheet: ReportingSheet, kept: ReportingRow | None, ref: str, act: str,
    told: tuple[Mapping[str, str], Mapping[str, str], str], actor: Actor, now: datetime,
) -> None:  # fmt: skip
    row = kept or ReportingRow(sheet=sheet, code=public_code(CODE), ref=ref)
    cells, was, reason = told
    row.act, row.said_at, row.account_id = act, now, actor.account_id
    # a row that is struck out keeps what the register said of it
    row.sealed = sealed_word(row.code, cells if act != RowAct.STRUCK else {}, was, reason)
    row.save()
