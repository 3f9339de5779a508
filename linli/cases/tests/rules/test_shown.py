"""A rough place that asking often does not sharpen, and words without what names people."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.shown import BLACK, CELL, blacked_out, naming, not_in, rough

# Dongguan, in millionths of a degree
LON = st.integers(113_500_000, 114_300_000)
LAT = st.integers(22_600_000, 23_200_000)
METRE = 111_320 / 1_000_000
ID = "441900199001014411"


@given(LON, LAT)
def test_a_cell_is_more_than_fifty_metres_wide_and_high(lon: int, lat: int) -> None:
    assert CELL * METRE >= 50
    assert CELL * METRE * cos(radians(lat / 1_000_000)) >= 50


@given(LON, LAT, st.integers(0, CELL - 1), st.integers(0, CELL - 1))
def test_all_points_of_a_cell_look_alike_so_that_no_mean_tells_more(
    lon: int, lat: int, east: int, north: int
) -> None:
    corner = (lon // CELL * CELL, lat // CELL * CELL)

    assert rough(corner[0] + east, corner[1] + north) == rough(*corner)


@given(LON, LAT)
def test_what_is_shown_stays_in_the_cell_of_the_point(lon: int, lat: int) -> None:
    found = rough(lon, lat)

    assert found is not None
    assert rough(*found) == found
    assert abs(found[0] - lon) <= CELL // 2
    assert abs(found[1] - lat) <= CELL // 2


def test_no_place_stays_no_place() -> None:
    assert rough(None, 23_000_000) is None
    assert rough(0, 0) == (CELL // 2, CELL // 2)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("找王阿姨 13800138000 问", ["13800138000"]),
        ("他的电话是138-0013-8000。", ["138-0013-8000"]),
        ("+86 13800138000", ["+86 13800138000"]),
        ("电话１３８００１３８０００", ["１３８００１３８０００"]),
        (f"身份证{ID}，请查", [ID]),
        ("车牌粤S12345堵住通道", ["粤S12345"]),
        ("绿牌 粤SD12345 也在", ["粤SD12345"]),
        ("写信到 wang.li@example.cn 吧", ["wang.li@example.cn"]),
        ("卡号 6222 0212 3456 7890 123", ["6222 0212 3456 7890 123"]),
        ("打12345没人接，门牌88号，2026-11-28", []),
        ("路灯编号 20261128001", []),
    ],
)
def test_numbers_that_name_somebody_are_found(text: str, pieces: list[str]) -> None:
    assert naming(text) == pieces


def test_what_is_blacked_out_is_gone_whatever_its_case_and_length() -> None:
    text = "Mr Wang, MR WANG and 王小明; Wangzhai stays? 王小明的店"

    found = blacked_out(text, ["Mr Wang", "王小明", ""])

    assert found == f"{BLACK}, {BLACK} and {BLACK}; Wangzhai stays? {BLACK}的店"


def test_the_longer_piece_goes_first() -> None:
    assert blacked_out("王小明明", ["王小", "王小明明"]) == BLACK


def test_a_slip_of_the_pen_is_told() -> None:
    assert not_in("王小明在家", ["王晓明", "在家"]) == ["王晓明"]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_pieces_never_remain(text: str, pieces: list[str]) -> None:
    hidden = [piece for piece in pieces if piece in text and not set(piece) & set(BLACK)]

    found = blacked_out(text, hidden)

    assert [piece for piece in hidden if any(piece in part for part in found.split(BLACK))] == []
