"""What a column of an office's sheet takes, and whether what is typed is that."""

from __future__ import annotations

from datetime import date

import pytest

from linli.offerings.rules.reporting_asks import as_plain, from_plain, rule_of
from linli.offerings.rules.reporting_cells import DoesNotFit, fitting, number_of
from linli.offerings.types.reporting_cells import (
    AskedBy,
    CellRule,
    Check,
    Kind,
    as_chosen,
    fault_words,
    rule_words,
)

TODAY = date(2026, 11, 24)
GE0 = (("ge", "0"),)


def rule(kind: str, *bounds: tuple[str, str], **more: object) -> CellRule:
    return CellRule(Kind(kind), bounds, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "typed", "kept"),
    [
        (rule("whole"), "１２", "12"),
        (rule("whole"), "1,200", "1200"),
        (rule("whole", unit="户"), "12 户", "12"),
        (rule("whole"), "12.0", "12"),
        (rule("number"), "3.50", "3.5"),
        (rule("number", unit="万元"), "-0.0万元", "0"),
        (rule("percent"), "85.5％", "85.5%"),
        (rule("date"), "2026年11月3日", "2026-11-03"),
        (rule("date", ("ge", "2026-01-01")), "20260101", "2026-01-01"),
        (rule("date"), "12.1", "2026-12-01"),
        (rule("phone"), "0769-8123 4567", "0769-8123 4567"),
        (rule("phone"), "12345", "12345"),
        (rule("text", ("eq", "18")), "44190000000000000X", "44190000000000000X"),
        (rule("choice", choices=("有", "无")), " 无 ", "无"),
        (CellRule(), "约 30（估）", "约 30（估）"),
        (rule("whole", *GE0, ("le", "5")), "5", "5"),
    ],
)
def test_what_fits_is_kept_plainly(asked: CellRule, typed: str, kept: str) -> None:
    assert fitting(asked, typed, today=TODAY) == kept


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        (rule("whole"), "约30", "whole"),
        (rule("whole"), "3.5", "whole"),
        (rule("whole"), "十二", "whole"),
        (rule("whole"), "1,20", "whole"),
        (rule("whole", unit="户"), "12人", "whole"),
        (rule("whole"), "٣", "whole"),
        (rule("whole"), "9" * 16, "whole"),
        (rule("whole", *GE0), "-1", "bounds"),
        (rule("number", ("gt", "0")), "0", "bounds"),
        (rule("number"), "1e5", "number"),
        (rule("percent", *GE0, ("le", "100")), "101", "bounds"),
        (rule("percent"), "大半", "percent"),
        (rule("date"), "去年", "date"),
        (rule("date", ("le", "2026-12-31")), "2027-01-01", "bounds"),
        (rule("phone"), "1380013800", "phone"),
        (rule("text", ("eq", "18")), "4419", "bounds"),
        (rule("choice", choices=("有", "无")), "不详", "choice"),
    ],
)
def test_what_does_not_fit_is_told_by_kind_or_by_bounds(
    asked: CellRule, typed: str, code: str
) -> None:
    with pytest.raises(DoesNotFit) as fault:
        fitting(asked, typed, today=TODAY)

    assert fault.value.code == code and fault_words(asked, code)


@pytest.mark.parametrize(
    ("words", "code", "kind", "bounds"),
    [
        (["垃圾桶（个）"], "", "whole", GE0),
        (["重点人群", "人数"], "", "whole", GE0),
        (["人口净增数"], "", "whole", ()),
        (["投入资金（万元）"], "", "number", GE0),
        (["绿化面积"], "", "number", GE0),
        (["出租率"], "", "percent", (*GE0, ("le", "100"))),
        (["同比增幅"], "", "percent", ()),
        (["出生率（‰）"], "", "any", ()),
        (["完成日期"], "", "date", ()),
        (["联系电话"], "0", "phone", ()),
        (["联系人"], "@", "any", ()),
        (["证件号码"], "", "any", ()),
        (["开展情况"], "General", "any", ()),
        (["开展情况"], "0_ ", "whole", ()),
        (["小微公园"], "#,##0.00;[Red]-#,##0.00", "number", ()),
        (["小微公园（个）"], "0.00", "whole", GE0),
        (["覆盖"], '0.0"%"', "number", ()),
        (["覆盖"], "0.0%", "percent", ()),
        (["交付"], 'yyyy"年"m"月"d"日"', "date", ()),
        (["出生年月"], 'yyyy"年"m"月"', "any", ()),
    ],
)
def test_format_and_heading_say_what_a_column_takes(
    words: list[str], code: str, kind: str, bounds: tuple[tuple[str, str], ...]
) -> None:
    found = rule_of(words, code)

    assert (found.kind, found.bounds) == (kind, bounds)


@pytest.mark.parametrize(
    ("check", "code", "kind", "bounds"),
    [
        (Check("whole", "between", "1", "50"), "", "whole", (("ge", "1"), ("le", "50"))),
        (Check("whole", "greaterThan", "0"), "", "whole", (("gt", "0"),)),
        (Check("whole", "lessThanOrEqual", "$B$2"), "", "whole", ()),
        (Check("decimal", "between", "0", "1"), "0%", "percent", (*GE0, ("le", "100"))),
        (Check("decimal", "between", "0", "1"), "", "number", (*GE0, ("le", "1"))),
        (Check("date", "greaterThanOrEqual", "46023"), "", "date", (("ge", "2026-01-01"),)),
        (Check("textLength", "equal", "18"), "", "text", (("eq", "18"),)),
        (Check("list", choices=("有", "无")), "", "choice", ()),
        # what nobody can work out without a spreadsheet leaves heading and format
        (Check("custom", first="LEN(A1)=3"), "", "whole", GE0),
        (Check("list"), "", "whole", GE0),
        (Check("whole", "notBetween", "1", "2"), "", "whole", ()),
    ],
)
def test_a_check_of_the_sheet_goes_before_format_and_heading(
    check: Check, code: str, kind: str, bounds: tuple[tuple[str, str], ...]
) -> None:
    found = rule_of(["垃圾桶（个）"], code, check)

    assert (found.kind, found.bounds) == (kind, bounds)
    assert from_plain(as_plain(found)) == found


def test_the_office_says_in_its_own_words_what_is_wrong_and_a_clerk_may_choose() -> None:
    check = Check("whole", "between", "1", "50", prompt="按宗填写", error="只能填1至50")
    found = rule_of(["宗数"], "", check)

    assert "只能填1至50。" in fault_words(found, "bounds")
    assert "1" in rule_words(found) and "50" in rule_words(found)
    other = as_chosen(found, Kind.NUMBER)
    assert (other.bounds, other.prompt, other.by) == (GE0, "按宗填写", AskedBy.OFFICE)
    assert as_chosen(found, Kind.WHOLE) is found
    assert rule_words(as_chosen(found, Kind.ANY)) == ""


def test_spreadsheets_count_with_numbers_and_shares() -> None:
    assert [number_of(Kind.NUMBER, "3.5"), number_of(Kind.PERCENT, "85%")] == [3.5, 0.85]
    assert [number_of(Kind.ANY, one) for one in ("12.5", "-3", "0.25")] == [12.5, -3, 0.25]
    assert [number_of(Kind.ANY, one) for one in ("2.10", "+1", "0769", "1.234567890123456")] == [
        None
    ] * 4
    assert [number_of(Kind.TEXT, "3.5"), number_of(Kind.NUMBER, "约3"), number_of(Kind.PHONE, "1")] == [None] * 3  # fmt: skip
