"""Lists as offices send them come out as lines of text, or are no list at all."""

from io import BytesIO

import pytest
import xlsxwriter

from linli.kernel.tables import NotATable, read_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_csv_of_any_habit_is_read(encoding: str, separator: str) -> None:
    text = f"姓名{separator}年份\n\n李伟{separator}2026\n"

    assert read_table(text.encode(encoding)) == [(1, ["姓名", "年份"]), (3, ["李伟", "2026"])]


def test_numbers_of_a_workbook_are_written_as_people_read_them() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_row(0, 0, ["李伟", 13800001234.0, 2.5])

    assert read_table(target.getvalue()) == [(1, ["李伟", "13800001234", "2.5"])]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n,,\n", "empty"),
        (b"\x89PNG\x00", "not_text"),
        (b"PK\x03\x04x", "broken"),
    ],
)
def test_what_is_no_list_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(NotATable) as refused:
        read_table(content)

    assert refused.value.reason == reason
