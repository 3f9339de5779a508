"""Rows of a list to route, read with what could not be understood of each."""

from __future__ import annotations

import pytest

from linli.cases.rules.route_file import NoColumns, RouteRow, route_rows


def test_rows_are_read_in_any_order_of_columns_and_in_chinese() -> None:
    found = route_rows(
        [
            (1, ["内容", "编号", "纬度", "经度"]),
            (2, ["路灯坏了", "7", "22.9", "113.7"]),
            (3, ["x", "8"]),
        ]
    )

    assert found == [RouteRow(2, "7", "路灯坏了", (113.7, 22.9)), RouteRow(3, "8", "x")]


@pytest.mark.parametrize(
    ("lon", "lat", "fault"),
    [
        ("a", "1", "lon and lat are no numbers"),
        ("113.7", "", "lon and lat are no numbers"),
        ("500", "1", "lon and lat are no degrees"),
        ("nan", "1", "lon and lat are no degrees"),
    ],
)
def test_a_point_that_is_none_is_said_and_left_out(lon: str, lat: str, fault: str) -> None:
    (row,) = route_rows([(1, ["number", "text", "lon", "lat"]), (2, ["7", "路灯", lon, lat])])

    assert (row.point, row.fault) == (None, fault)


def test_a_row_without_text_is_said() -> None:
    (row,) = route_rows([(1, ["number", "text"]), (2, ["7", " "])])

    assert row.fault == "no text"


@pytest.mark.parametrize("head", [["number"], ["text"], ["a", "b"]])
def test_a_list_without_its_columns_is_refused(head: list[str]) -> None:
    with pytest.raises(NoColumns):
        route_rows([(1, head), (2, ["x"] * len(head))])


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(NoColumns):
        route_rows([])
