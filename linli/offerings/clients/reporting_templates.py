"""Sheets as towns send them out, made from a short description: for the demo, tests and benches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import xlsxwriter
import yaml

TEXT, NUMBERS = ("填报单位：", "填报日期："), 3


@dataclass(frozen=True, slots=True)
class Template:
    """A sheet of a town; `columns` are headings, or mappings with `name` and `below` or `formula`."""

    key: str
    title: str
    basis: str
    columns: Sequence[Any]
    list: str = ""
    total: str = ""
    below: Sequence[str] = ()
    hidden: Sequence[int] = field(default_factory=tuple)


@cache
def shipped_templates() -> dict[str, Template]:
    """Return the sheets that the package brings along, by key."""
    text = files("linli.offerings").joinpath("data/reporting/town.yaml").read_text("utf-8")
    return {one["key"]: Template(**one) for one in yaml.safe_load(text)}


def blank_sheet(template: Template, *, rows: int = NUMBERS, listed: Sequence[str] = ()) -> bytes:
    """Return the workbook that a town would send: title, merged headings, empty rows, totals, remarks."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("汇总表")
    bold = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"border": 1})
    heads = list(_heads(template.columns))
    width = len(heads)
    depth = 2 if any(below for _name, below, _formula in heads) else 1
    if width > 1:
        sheet.merge_range(0, 0, 0, width - 1, template.title, bold)
    sheet.write_string(1, 0, TEXT[0])
    sheet.write_string(1, max(1, width - 2), TEXT[1])
    _write_heads(sheet, heads, depth, bold)
    first = 2 + depth
    count = max(rows, len(listed))
    for row in range(first, first + count):
        for column, (_name, _below, formula) in enumerate(heads):
            if formula:
                sheet.write_formula(row, column, formula.format(row=row + 1), plain)
            else:
                sheet.write_blank(row, column, None, plain)
        if row - first < len(listed):
            sheet.write_string(row, 1 if heads[0][0] == "序号" else 0, listed[row - first], plain)
    if template.total:
        sheet.write_string(first + count, 0, template.total, bold)
        count += 1
    for line, text in enumerate(template.below, first + count):
        sheet.write_string(line, 0, text)
    for column in template.hidden:
        sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def _heads(columns: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (heading, heading below it, formula) of each column."""
    for one in columns:
        if isinstance(one, Mapping):
            for below in one.get("below", [""]):
                yield str(one["name"]), str(below), str(one.get("formula", ""))
        else:
            yield str(one), "", ""


def _write_heads(sheet: Any, heads: Sequence[tuple[str, str, str]], depth: int, style: Any) -> None:
    column = 0
    while column < len(heads):
        name, below, _formula = heads[column]
        end = column
        while below and end + 1 < len(heads) and heads[end + 1][0] == name:
            end += 1
        if below and end > column:
            sheet.merge_range(2, column, 2, end, name, style)
        elif depth > 1 and not below:
            sheet.merge_range(2, column, 3, column, name, style)
        else:
            sheet.write_string(2, column, name, style)
        for number in range(column, end + 1):
            if heads[number][1]:
                sheet.write_string(3, number, heads[number][1], style)
        column = end + 1
