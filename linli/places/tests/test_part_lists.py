"""Groups and buildings from a file: checked without a trace, refused row by row, taken once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kernel.sheets import as_xlsx
from linli.kernel.testing import client_of
from linli.places.models import Place, PlaceChange
from linli.places.rules.part_rows import HEADINGS, columns_of, read_row
from linli.places.testing import make_town, make_village
from linli.places.tests.village_parts import (
    CLERK,
    HEADS,
    LIST,
    NEIGHBOUR,
    TOWN,
    VILLAGE,
    add,
    group,
    send,
)

BAD = [
    ["小组", "1", "第一小组", "", "2020-01-01", "登记"],
    ["楼栋", "1", "1栋", "2", "2020年1月1日", "登记"],
    ["小组", "2", "第二小组", "", "20200101", "登记"],
    ["小组", "2", "第二小组甲", "", "20200101", "登记"],
    ["小组", "3", "第一小组", "", "20200101", "登记"],
    ["村", "x", "", "", "31.31", ""],
    ["楼栋", "2", "2栋", "9", "20990101", "登记"],
    ["小组", "４", "=HYPERLINK()", "", "20200101", "登记"],
    [],
    ["楼栋", "5", "𠮷栋🏠", "第一小组", "20200101", "登记"],
]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding, "replace")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "gb18030", "xlsx"])
def test_a_list_is_checked_without_a_trace_and_then_taken(form: str) -> None:
    make_village(VILLAGE)
    client = client_of(CLERK)
    content = as_xlsx([HEADS, *BAD]) if form == "xlsx" else as_csv(
        [HEADS, *BAD], "utf-8-sig" if form == "csv" else "gb18030"
    )  # fmt: skip
    upload = SimpleUploadedFile(f"x.{'xlsx' if form == 'xlsx' else 'csv'}", content)

    checked = send(client, f"{LIST}import/", step="check", file=upload)
    assert checked.status_code == 200
    assert not Place.objects.filter(level__in=["group", "building"]).exists()
    table = checked.context["table"] if checked.context else None
    table = table or _table_of(checked.content.decode())
    refused = send(client, f"{LIST}import/", step="refused", table=table)
    taken = send(client, f"{LIST}import/", step="take", table=table)

    rows = refused.content.decode("utf-8-sig")
    assert rows.count("\r\n") == 6  # the heads and five rows
    assert "编号已被使用" in rows
    assert "同名" in rows
    assert "没有这个小组" in rows
    assert "这个日期还没到" in rows
    assert taken.status_code == 303
    made = set(Place.objects.filter(level__in=["group", "building"]).values_list("name", flat=True))
    assert made == {"第一小组", "第二小组", "1栋", "𠮷栋🏠"}
    second = Place.objects.get(name="第二小组")
    assert Place.objects.get(name="1栋").parent_id == second.pk
    assert PlaceChange.objects.filter(kind="add").count() == 1


def _table_of(page: str) -> str:
    from html import unescape

    return unescape(page.split('name="table" hidden>', 1)[1].split("</textarea>", 1)[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01\x02", "不是"),
        (as_csv([["名称"], ["甲"]]), "缺少这些列"),
        (b"PK\x03\x04broken", "读不出来"),
        (as_csv([HEADS, *[["小组", "1", "甲", "", "20200101", "x"]] * 3001]), "3000"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_word(content: bytes, words: str) -> None:
    make_village(VILLAGE)

    answer = send(
        client_of(CLERK), f"{LIST}import/", step="check", file=SimpleUploadedFile("x.csv", content)
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["take", "refused"])
@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "文件是空的"),
        ("\n \n", "文件是空的"),
        (as_csv([HEADS, ["小组", "1", "x" * 200_000]]).decode(), "读不出来"),
        (as_csv([HEADS, *[["小组", "1", "甲", "", "20200101", "x"]] * 3001]).decode(), "3000"),
        (as_csv([HEADS, ["小组", "1", "甲" * 700_000]]).decode(), "2 MB"),
    ],
    ids=["empty", "blank", "broken", "rows", "bytes"],
)
def test_what_comes_back_with_the_page_is_checked_as_the_file_was(
    step: str, table: str, words: str
) -> None:
    make_village(VILLAGE)

    answer = send(client_of(CLERK), f"{LIST}import/", step=step, table=table)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Place.objects.filter(level="group").exists()


@pytest.mark.django_db
def test_only_a_village_takes_lists_of_parts() -> None:
    make_town()
    add(Place.objects.get(code=VILLAGE), group())

    for code in ("441900005", f"{VILLAGE}g001"):
        base = f"/zh-hans/register/places/{code}/parts/import/"
        assert client_of(TOWN).get(base).status_code == 404
        assert client_of(TOWN).get(f"{base}blank").status_code == 404
        assert send(client_of(TOWN), base, step="check").status_code == 404


@pytest.mark.django_db
def test_a_neighbour_hands_no_list_in_and_takes_none() -> None:
    make_town()
    table = as_csv([HEADS, BAD[0]], "utf-8").decode()

    for step in ("check", "take", "refused"):
        answer = send(client_of(NEIGHBOUR), f"{LIST}import/", step=step, table=table)
        assert answer.status_code == 403
    assert not Place.objects.filter(level="group").exists()


def test_every_reason_of_a_row_is_told_at_once() -> None:
    columns = columns_of([words[0] for words in HEADINGS.values()])

    faults = read_row(2, ["村", "0", "", "", "soon", "x" * 121], columns, date.fromisoformat)

    assert {(fault.field, fault.code) for fault in faults} == {
        ("level", "unknown"), ("number", "no_number"), ("name", "missing"),
        ("since", "no_date"), ("basis", "too_long"),
    }  # fmt: skip
