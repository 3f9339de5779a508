"""Numbers that name people in a text, and texts without words."""

from __future__ import annotations

import pytest

from linli.cases.rules.telling import first_line, has_words, masked, numbers_in

ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("路灯坏了三天", []),
        ("找陈生 13800001234", ["13800001234"]),
        ("找陈生 138 0000 1234。", ["138 0000 1234"]),
        ("找陈生 １３８００００１２３４", ["13800001234"]),
        ("+86 138-0000-1234 是他的", ["+86 138-0000-1234"]),
        (f"身份证{ID}，请查", [ID]),
        ("座机0769-22001234", ["0769-22001234"]),
        ("卡号6222 0212 3456 7890 123", ["6222 0212 3456 7890 123"]),
        ("打了12345和110，2026年11月28日19:30，编号JB-2026-0001", []),
        ("车牌粤S12345，灯杆 20261128001", []),
        ("123456789012345678", []),
    ],
)
def test_numbers_that_name_or_reach_people(text: str, found: list[str]) -> None:
    assert numbers_in(text) == found


def test_the_writers_own_number_is_no_third_partys() -> None:
    assert numbers_in("请回电 138 0000 1234", "+8613800001234") == []
    assert numbers_in("请回电 13900001234", "+8613800001234") == ["13900001234"]


@pytest.mark.parametrize(
    ("text", "has"),
    [("灯坏", True), ("3", True), ("😡😡", False), ("。。。!!", False), ("", False)],
)
def test_faces_and_dots_are_no_words(text: str, has: bool) -> None:
    assert has_words(text) is has


def test_the_line_of_lists_shows_no_numbers_and_is_short() -> None:
    line = first_line("他的电话\n13800001234 " + "很吵" * 60)

    assert "13800001234" not in line
    assert line.startswith("他的电话 138")
    assert len(line) == 60
    assert masked("13800001234") == "138******34"
