"""Lists of people: checked, taken, continued, repeated; nothing lost, nothing half done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import VAULT
from linli.kernel.testing import make_actor
from linli.people import permits
from linli.people.errors import FileUnreadable, RunTakenOver
from linli.people.events import PersonLeft
from linli.people.models import (
    Dwelling,
    Household,
    HouseholdMember,
    ImportRow,
    ImportRun,
    NameTerm,
    Person,
    Residency,
)
from linli.people.queries.imports import refused_rows
from linli.people.queries.vault import vault_of
from linli.people.retention import ENTRIES
from linli.people.services import importing, running
from linli.people.services.mass import passes
from linli.people.testing import FAR, NOON, VILLAGE, make_number, make_person, make_villages
from linli.trail.models import Entry

PATH = "441900/441900005/441900005001/"
CLERK = make_actor("clerk", permits.IMPORT, permits.VIEW, at=PATH, ceiling=VAULT)
HEAD = "姓名,身份证号码,联系电话,户号,与户主关系,现住址"


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def list_of(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def received(path: Path, **defaults: str) -> ImportRun:
    run = importing.receive_path(path, "list", place=PATH, actor=CLERK, now=NOON)
    return importing.map_columns(
        run, run.mapping, {**run.defaults, **defaults}, actor=CLERK, now=NOON
    )


def taken(path: Path, **defaults: str) -> ImportRun:
    run = received(path, **defaults)
    run = running.check_run(run, actor=CLERK, now=NOON, path=path)
    return running.take_run(run, actor=CLERK, now=NOON, path=path)


def test_a_list_fills_every_register(tmp_path: Path) -> None:
    path = list_of(
        tmp_path,
        f"陈晓明,{make_number(date(1980, 1, 1))},13812345678,H1,户主,江南大道12号302",
        f"陈子轩,{make_number(date(2010, 1, 1))},,H1,子,江南大道12号302",
    )

    run = taken(path)

    assert run.counts == {"rows": 2, "new": 2, "known": 0, "refused": 0}
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == [
        "陈晓明",
        "陈子轩",
    ]
    assert Dwelling.objects.get().address == "江南大道12号302"
    assert Household.objects.get().number == "H1"
    assert set(HouseholdMember.objects.values_list("relation", flat=True)) == {"head", "child"}
    assert Residency.objects.filter(path=PATH).count() == 2


def test_a_dry_run_tells_every_fault_and_takes_nobody(tmp_path: Path) -> None:
    number = make_number()
    path = list_of(
        tmp_path,
        f"陈晓明,{number},13812345678,H1,户主,",
        f"黄国华,{number},,H2,户主,",
        "李<四>,44190019900101001,138,H3,户主,",
        f"王五,{make_number()},,H1,户主,",
    )

    run = running.check_run(received(path), actor=CLERK, now=NOON, path=path)

    assert Person.objects.count() == 0
    assert (run.counts["rows"], run.counts["new"], run.counts["refused"]) == (4, 1, 3)
    rows = list(refused_rows(run))
    assert [(row.line, {code for _f, code in row.faults}) for row in rows] == [
        (3, {"number_twice"}),
        (4, {"name_signs", "id_length", "phone_shape"}),
        (5, {"head_twice"}),
    ]
    assert rows[1].cells[0] == "李<四>"


def test_what_was_promised_is_what_happens(tmp_path: Path) -> None:
    lines = [f"陈{i:03d}明".translate(DIGITS) + f",{make_number()},,,," for i in range(50)]
    lines[7] = "坏行,123,,,,"
    path = list_of(tmp_path, *lines)
    run = running.check_run(received(path), actor=CLERK, now=NOON, path=path)
    promised = dict(run.counts)

    run = running.take_run(run, actor=CLERK, now=NOON, path=path)

    assert run.counts == promised
    assert Person.objects.count() == promised["new"] == 49


DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number()},13812345678,H1,户主,江南大道12号")
    taken(path)
    before = (Person.objects.get().version, Residency.objects.get().version)

    run = taken(path)

    assert (run.counts["new"], run.counts["known"]) == (0, 1)
    assert (Person.objects.get().version, Residency.objects.get().version) == before
    assert HouseholdMember.objects.count() == Household.objects.count() == 1
    assert len(vault_of(CLERK, Person.objects.get()).contacts) == 1


def test_a_newer_list_brings_people_up_to_date(tmp_path: Path) -> None:
    number = make_number()
    taken(list_of(tmp_path, f"陈晓明,{number},13812345678,H1,户主,江南大道12号"))

    taken(list_of(tmp_path, f"陈晓明,{number},13900000000,H2,户主,江北大道2号"))

    person = Person.objects.get()
    live = [row.masked for row in vault_of(CLERK, person).contacts if row.until is None]
    assert live == ["139****0000"]
    home = Residency.objects.select_related("dwelling").get().dwelling
    assert home is not None and home.address == "江北大道2号"
    member = HouseholdMember.objects.get(until__isnull=True)
    assert member.household.number == "H2"


def test_who_leaves_by_a_list_leaves_the_household_too_and_who_waits_for_it_hears(
    tmp_path: Path,
) -> None:
    one, two = make_number(), make_number(sex="female")
    taken(list_of(tmp_path, f"陈晓明,{one},,H1,户主,", f"李丽,{two},,H1,妻,"))
    her = Person.objects.get(name="李丽")
    heard: list[PersonLeft] = []
    head = f"{HEAD},离开日期"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "publish", lambda event: heard.append(event))
        taken(list_of(tmp_path, f"李丽,{two},,H1,妻,,2026-11-01", head=head))
        again = taken(list_of(tmp_path, f"李丽,{two},,,,,2026-11-02", head=head))

    day = date(2026, 11, 1)
    assert again.counts["refused"] == 0
    assert Residency.objects.get(person=her).until == day
    open_ones = HouseholdMember.objects.filter(until__isnull=True)
    assert list(open_ones.values_list("person__name", flat=True)) == ["陈晓明"]
    left = [event for event in heard if isinstance(event, PersonLeft)]
    assert left == [PersonLeft(her.pk, PATH, day)]
    assert Entry.objects.get(verb="people.moved_out", person_id=her.pk).path == PATH


def test_who_left_comes_back_by_a_list_and_is_found_once(tmp_path: Path) -> None:
    number = make_number()
    taken(list_of(tmp_path, f"陈晓明,{number},,,,"))
    taken(list_of(tmp_path, f"陈晓明,{number},,,,,2026-11-01", head=f"{HEAD},离开日期"))

    taken(list_of(tmp_path, f"陈晓明,{number},,,,", head=f"{HEAD} "))

    ends = Residency.objects.order_by("pk").values_list("until", flat=True)
    assert list(ends) == [date(2026, 11, 1), None]
    terms = NameTerm.objects.values_list("term", flat=True)
    assert len(terms) == len(set(terms)) > 0


def test_a_newer_list_may_name_another_head(tmp_path: Path) -> None:
    one, two = make_number(), make_number(sex="female")
    taken(list_of(tmp_path, f"陈晓明,{one},,H1,户主,", f"李丽,{two},,H1,妻,"))

    taken(list_of(tmp_path, f"李丽,{two},,H1,户主,"))

    relations = dict(HouseholdMember.objects.values_list("person__name", "relation"))
    assert relations == {"陈晓明": "other", "李丽": "head"}


def test_a_number_under_another_name_here_is_refused(tmp_path: Path) -> None:
    number = make_number()
    make_person("陈晓明", number=number)

    run = taken(list_of(tmp_path, f"黄国华,{number},,,,"))

    assert (run.counts["new"], run.counts["refused"]) == (0, 1)
    assert next(iter(refused_rows(run))).faults == [("name", "name_differs")]
    assert Person.objects.get().name == "陈晓明"


@pytest.mark.parametrize("name", ["陈晓明", "黄国华"])
def test_a_dry_run_never_tells_who_is_known_elsewhere(tmp_path: Path, name: str) -> None:
    number = make_number()
    make_person("陈晓明", FAR, number=number)
    path = list_of(tmp_path, f"{name},{number},,,,")

    run = running.check_run(received(path), actor=CLERK, now=NOON, path=path)

    assert run.counts == {"rows": 1, "new": 1, "known": 0, "refused": 0}


def test_a_list_for_another_place_is_refused_row_by_row(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number()},{FAR}", head="姓名,身份证号码,村(社区)")

    run = taken(path)

    assert run.counts["fault:place_outside"] == 1
    assert Person.objects.count() == 0


def test_a_factory_list_makes_dormitories(tmp_path: Path) -> None:
    path = list_of(
        tmp_path,
        f"王强,{make_number()},A栋301,1",
        f"李勇,{make_number()},A栋301,2",
        f"张伟,{make_number()},A栋302,1",
        head="员工姓名,身份证号码,宿舍,床位",
    )

    taken(path, household_kind="集体户", employer="宏达电子厂", basis="单位申报")

    assert set(Dwelling.objects.values_list("address", "kind")) == {
        ("宏达电子厂A栋301", "dormitory"),
        ("宏达电子厂A栋302", "dormitory"),
    }
    assert set(Household.objects.values_list("kind", "name")) == {("collective", "宏达电子厂")}
    assert set(HouseholdMember.objects.values_list("relation", flat=True)) == {"roommate"}
    assert set(Residency.objects.values_list("basis", "employer")) == {("employer", "宏达电子厂")}


def test_a_run_goes_on_where_it_was_broken_off(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(passes, "STEP", 10)
    lines = [f"陈{i:03d}明".translate(DIGITS) + f",{make_number()},,,," for i in range(35)]
    path = list_of(tmp_path, *lines)
    run = running.check_run(received(path), actor=CLERK, now=NOON, path=path)
    calls = []

    def fails_in_the_third(rows: object, *, now: object) -> object:
        calls.append(rows)
        if len(calls) == 3:
            raise DatabaseError("the power is gone")
        return take(rows, now=now)

    take = running.take_rows
    monkeypatch.setattr(running, "take_rows", fails_in_the_third)
    with pytest.raises(DatabaseError):
        running.take_run(run, actor=CLERK, now=NOON, path=path)
    assert (Person.objects.count(), ImportRun.objects.get().taken) == (20, 20)

    run = running.take_run(ImportRun.objects.get(), actor=CLERK, now=NOON, path=path)

    assert (Person.objects.count(), run.taken, run.state) == (35, 35, "done")
    assert run.counts["new"] == 35


def test_columns_are_remembered_for_the_next_list_of_a_source(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number()}", head="人,证")
    run = importing.receive_path(path, "list", place=PATH, actor=CLERK, now=NOON)
    importing.map_columns(
        run, {"name": 0, "document_number": 1}, {"employer": "厂"}, actor=CLERK, now=NOON
    )

    again = importing.receive_path(path, "list", place=PATH, actor=CLERK, now=NOON)

    assert again.mapping == {"name": 0, "document_number": 1}
    assert again.defaults == {"employer": "厂"}


def test_without_name_or_number_no_list_is_checked(tmp_path: Path) -> None:
    path = list_of(tmp_path, "陈晓明,13812345678", head="姓名,电话")
    run = importing.receive_path(path, "list", place=PATH, actor=CLERK, now=NOON)

    with pytest.raises(Invalid) as told:
        importing.map_columns(run, run.mapping, {}, actor=CLERK, now=NOON)

    assert set(told.value.fields) == {"document_number"}


def test_ten_percent_broken_rows_in_gb18030_with_duplicates(tmp_path: Path) -> None:
    numbers = [make_number() for _ in range(90)]
    lines = [
        f"陈{i:03d}明".translate(DIGITS) + f",{number},,,," for i, number in enumerate(numbers)
    ]
    lines += [f"陈晓{i},{numbers[i]},,,,".translate(DIGITS.__class__({})) for i in range(5)]
    lines += ["坏行,44190019900101001X1,,,,", "坏行,4.419E+17,,,,", ",,,,,", "x,y", '"坏,行,,,,']
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="gb18030")

    run = taken(path)

    assert run.counts["new"] == Person.objects.count() == 90
    assert run.counts["rows"] == run.counts["new"] + run.counts["refused"] == 99
    assert ImportRow.objects.filter(run=run, is_dry=False).count() == 9


def test_a_picture_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    with pytest.raises(FileUnreadable):
        importing.receive_path(path, "list", place=PATH, actor=CLERK, now=NOON)

    assert ImportRun.objects.count() == 0


def test_only_who_may_import_there_hands_in_a_list(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number()},,,,")
    stranger = make_actor("viewer", permits.VIEW, at=PATH, ceiling=VAULT)

    with pytest.raises(NotAllowed):
        importing.receive_path(path, "list", place=PATH, actor=stranger, now=NOON)


def test_a_list_that_was_taken_is_not_taken_twice(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number()},,,,")
    run = taken(path)

    with pytest.raises(WrongState):
        running.take_run(run, actor=CLERK, now=NOON, path=path)


def test_refused_rows_are_forgotten_after_a_month(tmp_path: Path) -> None:
    taken(list_of(tmp_path, "坏行,1,,,,"))

    refused = next(entry for entry in ENTRIES if entry.key == "people.refused_rows").going

    assert refused.step(NOON + timedelta(days=30), 10) == 0
    assert refused.step(NOON + timedelta(days=31), 10) == 2
    assert VILLAGE


def test_a_list_that_another_run_finished_is_not_begun_again(tmp_path: Path) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number(date(1980, 1, 1))},,H1,户主,江南大道12号302")
    stale = running.check_run(received(path), actor=CLERK, now=NOON, path=path)
    done = running.take_run(ImportRun.objects.get(), actor=CLERK, now=NOON, path=path)

    with pytest.raises(WrongState):
        running.take_run(stale, actor=CLERK, now=NOON + timedelta(hours=1), path=path)

    assert ImportRun.objects.get().state == "done"
    assert ImportRun.objects.get().ended_at == done.ended_at
    assert Person.objects.count() == 1


def test_a_check_of_columns_that_were_named_anew_meanwhile_counts_for_nothing(
    tmp_path: Path,
) -> None:
    path = list_of(tmp_path, f"陈晓明,{make_number(date(1980, 1, 1))},,H1,户主,江南大道12号302")
    stale = received(path)
    columns = {field: at for field, at in stale.mapping.items() if field != "phone"}
    importing.map_columns(stale, columns, stale.defaults, actor=CLERK, now=NOON)

    with pytest.raises(RunTakenOver):
        running.check_run(stale, actor=CLERK, now=NOON, path=path)

    run = ImportRun.objects.get()
    assert (run.state, run.counts) == ("mapped", {})
    assert "phone" not in run.mapping
