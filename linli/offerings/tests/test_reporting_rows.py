"""Lists of people in reports: a village corrects one row, strikes one out, adds one, and signs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.tables import read_table
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.offerings import permits
from linli.offerings.clients.reporting_lists import opened_rows
from linli.offerings.clients.reporting_rows import list_rows, row_differences
from linli.offerings.models import ReportingRow, ReportingSheet
from linli.offerings.services import reporting, reporting_rows, reporting_sheets
from linli.offerings.services.reporting_rows import RowSaid
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    CODES,
    NOON,
    TODAY,
    make_list,
    make_open,
    sheet_of,
)
from linli.people import permits as people

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
READER = make_actor("clerk", permits.FILL_REPORTS, people.VIEW, account_id=8)
DESK = "/en/desk/reports/"


def refs(sheet: ReportingSheet) -> dict[str, str]:
    """Return name → row of the register."""
    rows = list_rows(sheet, actor=READER, on=TODAY)
    return {row.cells["person.name"]: row.ref for row in rows}


def say(sheet: ReportingSheet, ref: str, said: RowSaid, actor: Any = READER) -> ReportingSheet:
    return reporting_rows.say_row(sheet, ref, said, edition=sheet.edition, actor=actor, now=LATER)


def test_a_row_is_corrected_one_struck_out_one_added_and_all_of_it_is_signed_sealed() -> None:
    task = make_list()
    sheet = sheet_of(task)
    by_name = refs(sheet)

    phone = RowSaid("changed", {"person.phone": "13900009999", "person.name": "陈一"}, "换了号码")
    sheet = say(sheet, by_name["陈一"], phone)
    sheet = say(sheet, by_name["陈二"], RowSaid("struck", reason="上周搬走"))
    sheet = say(sheet, "", RowSaid("added", {"person.name": "陈五"}, "尚未登记"))
    signed = reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=READER, now=LATER)

    rows = opened_rows(signed.sealed, signed.code)
    assert [(row["person.name"], row.get("person.phone", "")) for row in rows] == [
        ("陈一", "139****9999"), ("陈五", ""),
    ]  # fmt: skip
    assert "陈五".encode() not in b"".join(bytes(one.sealed) for one in ReportingRow.objects.all())
    found = {(one.act, one.key, one.was, one.said) for one in row_differences(task)}
    assert ("changed", "person.phone", "", "139****9999") in found
    assert ("struck", "person.name", "陈二", "") in found
    with pytest.raises(WrongState):
        say(signed, by_name["陈一"], phone)


def test_what_lacks_a_reason_or_names_a_strange_cell_or_row_is_refused_and_nothing_changes() -> (
    None
):
    sheet = sheet_of(make_list())
    ref = refs(sheet)["陈一"]

    for said, field in (
        (RowSaid("changed", {"person.name": "陈壹"}), "reason"),
        (RowSaid("struck"), "reason"),
        (RowSaid("added", {"person.name": ""}, "没有"), "reason"),
        (RowSaid("changed", {"person.standing": "户籍"}, "不在表中"), "person.standing"),
        (RowSaid("changed", {"row.number": "9"}, "不能改"), "row.number"),
        (RowSaid("changed", {"person.name": "陈" * 201}, "太长"), "person.name"),
    ):
        with pytest.raises(Invalid) as fault:
            say(sheet, "" if said.act == "added" else ref, said)
        assert set(fault.value.fields) == {field}
    with pytest.raises(NotFound):
        say(sheet, "999999", RowSaid("struck", reason="没有此行"))
    with pytest.raises(NotFound):
        say(sheet_of(make_open_again()), ref, RowSaid("struck", reason="不是名册"))

    sheet.refresh_from_db()
    assert (sheet.edition, ReportingRow.objects.count()) == (1, 0)


def make_open_again() -> Any:
    from linli.orgs.models import Post

    return make_open(Post.objects.first())


def test_who_may_not_see_the_register_or_is_of_another_place_says_nothing_of_rows() -> None:
    sheet = sheet_of(make_list())
    ref, said = refs(sheet)["陈一"], RowSaid("struck", reason="上周搬走")
    above = make_actor("town", permits.FILL_REPORTS, people.VIEW, at=TOWN)

    for actor in (CLERK, above):
        with pytest.raises(NotAllowed):
            say(sheet, ref, said, actor)
    with pytest.raises(Stale):
        reporting_rows.say_row(sheet, ref, said, edition=9, actor=READER, now=LATER)

    assert not ReportingRow.objects.exists()


def test_a_word_is_taken_back_by_hand_or_by_saying_what_the_register_says() -> None:
    sheet = sheet_of(make_list())
    ref = refs(sheet)["陈一"]

    sheet = say(sheet, ref, RowSaid("changed", {"person.name": "陈壹"}, "写错了字"))
    sheet = say(sheet, ref, RowSaid("changed", {"person.name": "陈一"}))
    assert not ReportingRow.objects.exists()
    sheet = say(sheet, ref, RowSaid("struck", reason="上周搬走"))
    reporting_rows.take_row_back(sheet, ref, edition=sheet.edition, actor=READER, now=LATER)

    assert not ReportingRow.objects.exists()


def test_a_report_that_is_taken_back_keeps_nothing_of_its_rows() -> None:
    task = make_list()
    sheet = sheet_of(task)
    say(sheet, refs(sheet)["陈一"], RowSaid("struck", reason="上周搬走"))

    reporting.withdraw_report(task, "数据已有", actor=ASKER, now=LATER)

    assert not ReportingRow.objects.exists()


def test_a_row_is_corrected_on_its_page_and_the_office_gets_what_differs() -> None:
    task = make_list()
    sheet = sheet_of(task)
    ref, client = refs(sheet)["陈一"], client_of(READER)
    where = f"{DESK}sheets/{sheet.code}/"
    form = client.get(where, {"row": ref}).content.decode()
    assert 'name="c-1"' in form and "Strike the row out" in form

    lacking = client.post(
        f"{where}?row={ref}",
        {"edition": 1, "c-1": "陈壹", "c-2": "男", "save": "1", "key": str(uuid4())},
    )
    assert lacking.status_code == 422 and "陈壹" in lacking.content.decode()
    sent = client.post(
        f"{where}?row=new",
        {"edition": 1, "c-1": "陈五", "reason": "尚未登记", "save": "1", "key": str(uuid4())},
    )
    assert sent.status_code == 303
    signed = client.post(where, {"edition": 2, "sign": "1", "key": str(uuid4())})

    assert signed.status_code == 303
    assert "陈五" in client.get(where).content.decode()
    office = client_of(make_actor("asker", permits.ASK_REPORTS, people.VIEW, at=TOWN, account_id=7))
    page = office.get(f"{DESK}{task.code}/").content.decode()
    assert "added" in page and "陈五" not in page
    rows = read_table(office.get(f"{DESK}{task.code}/?format=differences").content)
    assert any("陈五" in cells for _line, cells in rows)
    assert client_of(ASKER).get(f"{DESK}{task.code}/?format=differences").status_code == 403


def test_what_was_signed_is_not_told_by_the_register_once_its_rows_are_gone() -> None:
    task = make_list()
    sheet = sheet_of(task)
    signed = reporting_sheets.sign_sheet(sheet, edition=1, actor=READER, now=LATER)
    ReportingSheet.objects.filter(pk=signed.pk).update(sealed=None)
    client, where = client_of(READER), f"{DESK}sheets/{signed.code}/"
    lapsing = sheet_of(task, CODES[1])
    above = make_actor("other", permits.FILL_REPORTS, people.VIEW, at=lapsing.path, account_id=9)
    reporting.end_report(task, actor=ASKER, now=LATER)

    signed.refresh_from_db()
    lapsing.refresh_from_db()
    assert reporting_rows.read_rows(signed, actor=READER, now=LATER) == []
    assert (lapsing.state, reporting_rows.read_rows(lapsing, actor=above, now=LATER)) == (
        "lapsed",
        [],
    )
    with pytest.raises(NotAllowed):
        reporting_rows.read_rows(signed, actor=CLERK, now=LATER)
    page = client.get(where).content.decode()
    assert "let go 90 days later" in page and "2 rows" in page and "陈一" not in page
    assert client.get(where, {"format": "xlsx"}).status_code == 404
    told = client.get(f"/api/v1/reporting/sheets/{signed.code}/rows/").json()
    assert (told["is_kept"], told["items"]) == (False, [])
    office = client_of(make_actor("asker", permits.ASK_REPORTS, people.VIEW, at=TOWN, account_id=7))
    merged = read_table(office.get(f"{DESK}{task.code}/?format=xlsx").content)
    assert any("signed 2 rows off" in text for _line, cells in merged for text in cells)
