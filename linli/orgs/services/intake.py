"""Lists of posts and staff: handed in, checked without a trace, taken, or dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from linli.files import queries as stored
from linli.files import services as files
from linli.files.types import MIB, SHEETS, FileKind, Owner, Policy, Upload
from linli.kernel.dates import parse
from linli.kernel.permits import PERSONAL, Actor, require
from linli.kernel.tables import Line, NotATable, read_table
from linli.orgs import permits
from linli.orgs.errors import ColumnsMissing, ListUnreadable
from linli.orgs.models import StaffList
from linli.orgs.rules.staff_rows import Fault, StaffRow, columns_of, missing_columns, read_row
from linli.orgs.services.taking import Taker
from linli.orgs.states import STAFF_LIST
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.formats import listed

OWNER = "orgs.staff_list"
POLICY = Policy(SHEETS, 20 * MIB, level=PERSONAL, keep_days=30)
CHUNK = 1000
MOST_FAULTS = 5000

Say = Callable[[int, int], None]


@transaction.atomic
def receive_staff_list(upload: Upload, *, place: str, actor: Actor, now: datetime) -> StaffList:
    """Take a list in and queue its check. Refuses with NotAllowed, and as files do."""
    require(actor, permits.IMPORT, at=place)
    staff_list = StaffList.objects.create(
        path=place, file_name=(upload.name or "")[:200], is_workbook=False,
        account_id=actor.account_id, made_by=actor.label[:120], made_at=now,
    )  # fmt: skip
    file = files.take_in(
        upload, policy=POLICY, owner=Owner(OWNER, staff_list.pk), place=place, actor=actor, now=now
    )
    staff_list.file_code, staff_list.is_workbook = file.code, file.kind == FileKind.XLSX
    _queue(staff_list, "orgs.check_staff", actor, now)
    record(
        "orgs.staff_list_received", on=staff_list, actor=actor, now=now, place=place, level=PERSONAL
    )
    return staff_list


@transaction.atomic
def start_taking(staff_list: StaffList, *, actor: Actor, now: datetime) -> StaffList:
    """Queue the taking of the rows that the check found right. Refuses with NotAllowed, WrongState."""
    staff_list = StaffList.objects.select_for_update().get(pk=staff_list.pk)
    require(actor, permits.IMPORT, at=staff_list.path)
    staff_list.state = STAFF_LIST.after(staff_list.state, "take")
    _queue(staff_list, "orgs.take_staff", actor, now)
    return staff_list


@transaction.atomic
def drop_staff_list(staff_list: StaffList, *, actor: Actor, now: datetime) -> StaffList:
    """Put a list away; its content is erased. Refuses with NotAllowed, WrongState."""
    staff_list = StaffList.objects.select_for_update().get(pk=staff_list.pk)
    require(actor, permits.IMPORT, at=staff_list.path)
    staff_list.state = STAFF_LIST.after(staff_list.state, "drop")
    staff_list.save(update_fields=["state"])
    files.erase_files_of(OWNER, staff_list.pk, reason="dropped", actor=actor, now=now)
    return staff_list


@transaction.atomic
def check_staff_list(staff_list: StaffList, *, actor: Actor, now: datetime) -> StaffList:
    """Go through a list without taking anything; every row that would be left out is named.

    Refuses with NotAllowed, WrongState, ListUnreadable, ColumnsMissing.
    """
    require(actor, permits.IMPORT, at=staff_list.path)
    staff_list.state = STAFF_LIST.after(staff_list.state, "check")
    lines, rows, faults = _read(staff_list, actor, now)
    with transaction.atomic():
        taker = Taker(staff_list.path, actor=actor, now=now, is_dry=True)
        for start in range(0, len(rows), CHUNK):
            faults += taker.take(rows[start : start + CHUNK])
        transaction.set_rollback(True)
    wrong = {fault.line for fault in faults}
    staff_list.rows, staff_list.right = len(lines), len(lines) - len(wrong)
    staff_list.known = taker.known
    staff_list.faults = [list(fault) for fault in sorted(faults)[:MOST_FAULTS]]
    staff_list.save()
    record(
        "orgs.staff_list_checked", on=staff_list, actor=actor, now=now, place=staff_list.path,
        level=PERSONAL, rows=staff_list.rows, right=staff_list.right,
    )  # fmt: skip
    return staff_list


def take_staff_list(
    staff_list: StaffList, *, actor: Actor, now: datetime, say: Say = lambda done, whole: None
) -> StaffList:
    """Take the right rows, a thousand a transaction; run again, it goes on where it was broken off.

    Refuses with NotAllowed, WrongState, ListUnreadable, ColumnsMissing.
    """
    require(actor, permits.IMPORT, at=staff_list.path)
    after = STAFF_LIST.after(staff_list.state, "finish")
    _lines, rows, _faults = _read(staff_list, actor, now)
    taken = known = 0
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            taker = Taker(staff_list.path, actor=actor, now=now)
            taker.take(rows[start : start + CHUNK])
        taken, known = taken + taker.taken, known + taker.known
        say(min(start + CHUNK, len(rows)), len(rows))
    with transaction.atomic():
        staff_list.state, staff_list.taken, staff_list.known = after, taken, known
        staff_list.save(update_fields=["state", "taken", "known"])
        record(
            "orgs.staff_list_taken", on=staff_list, actor=actor, now=now, place=staff_list.path,
            level=PERSONAL, taken=taken, known=known,
        )  # fmt: skip
    return staff_list


def _queue(staff_list: StaffList, job: str, actor: Actor, now: datetime) -> None:
    started = start_job(
        job, params={"list": staff_list.pk}, place=staff_list.path, actor=actor, now=now,
        title=staff_list.file_name,
    )  # fmt: skip
    staff_list.job_code = started.code
    staff_list.save()


def _read(
    staff_list: StaffList, actor: Actor, now: datetime
) -> tuple[list[Line], list[StaffRow], list[Fault]]:
    """Read the kept file: all lines, the rows that can be understood, and what is wrong with others."""
    file = stored.get_file(actor, staff_list.file_code)
    content = files.read_content(file, actor=actor, now=now)
    try:
        (_n, headings), *lines = read_table(content)
    except NotATable as fault:
        raise ListUnreadable(move="read", state=fault.reason) from None
    columns = columns_of(headings)
    if missing := missing_columns(columns):
        raise ColumnsMissing(columns=listed(missing), move="read", state=staff_list.state)
    day_of = partial(parse, today=localdate(now))
    rows: list[StaffRow] = []
    faults: list[Fault] = []
    for line, cells in lines:
        read = read_row(line, cells, columns, day_of)
        if isinstance(read, StaffRow):
            rows.append(read)
        else:
            faults += read
    return lines, rows, faults
