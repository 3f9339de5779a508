"""What a column takes: from the check that the office put on its cells, their number format, its heading. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from linli.offerings.rules.reporting_cells import plainly
from linli.offerings.rules.reporting_stems import LAST, is_filler
from linli.offerings.types.reporting_cells import (
    MOST_CHOICE,
    MOST_CHOICES,
    MOST_WORDS,
    AskedBy,
    Bounds,
    CellRule,
    Check,
    Kind,
)

# formats that a file names by number alone (ECMA-376 part 1, 18.8.30); those of days in Chinese programs too
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 49: "@"} | dict.fromkeys((14, 15, 22, 31, *range(27, 31), 50, 51, 52, 53, 54, 55, 56, 57, 58), "yyyy/m/d")  # fmt: skip
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
DAY_ZERO = date(1899, 12, 30)  # day 0 as spreadsheets count
NOT_ASKED = re.compile(r"(备注|说明|序号|编号|代码|证号|账号|号码|情况|名称|姓名|地址|原因|措施|内容)$")  # fmt: skip
PHONES = re.compile(r"(电话|手机|手机号|电话号码|手机号码|联系方式|telephone|phone|mobile)$", re.I)
DAYS = re.compile(r"(日期|年月日|date)$", re.I)
RATES = re.compile(r"(率|比例|百分比|占比|比重|增幅|percent|percentage|rate)$", re.I)
COUNTS = re.compile(r"(数|数量|总数|人数|户数|个数|次数|件数|人次|宗数|number)$", re.I)
MEASURED = re.compile(
    r"(指数|分数|系数|金额|面积|产值|收入|支出|资金|投入|长度|里程|amount)$", re.I
)
COUNTED_IN = frozenset([
    "人", "户", "个", "件", "套", "栋", "间", "支", "场", "次", "人次", "户次", "家", "名",
    "宗", "条", "处", "台", "辆", "张", "份", "所", "座", "岁", "棵", "头", "只", "盏", "项",
    "批", "位", "期", "块",
])  # fmt: skip
MEASURED_IN = frozenset([
    "元", "万元", "亿元", "亩", "公顷", "平方米", "㎡", "m2", "米", "公里", "千米", "km", "吨",
    "公斤", "千克", "kg", "度", "千瓦时", "升", "立方米", "分", "分钟", "小时", "天",
])  # fmt: skip
SIGNED = re.compile(r"(增|减|差|净|盈|亏|结余|变化)")
NOT_NEGATIVE: Bounds = (("ge", "0"),)


def rule_of(words: Sequence[str], code: str, check: Check | None = None) -> CellRule:
    """Return what a column takes; its check says it before its format, that before its heading.

    A number format says nothing of a telephone or a day that the heading asks for: both are digits.
    """
    unit, heading = _unit_of(words), _by_heading(words)
    if check is not None and (found := _by_check(check, code)) is not None:
        return replace(found, unit=unit)
    told = heading if heading.kind in (Kind.PHONE, Kind.DATE) else _by_format(code, heading)
    prompt = check.prompt[:MOST_WORDS] if check else ""
    return replace(told, unit=unit, prompt=prompt)


def _unit_of(words: Sequence[str]) -> str:
    """Return what the brackets of the lowest heading that has some count in: 垃圾桶（个） counts 个."""
    for word in reversed(words):
        match = LAST.match(unicodedata.normalize("NFKC", word).strip())
        if match is not None and (unit := match[2].removeprefix("单位").lstrip(":").strip()):
            return unit if unit in COUNTED_IN | MEASURED_IN or unit == "%" else ""
    return ""


def _by_heading(words: Sequence[str]) -> CellRule:
    plain = unicodedata.normalize("NFKC", words[-1]).strip()
    match = LAST.match(plain)
    bare, unit = (match[1] if match else plain), _unit_of(words)
    whole = "".join(words)
    signed = () if SIGNED.search(whole) else NOT_NEGATIVE
    if PHONES.search(bare):
        return CellRule(Kind.PHONE, by=AskedBy.HEADING)
    if DAYS.search(bare):
        return CellRule(Kind.DATE, by=AskedBy.HEADING)
    # 出生率（‰） is no percentage
    is_bare = match is None or is_filler(match[2])
    if unit == "%" or (RATES.search(bare) and not unit and is_bare):
        return CellRule(Kind.PERCENT, () if signed == () else (*signed, ("le", "100")), by=AskedBy.HEADING)  # fmt: skip
    if unit in MEASURED_IN or (MEASURED.search(bare) and not unit):
        return CellRule(Kind.NUMBER, signed, by=AskedBy.HEADING)
    if unit in COUNTED_IN or (COUNTS.search(bare) and not NOT_ASKED.search(bare)):
        return CellRule(Kind.WHOLE, signed, by=AskedBy.HEADING)
    return CellRule()


def _by_format(code: str, heading: CellRule) -> CellRule:
    """Return what a number format asks for; the heading adds that it is not negative."""
    plain = QUOTED.sub("", code).split(";")[0].lower()
    kind = Kind.ANY
    if "%" in plain:
        kind = Kind.PERCENT
    elif "y" in plain and "d" in plain:
        kind = Kind.DATE
    elif plain.strip() and not plain.strip("0#,. ") and "0" in plain:
        kind = Kind.NUMBER if "." in plain else Kind.WHOLE
    # a count with two decimals shown is a count all the same; an amount without any is no count
    if kind is Kind.ANY or kind is heading.kind or {kind, heading.kind} == {Kind.WHOLE, Kind.NUMBER}:  # fmt: skip
        return heading
    if heading.kind is Kind.PERCENT and kind in (Kind.WHOLE, Kind.NUMBER):
        return heading
    bounds = heading.bounds if kind in (Kind.WHOLE, Kind.NUMBER) else ()
    return CellRule(kind, bounds, by=AskedBy.FORMAT)


KINDS = {"whole": Kind.WHOLE, "decimal": Kind.NUMBER, "date": Kind.DATE, "textLength": Kind.TEXT}
SIGNS = {
    "equal": "eq", "notEqual": "ne", "greaterThan": "gt", "lessThan": "lt",
    "greaterThanOrEqual": "ge", "lessThanOrEqual": "le",
}  # fmt: skip


def _by_check(check: Check, code: str) -> CellRule | None:
    """Return what a data validation asks for; None for one that cannot be worked out without a spreadsheet."""
    said = CellRule(
        prompt=check.prompt[:MOST_WORDS], error=check.error[:MOST_WORDS], by=AskedBy.CHECK
    )
    if check.kind == "list":
        choices = tuple(one.strip() for one in check.choices if one.strip())
        if not choices or len(choices) > MOST_CHOICES or max(map(len, choices)) > MOST_CHOICE:
            return None
        return replace(said, kind=Kind.CHOICE, choices=choices)
    kind = KINDS.get(check.kind)
    if kind is None:
        return None
    in_percent = kind is Kind.NUMBER and "%" in QUOTED.sub("", code)
    bounds = _bounds(check, kind, in_percent=in_percent)
    if kind is Kind.TEXT and not bounds:
        return None
    return replace(said, kind=Kind.PERCENT if in_percent else kind, bounds=bounds)


def _bounds(check: Check, kind: Kind, *, in_percent: bool) -> Bounds:
    """Return the bounds of a check that are plain values; those that other cells hold are left out."""
    if check.operator == "between":
        told = (("ge", check.first), ("le", check.second))
    elif check.operator in SIGNS:
        told = ((SIGNS[check.operator], check.first), ("", ""))
    else:
        return ()
    found = ((sign, _bound(text, kind, in_percent=in_percent)) for sign, text in told)
    return tuple((sign, value) for sign, value in found if sign and value)


def _bound(text: str, kind: Kind, *, in_percent: bool) -> str:
    """Return a bound as rules keep it: a number, or a day; nothing if it is neither."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number) > 10**15:
        return ""
    if kind is Kind.DATE:
        days = int(number)
        return (DAY_ZERO + timedelta(days=days)).isoformat() if 0 <= days < 2_900_000 else ""
    return plainly(number * 100 if in_percent else number)


def format_code(number: int, own: Mapping[int, str]) -> str:
    """Return a number format by its number: one of the file, or one that every program knows."""
    return own[number] if number in own else BUILT_IN.get(number, "")


def as_plain(rule: CellRule) -> dict[str, object]:
    """Return a rule as JSON keeps it, without what is empty."""
    told = {
        "kind": rule.kind.value, "bounds": [list(one) for one in rule.bounds], "choices": list(rule.choices),
        "unit": rule.unit, "prompt": rule.prompt, "error": rule.error, "by": rule.by,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def from_plain(data: dict[str, object] | None) -> CellRule:
    """Return a rule that `as_plain` gave."""
    given = data or {}
    bounds, choices = given.get("bounds", ()), given.get("choices", ())
    assert isinstance(bounds, list | tuple)
    assert isinstance(choices, list | tuple)
    return CellRule(
        Kind(str(given.get("kind", Kind.ANY))), tuple((str(s), str(v)) for s, v in bounds),
        tuple(str(one) for one in choices), *(str(given.get(name, "")) for name in ("unit", "prompt", "error", "by")),
    )  # fmt: skip
