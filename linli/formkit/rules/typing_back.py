"""Values written as somebody would have typed them: for what is known already, and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.formkit.rules.cells import NO, YES
from linli.formkit.types import WITH_FILES, Field, Kind, Spec


def typed_of(
    spec: Spec, values: Mapping[str, Any]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return names with texts, and fields with the codes of their files; `read` gives it back."""
    typed: dict[str, list[str]] = {}
    codes: dict[str, list[str]] = {}
    for key, value in values.items():
        one = spec.fields.get(key)
        if one is None or value is None or one.kind in (Kind.COMPUTED, Kind.NOTE):
            continue
        if one.kind is Kind.TABLE:
            typed.update(_rows(one, value))
        elif one.kind in WITH_FILES:
            _files(one, value, typed, codes)
        else:
            typed[key] = texts_of(one, value)
    return typed, codes


def _rows(one: Field, rows: Any) -> dict[str, list[str]]:
    typed = {}
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        typed[f"{one.key}-{number}"] = ["1"]
        for column in one.columns:
            value = row.get(column.key) if isinstance(row, Mapping) else None
            if value is not None and column.kind is not Kind.COMPUTED:
                typed[f"{one.key}-{number}-{column.key}"] = texts_of(column, value)
    return typed


def _files(
    one: Field, value: Any, typed: dict[str, list[str]], codes: dict[str, list[str]]
) -> None:
    if one.kind is Kind.SIGNATURE:
        given = value if isinstance(value, Mapping) else {}
        typed[f"{one.key}-way"] = [str(given.get("way", ""))]
        value = [given["file"]] if given.get("file") else []
    codes[one.key] = [str(code) for code in value] if isinstance(value, list) else []


def texts_of(one: Field, value: Any) -> list[str]:
    """Return the texts that stand for a value in the fields of a page."""
    if one.kind is Kind.YES_NO:
        return [YES if value is True else NO]
    if one.kind is Kind.SEVERAL:
        return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]
    if one.kind is Kind.POINT:
        point = value if isinstance(value, Mapping) else {}
        parts = [point.get(axis, "") for axis in ("lon", "lat")]
        return [decimal_text(part, 6) if type(part) is int else str(part) for part in parts]
    if one.kind is Kind.MONEY and isinstance(value, int):
        return [decimal_text(value, 2)]
    if one.kind is Kind.DECIMAL and isinstance(value, int):
        return [decimal_text(value, one.decimals)]
    return [str(value)]


def decimal_text(size: int, decimals: int) -> str:
    """Return 12.50 for 1250 with two decimals."""
    if not decimals:
        return str(size)
    whole, rest = divmod(abs(size), 10**decimals)
    return f"{'-' if size < 0 else ''}{whole}.{rest:0{decimals}d}"
