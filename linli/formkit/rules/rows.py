"""Rows of a table among what was typed: taken out, and added behind the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linli.formkit.rules.reading import ROW, rows_in


def without_row(
    key: str, typed: Mapping[str, Sequence[str]], number: int
) -> dict[str, Sequence[str]]:
    """Return what was typed without one row, as it is numbered on the page."""
    return {
        name: texts
        for name, texts in typed.items()
        if not ((found := ROW.fullmatch(name)) and found[1] == key and int(found[2]) == number)
    }


def with_rows(
    key: str, typed: Mapping[str, Sequence[str]], rows: Sequence[Mapping[str, str]]
) -> dict[str, list[str]]:
    """Return what was typed with rows added at the end of a table."""
    grown = {name: list(texts) for name, texts in typed.items()}
    for number, row in enumerate(rows, rows_in(typed, key)):
        grown[f"{key}-{number}"] = ["1"]
        grown |= {f"{key}-{number}-{column}": [text] for column, text in row.items()}
    return grown
