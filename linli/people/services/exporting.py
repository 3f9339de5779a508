"""Exports: a job that writes a file. Numbers stay masked in it; who needs one in full reveals it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.files import services as files
from linli.files.types import FileKind, Owner
from linli.kernel import scope, sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import in_steps
from linli.kernel.permits import VAULT, Actor, require
from linli.kernel.sheets import plain
from linli.people import permits
from linli.people.models import Residency
from linli.people.queries.lists import BY_NAME, Filters, residents
from linli.people.queries.rows_of_lists import ROWS
from linli.people.queries.scopes import Node, node_at, node_of_id
from linli.people.queries.turning import Part, parts_of_month, turning_of
from linli.people.rules.addresses import to_building
from linli.people.types import titles
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

OWNER = "people.export"
STEP = 2000
KEPT = timedelta(days=7)
# a sheet of a spreadsheet ends here; longer lists are csv
MOST_IN_SHEET = 1_000_000

Say = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported: residents, households or dwellings by filters, a roll, a month's list."""

    what: str
    place: str
    form: str
    filters: Mapping[str, Any]


@transaction.atomic
def order_export(order: Order, *, actor: Actor, now: datetime) -> LongJob:
    """Queue an export. Refuses with NotAllowed."""
    require(actor, permits.EXPORT, at=order.place)
    return start_job(
        "people.export", params=asdict(order), place=order.place, actor=actor, now=now,
        title=_titles().get(order.what) or _("Residents"),
    )  # fmt: skip


def _titles() -> dict[str, str]:
    return {
        "households": pgettext("register", "Households"), "dwellings": _("Dwellings"),
        "roll": _("Rolls"),
    }  # fmt: skip


def write_export(order: Order, job_id: int, *, actor: Actor, now: datetime, say: Say) -> str:
    """Keep the file of an export and return its code; who exported what is recorded.

    Refuses with NotAllowed, NotFound.
    """
    require(actor, permits.EXPORT, at=order.place)
    content, count = export_content(order, actor=actor, now=now, say=say)
    place = node_at(order.place)
    assert place is not None, "the content was made for it"
    with transaction.atomic():
        file = files.store_made(
            files.Made(
                content,
                f"{place.name}-{localdate(now):%Y%m%d}.{order.form}",
                FileKind.CSV if order.form == "csv" else FileKind.XLSX,
                level=VAULT,
                retention_until=localdate(now + KEPT),
            ),
            owner=Owner(OWNER, job_id),
            place=order.place,
            actor=actor,
            now=now,
        )
        record("people.exported", on=("job", job_id), actor=actor, now=now, place=order.place,
               what=order.what, rows=count)  # fmt: skip
    return str(file.code)


def export_content(order: Order, *, actor: Actor, now: datetime, say: Say) -> tuple[bytes, int]:
    """Return the content of an export and how many rows it has. Refuses with NotAllowed, NotFound."""
    require(actor, permits.EXPORT, at=order.place)
    place = node_at(order.place)
    if place is None:
        raise NotFound(place=order.place)
    if order.what in ROWS:
        rows = ROWS[order.what](place, order.filters, actor, say)
    elif order.what == "month":
        rows = _month(place, order, actor, say)
    else:
        rows = _residents(place, order, actor, now, say)
    note = demo_note()
    return _as_csv(rows, note) if order.form == "csv" else _as_sheet(rows, note)


def _headings() -> list[str]:
    """Return the headings of an export, which an import understands."""
    names = ("name", "other_name", "sex", "born_on", "place", "group", "address", "standing", "basis",
             "permit_until", "since", "until", "employer", "document_kind", "document_number",
             "phone")  # fmt: skip
    return [str(titles.FIELD[name]) for name in names]


def _residents(
    place: Node, order: Order, actor: Actor, now: datetime, say: Say
) -> Iterator[list[str]]:
    yield _headings()
    filters = Filters(**order.filters)
    found = residents(place, filters, on=localdate(now)).select_related("person", "dwelling")
    done = 0
    for rows in in_steps(found, BY_NAME, STEP):
        yield from _lines(rows, actor)
        done += len(rows)
        say(done)


def _month(place: Node, order: Order, actor: Actor, say: Say) -> Iterator[list[str]]:
    """Give the lists of a month whole, however long: the page sends its readers here."""
    year, month = int(order.filters["year"]), int(order.filters["month"])
    yield [_("what"), _("day"), *_headings()]
    done = 0
    for part in parts_of_month(place, year, month):
        for rows in in_steps(part.rows, part.sort, STEP):
            yield from _lines_of(part, rows, year, actor)
            done += len(rows)
            say(done)


def _lines_of(part: Part, rows: list[Any], year: int, actor: Actor) -> Iterator[list[str]]:
    if part.what == "declarations":
        empty = [""] * (len(_headings()) - 2)
        for home in rows:
            yield [_("declaration ends"), _day(home.declared_until), "", home.address, *empty]
        return
    for row, line in zip(rows, _lines(rows, actor), strict=True):
        if part.what == "permits":
            yield [_("residence permit ends"), _day(row.basis_until), *line]
        else:
            on = turning_of(row, part.age, year).on
            yield [_("turns %(age)s") % {"age": part.age}, _day(on), *line]


_MASKS = """
SELECT person_id, kind, masked, 'd' FROM people_persondocument
WHERE person_id = ANY(%s) AND until IS NULL
UNION ALL
SELECT person_id, kind, masked, 'c' FROM people_contact
WHERE person_id = ANY(%s) AND until IS NULL AND kind = 'phone'
"""


def _lines(rows: list[Residency], actor: Actor) -> list[list[str]]:
    persons = [row.person_id for row in rows]
    documents: dict[int, tuple[str, str]] = {}
    phones: dict[int, str] = {}
    with scope.acting(actor), transaction.atomic():
        for person, kind, masked, table in sql.tuples("people.masks", _MASKS, [persons, persons]):
            if table == "d":
                documents.setdefault(person, (str(titles.DOCUMENT[kind]), masked))
            else:
                phones[person] = masked
    return [
        _line(row, documents.get(row.person_id, ("", "")), phones.get(row.person_id, ""))
        for row in rows
    ]


def _line(row: Residency, document: tuple[str, str], phone: str) -> list[str]:
    village = node_of_id(row.village_id)
    person, home = row.person, row.dwelling
    return [
        person.name, person.other_name, str(titles.SEX[row.sex]), _day(row.born_on),
        village.name if village else "", row.group, to_building(home.address) if home else "",
        str(titles.STANDING[row.standing]), str(titles.BASIS[row.basis]), _day(row.basis_until),
        _day(row.since), _day(row.until), row.employer, *document, phone,
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _as_csv(rows: Iterable[list[str]], note: str) -> tuple[bytes, int]:
    """Write csv that spreadsheets open with the right signs, and that runs no formula.

    A note stands in a line of its own above the headings, which the reader of lists passes over.
    """
    text, count = io.StringIO(newline=""), 0
    writer = csv.writer(text)
    if note:
        writer.writerow([note])
    for row in rows:
        writer.writerow([plain(cell) for cell in row])
        count += 1
    return text.getvalue().encode("utf-8-sig"), count - 1


def _as_sheet(rows: Iterable[list[str]], note: str) -> tuple[bytes, int]:
    memory, count, first = io.BytesIO(), 0, 1 if note else 0
    with xlsxwriter.Workbook(
        memory, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        if note:
            sheet.write_string(0, 0, note)
        for row in rows:
            sheet.write_row(first + count, 0, row)
            count += 1
            if count > MOST_IN_SHEET:
                break
        sheet.freeze_panes(first + 1, 0)
    return memory.getvalue(), count - 1
