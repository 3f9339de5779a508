"""Where headings stand in sheets of offices, and what they mean."""

from __future__ import annotations

import pytest

from linli.kernel.reporting import ReportColumn
from linli.offerings.rules.reporting_binding import (
    Bound,
    Fills,
    first_binding,
    held_by,
    index_of,
    moved,
    own_formula,
    proposed,
    questions_held,
    questions_likely_held,
)
from linli.offerings.rules.reporting_grids import Block, Grid
from linli.offerings.rules.reporting_heads import NoHeadings, layout_of
from linli.offerings.rules.reporting_layouts import as_data, from_data, in_order_of, rows_not_ours
from linli.offerings.rules.reporting_stems import stem, stems_of

COLUMNS = (
    ReportColumn("places.name", "村（社区）名称", "Village or community", "", ("村社区", "村", "单位")),
    ReportColumn("people.all", "常住人口", "Residents", "人", ("总",)),
    ReportColumn("people.60_", "60岁以上", "60 and over", "人", ("60岁以上老年人",)),
    ReportColumn("people.60_.male", "60岁以上（男）", "60 and over, men", "人", ("60岁以上·男",)),
    ReportColumn("homes.households", "户数", "Households", "户", ("总户",)),
    ReportColumn("a.bins", "垃圾分类点", "Bins", "", ("分类",)),
    ReportColumn("b.kind", "分类", "Kind"),
)  # fmt: skip
INDEX = index_of(COLUMNS)


def grid(*rows: str, **more: object) -> Grid:
    """Return a sheet from lines whose cells are parted by bars."""
    cells = {
        (row, column): text.strip()
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
        if text.strip()
    }
    return Grid("Sheet1", cells, **more)  # type: ignore[arg-type]


def test_a_title_and_a_line_to_be_signed_stand_above_the_headings():
    found = layout_of(
        grid("2026年人口统计表", "填报单位：|填表日期：", "村(社区)|总人口|户数", "||")
    )

    assert [one.title for one in found.headings] == ["村(社区)", "总人口", "户数"]
    assert found.first == 3


def test_merged_headings_are_read_from_the_top_down():
    sheet = grid(
        "村社区|60周岁以上老年人||备注", "|男|女|", "甲|1|2|3", "示范村|||",
        merged=(Block(0, 0, 1, 0), Block(0, 1, 0, 2), Block(0, 3, 1, 3)),
    )  # fmt: skip

    found = layout_of(sheet)

    assert [one.words for one in found.headings] == [
        ("村社区",), ("60周岁以上老年人", "男"), ("60周岁以上老年人", "女"), ("备注",),
    ]  # fmt: skip
    assert (found.first, found.listed) == (
        3,
        ("示范村",),
    )  # the row that numbers columns is skipped


def test_totals_and_remarks_below_are_the_offices_own():
    found = layout_of(
        grid("村|户数", "甲村|", "乙村|", "合计|", "注：12月底数", "填表人：|审核人：")
    )

    assert found.listed == ("甲村", "乙村")
    assert found.has_total
    assert found.below == ("注：12月底数", "填表人： 审核人：")


def test_hidden_columns_are_told_and_formulas_of_the_first_row_are_kept():
    sheet = grid("村|户数|平均", "||", formulas={(1, 2): "B2/2"}, hidden=frozenset({1}))

    found = layout_of(sheet)

    assert [one.is_hidden for one in found.headings] == [False, True, False]
    assert found.headings[2].formula == "B2/2"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["|".join(str(n) for n in range(3))], "no_headings"),
        (["|".join(f"栏{n}" for n in range(101))], "too_many_columns"),
        (["村|户", *["甲村|1"] * 5001], "too_many_rows"),
    ],
)
def test_a_sheet_that_cannot_be_filled_says_why(rows, reason):
    with pytest.raises(NoHeadings) as fault:
        layout_of(grid(*rows))

    assert fault.value.reason == reason


def test_a_layout_is_kept_and_read_back():
    found = layout_of(grid("人口 | ", "村|户数", "甲村|", "合计|", merged=(Block(0, 0, 0, 1),)))

    assert from_data(as_data(found)) == found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("常住人口（人）", "people.all"),
        ("常 住 人 口 数", "people.all"),
        ("总人口", "people.all"),
        ("总户数", "homes.households"),
        ("60周岁及以上老年人人数", "people.60_"),
        ("六十岁老人", ""),
        ("六十周岁以上老年人", "people.60_"),
        ("村(社区)", "places.name"),
        ("Residents", "people.all"),
        ("分类", ""),
        ("60岁以上（男）", "people.60_.male"),
        ("总人口（残疾）", ""),
        ("60岁以上（含60岁）", "people.60_"),
    ],
)
def test_headings_mean_a_column_whatever_offices_write_around_it(written, meant):
    assert held_by((written,), INDEX) == meant


def test_a_heading_below_another_means_both_together():
    assert held_by(("60周岁以上老年人", "合计"), INDEX) == "people.60_"
    assert held_by(("60周岁以上", "其中：男"), INDEX) == "people.60_.male"
    assert held_by(("残疾人", "总人口"), INDEX) == ""
    assert proposed(("残疾人", "老年户"), INDEX) == []
    assert "男" not in stems_of(("60周岁以上", "男"))


def test_a_word_that_means_two_things_is_left_to_the_clerk():
    assert proposed(("分类",), INDEX) == ["a.bins", "b.kind"]


def test_a_question_that_a_register_answers_is_not_asked():
    """BU-23: what is held already is filled in."""
    asked = [Bound(0, "常住人口", Fills.VILLAGE), Bound(1, "志愿者故事", Fills.VILLAGE)]

    assert [(one.column, key) for one, key in questions_held(asked, INDEX)] == [(0, "people.all")]


def test_columns_are_bound_as_far_as_headings_are_certain():
    sheet = grid("序号|村|常住人口|人均|志愿者故事|备注", "|||||", formulas={(1, 3): "=C2/2"})

    found = first_binding(layout_of(sheet).headings, INDEX)

    assert [one.fills for one in found] == [
        Fills.NOBODY, Fills.REGISTER, Fills.REGISTER, Fills.FORMULA, Fills.VILLAGE, Fills.NOBODY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        'HYPERLINK("http://example.org","x")', "cmd|' /C calc'!A0", "[1]Sheet1!A1", 'WEBSERVICE("x")',
        "INDIRECT(A1)", 'A1&"=1"', "SUM(A1:A2", "Sheet2!A1", "A1+" * 200,
    ],
)  # fmt: skip
def test_a_formula_that_does_more_than_count_is_not_kept(text):
    assert own_formula(text) == ""


def test_a_formula_of_a_row_goes_along_to_other_rows():
    assert moved(own_formula("=ROUND(C5/$D$2+C4,2)"), 5, 9) == "ROUND(C9/$D$2+C4,2)"


def test_rows_come_in_the_order_that_the_office_listed():
    names = {"a/": ("示范一村", "一村"), "b/": ("示范二村", "二村"), "c/": ("三社区",)}

    assert in_order_of(("二村", "三社区"), names) == ["b/", "c/", "a/"]
    assert rows_not_ours(("二村", "外村"), names) == ["外村"]


def test_a_heading_that_stands_in_brackets_alone_keeps_its_words():
    assert stem("（一）") == "(一)"


def test_what_a_register_likely_holds_is_told_beside_what_is_certain():
    asked = [
        Bound(n, title, Fills.VILLAGE)
        for n, title in enumerate(("现有常住人口", "总人口", "志愿者故事"))
    ]

    assert [(one.column, keys[0]) for one, keys in questions_likely_held(asked, INDEX)] == [
        (0, "people.all")
    ]
    assert (
        stem("十六周岁以上") == "16岁以上"
        and stem("八十岁") == "80岁"
        and stem("十二五规划") == "十二五规划"
    )
