"""Files that leave the register: marked while this is a demo, and read again by the register itself."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from linli.files.models import StoredFile
from linli.files.testing import own_home
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor, post_json
from linli.people import permits
from linli.people.clients.sheets import open_sheet
from linli.people.models import Dwelling, Person
from linli.people.queries import turning
from linli.people.rules import columns
from linli.people.services import dwellings as homes
from linli.people.services import exporting, importing, rolls, running
from linli.people.services.exporting import Order, export_content
from linli.people.testing import (
    NOON,
    SYSTEM,
    TODAY,
    VILLAGE,
    make_number,
    make_person,
    make_villages,
)
from linli.people.types import PartyRole, RollKind
from linli.runtime.models import LongJob

PATH = "441900/441900005/441900005001/"
CLERK = make_actor("clerk", permits.EXPORT, permits.IMPORT, permits.VIEW, at=PATH, ceiling=VAULT)
NOTE = "演示数据，与真实单位无关"


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def exported(form: str, what: str = "residents", **filters: int) -> bytes:
    order = Order(what, PATH, form, filters)
    with override("zh-hans"):
        content, _rows = export_content(order, actor=CLERK, now=NOON, say=lambda n: None)
    return content


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("is_demo", [True, False])
def test_an_export_is_marked_in_a_demo_only_and_read_again(
    tmp_path: Path, settings: Any, form: str, is_demo: bool
) -> None:
    settings.LINLI_DEMO = is_demo
    make_person("陈晓明", phone="13812345678")
    make_person("林，小姐")
    path = tmp_path / f"out.{form}"

    content = exported(form)
    path.write_bytes(content)

    if form == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert (lines[0] == NOTE) is is_demo
        assert NOTE not in "".join(lines[1:])
    with open_sheet(path) as sheet:
        rows = [cells for _line, cells in sheet.rows]
        found = columns.suggest(sheet.headings, rows, today=TODAY)
    assert not columns.missing_fields(found)
    assert [row[found["name"]] for row in rows] == ["陈晓明", "林，小姐"]
    assert all(len(row) == len(sheet.headings) for row in rows)


def test_no_cell_of_a_csv_becomes_a_formula() -> None:
    make_person("陈晓明", employer="=1+1|cmd", group="-2+3")

    head, row = list(csv.reader(exported("csv").decode("utf-8-sig").splitlines()))[-2:]

    assert (row[head.index("工作单位")], row[head.index("村（居）民小组")]) == (
        "'=1+1|cmd",
        "'-2+3",
    )


def test_a_file_made_after_midnight_is_kept_from_the_city_s_new_day(
    tmp_path: Path, settings: Any
) -> None:
    make_person("陈晓明")
    night = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)

    with own_home(tmp_path, settings, night):
        exporting.write_export(
            Order("residents", PATH, "csv", {}), 1, actor=CLERK, now=night, say=lambda n: None
        )

    assert StoredFile.objects.get().retention_until == date(2026, 12, 2)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_marked_export_with_its_numbers_filled_in_is_taken(
    tmp_path: Path, settings: Any, form: str
) -> None:
    settings.LINLI_DEMO = True
    number = make_number()
    make_person("陈晓明", number=number)
    path = tmp_path / f"out.{form}"
    path.write_bytes(exported(form))
    with open_sheet(path) as sheet:
        rows = [sheet.headings, *(cells for _line, cells in sheet.rows)]
    at = columns.suggest(rows[0], rows[1:], today=TODAY)["document_number"]
    rows[1][at] = number
    rows.append([*rows[1]])
    rows[2][0], rows[2][at] = "林小云", make_number()
    again = tmp_path / "again.csv"
    again.write_text("\n".join([NOTE, *(",".join(row) for row in rows)]), encoding="utf-8")

    run = importing.receive_path(again, "own", place=PATH, actor=CLERK, now=NOON)
    run = importing.map_columns(run, run.mapping, run.defaults, actor=CLERK, now=NOON)
    run = running.check_run(run, actor=CLERK, now=NOON, path=again)
    run = running.take_run(run, actor=CLERK, now=NOON, path=again)

    assert (run.counts["rows"], run.counts["new"], run.counts["known"]) == (2, 1, 1)
    assert set(Person.objects.values_list("name", flat=True)) == {"陈晓明", "林小云"}


def test_the_list_of_a_month_is_marked_too(settings: Any) -> None:
    settings.LINLI_DEMO = True

    lines = exported("csv", "month", year=2026, month=11).decode("utf-8-sig").splitlines()

    assert lines[0] == NOTE
    assert lines[1].count(",") > 5


def test_the_file_of_a_month_holds_more_than_a_page_and_more_than_one_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for day in (1, 2, 3):
        make_person(f"林小云{day}", born_on=date(2008, 11, day))
    monkeypatch.setattr(turning, "MOST", 1)
    monkeypatch.setattr(exporting, "STEP", 2)

    lines = rows_of("month", year=2026, month=11)

    assert [line[2] for line in lines[1:]] == ["林小云1", "林小云2", "林小云3"]


def test_who_may_not_export_gets_nothing() -> None:
    reader = make_actor("reader", permits.VIEW, at=PATH, ceiling=VAULT)
    order = Order("residents", PATH, "csv", {})

    with pytest.raises(NotAllowed):
        export_content(order, actor=reader, now=NOON, say=lambda n: None)


def rows_of(what: str, actor: Any = CLERK, **filters: Any) -> list[list[str]]:
    order = Order(what, PATH, "csv", filters)
    with override("zh-hans"):
        content, _rows = export_content(order, actor=actor, now=NOON, say=lambda n: None)
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_households_leave_with_their_members_and_dwellings_with_who_answers(settings: Any) -> None:
    settings.LINLI_DEMO = False
    head = make_person("陈晓明", household="H1", relation="head", address="江南路1号")
    make_person("李丽", sex="female", household="H1", relation="spouse", address="江南路1号")
    homes.name_party(
        Dwelling.objects.get(), PartyRole.LANDLORD, person=head, name="", actor=SYSTEM, now=NOON
    )

    households = rows_of("households", kind="", text="", closed=False)
    assert [(row[1], row[4], row[7]) for row in households[1:]] == [
        ("H1", "江南路1号", "陈晓明"), ("H1", "江南路1号", "李丽"),
    ]  # fmt: skip
    assert rows_of("households", kind="", text="X", closed=False)[1:] == []
    dwellings = rows_of("dwellings", kind="", text="江南")
    assert [(row[1], row[5]) for row in dwellings[1:]] == [("江南路1号", "陈晓明")]
    assert all(len(row) == len(dwellings[0]) for row in dwellings)


def test_a_roll_leaves_with_who_may_see_rolls_and_export_there(settings: Any) -> None:
    settings.LINLI_DEMO = True
    person = make_person("陈晓明")
    roll = rolls.open_roll(
        VILLAGE, RollKind.VOTER, "选民", "换届", on=TODAY, actor=SYSTEM, now=NOON
    )
    rolls.enter_on_roll(roll, person, rolls.Entered(TODAY, "户口簿"), actor=SYSTEM, now=NOON)
    keeper = make_actor(
        "keeper", permits.VIEW_ROLLS, permits.EXPORT, at=PATH, ceiling=VAULT, account_id=2
    )
    reader = make_actor("reader", permits.VIEW_ROLLS, at=PATH, ceiling=VAULT)

    rows = rows_of("roll", keeper, roll=roll.pk, gone=False)
    assert rows[0] == [NOTE] and [row[0] for row in rows[2:]] == ["陈晓明"]
    assert rows_of("roll", keeper, roll=roll.pk, gone=True)[2:] == []
    for actor, refusal in ((CLERK, NotFound), (reader, NotAllowed)):
        with pytest.raises(refusal):
            rows_of("roll", actor, roll=roll.pk, gone=False)


@pytest.mark.parametrize(
    ("name", "what"),
    [("households_export", "households"), ("dwellings_export", "dwellings")],
)
def test_a_list_is_ordered_as_it_is_narrowed(name: str, what: str) -> None:
    form = {"place": VILLAGE, "q": "1", "kind": "nonsense", "format": "csv", "key": "k"}

    answer = client_of(CLERK).post(reverse(f"people:{name}"), form)

    job = LongJob.objects.get()
    assert answer["Location"] == reverse("runtime:job_detail", args=[job.code])
    assert (job.params["what"], job.params["place"], job.params["form"]) == (what, PATH, "csv")
    assert (job.params["filters"]["text"], job.params["filters"]["kind"]) == ("1", "")


def test_another_program_orders_a_list_and_is_told_the_job() -> None:
    def order(actor: Any, status: int, **body: Any) -> Any:
        answer = post_json(client_of(actor), "/api/v1/people/export", body)
        assert answer.status_code == status, answer.content
        return answer.json()

    reader = make_actor("reader", permits.VIEW, at=PATH, ceiling=VAULT, account_id=5)
    told = order(CLERK, 201, what="households", place=VILLAGE, kind="family", q="H", form="csv")
    job = LongJob.objects.get(code=told["job"])
    assert job.params["filters"] == {"kind": "family", "text": "H", "closed": False}
    residents = order(CLERK, 201, what="residents", youngest=60)
    assert LongJob.objects.get(code=residents["job"]).params["filters"]["youngest"] == 60
    order(CLERK, 201, what="month", year=2026, month=11)
    assert set(order(CLERK, 422, what="month", year=2026, month=13)["fields"]) == {"month"}
    assert set(order(CLERK, 422, what="roll")["fields"]) == {"roll"}
    order(CLERK, 404, what="roll", roll=1)
    order(reader, 404, what="residents", place=VILLAGE)
    assert LongJob.objects.count() == 3
