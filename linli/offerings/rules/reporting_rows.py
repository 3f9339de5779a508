"""Rows of a list as a village hands them in: the register's, corrected, struck out, and with those that lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from linli.kernel.reporting import ROW_NUMBER, ROW_REF
from linli.offerings.types.reporting import ListRow, RowAct, RowWord

Row = Mapping[str, str]


def rows_with_words(rows: Iterable[Row], words: Iterable[RowWord]) -> list[ListRow]:
    """Return the rows of the register with what was said of each, then what was added, then what is gone."""
    said = list(words)
    of_rows = {one.ref: one for one in said if one.act != RowAct.ADDED}
    found = []
    for row in rows:
        found.append(_row(row, of_rows.pop(row.get(ROW_REF, ""), None)))
    found += [ListRow(one.code, one.said, {}, one.act, one.reason) for one in said if one.act == RowAct.ADDED]  # fmt: skip
    gone = (one for one in of_rows.values() if one.act == RowAct.CHANGED)
    return [*found, *(ListRow(one.ref, {**one.was, **one.said}, one.was, one.act, one.reason, is_gone=True) for one in gone)]  # fmt: skip


def _row(row: Row, word: RowWord | None) -> ListRow:
    was = {key: text for key, text in row.items() if key != ROW_REF}
    ref = row.get(ROW_REF, "")
    if word is None:
        return ListRow(ref, was, was)
    cells = {**was, **word.said} if word.act == RowAct.CHANGED else was
    if cells == was and word.act == RowAct.CHANGED:
        # the register was corrected meanwhile: it says the same now
        return ListRow(ref, was, was)
    return ListRow(ref, cells, was, word.act, word.reason)


def handed_in(rows: Iterable[ListRow]) -> list[dict[str, str]]:
    """Return the rows that are signed, numbered through."""
    kept = [dict(row.cells) for row in rows if row.is_handed_in]
    return [{**row, ROW_NUMBER: str(number)} for number, row in enumerate(kept, 1)]


def counted(rows: Iterable[ListRow]) -> dict[str, int]:
    """Return how many rows were corrected, added and struck out."""
    found = {act.value: 0 for act in RowAct}
    for row in rows:
        if row.act and not row.is_gone:
            found[row.act] += 1
    return found


def with_words_in(rows: Sequence[ListRow], words: str) -> list[ListRow]:
    """Return the rows in which words stand, in any cell."""
    wanted = words.casefold()
    return [row for row in rows if any(wanted in text.casefold() for text in row.cells.values())]


def changed_cells(typed: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str]:
    """Return what of typed cells differs from the register."""
    return {key: text for key, text in typed.items() if text != was.get(key, "")}
