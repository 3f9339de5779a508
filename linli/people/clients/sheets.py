"""Lists as offices send them: csv of any habit, xlsx, parquet. All cells come out as text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, PasswordError, load_workbook

from linli.people.errors import FileUnreadable
from linli.people.rules.columns import HEADINGS, heading_key
from linli.people.rules.csvtext import bom_encoding, encoding_of, separator_of

CHUNK = 1 << 20
# A list of ten million people with thirty columns stays under this when it is unpacked.
MOST_UNPACKED = 4 << 30
MOST_RATIO = 400
LOOK_FOR_HEADINGS = 10
# lines that one quoted cell may have
LONGEST_CELL = 5
# Beyond this a number of a spreadsheet has lost digits.
EXACT = 10**15
_KNOWN = frozenset(word for words in HEADINGS.values() for word in words.split())

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """A table: its headings, and its rows with their line numbers as a person counts them."""

    kind: str
    headings: list[str]
    rows: Iterator[Row]
    encoding: str = ""
    separator: str = ""


@contextmanager
def open_sheet(path: Path) -> Iterator[Sheet]:
    """Open a list by what is in it, whatever it is called. Refuses with FileUnreadable."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise FileUnreadable("empty")
    if start.startswith(b"PAR1"):
        yield _headed("parquet", _parquet(path))
    elif start.startswith(b"PK\x03\x04"):
        _refuse_bomb(path)
        yield _headed("xlsx", _workbook(path))
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        yield _headed("xls", _workbook(path))
    else:
        with _text(path) as (lines, encoding, separator):
            yield _headed("csv", lines, encoding, separator)


def _headed(kind: str, lines: Iterator[Row], encoding: str = "", separator: str = "") -> Sheet:
    """Find the row of headings: lists often bear a title above it."""
    first = list(islice(lines, LOOK_FOR_HEADINGS))
    if not first:
        raise FileUnreadable("empty")
    known = [sum(heading_key(cell) in _KNOWN for cell in cells) for _, cells in first]
    at = known.index(max(known)) if max(known) > 1 else 0
    headings = [cell.strip() for cell in first[at][1]]
    if len(headings) < 2:
        raise FileUnreadable("one_column")
    rows = chain(first[at + 1 :], lines)
    row = next(rows, None)
    if row is None:
        raise FileUnreadable("no_rows")
    return Sheet(kind, headings, chain([row], rows), encoding, separator)


@contextmanager
def _text(path: Path) -> Iterator[tuple[Iterator[Row], str, str]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(file, 30))
        separator = separator_of(lines)
        file.seek(0)
        yield _csv_rows(file, separator), encoding, separator


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        marked = bom_encoding(file.read(4))
    if marked:
        return marked
    with path.open("rb") as file:
        found = encoding_of(iter(lambda: file.read(CHUNK), b""))
    if found is None:
        raise FileUnreadable("not_text")
    return found


def _csv_rows(file: io.TextIOBase, separator: str) -> Iterator[Row]:
    reader = csv.reader(closed_quotes(file), delimiter=separator)
    while True:
        try:
            for cells in reader:
                if any(cells):
                    yield reader.line_num, cells
            return
        except (csv.Error, UnicodeError):
            raise FileUnreadable("broken", line=reader.line_num) from None


def closed_quotes(lines: Iterable[str]) -> Iterator[str]:
    """Give the lines on; a quotation mark that nobody closes must not swallow the rows after it."""
    waiting: deque[str] = deque()
    source = iter(lines)
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        if line.count('"') % 2 == 0:
            yield line
            continue
        waiting.extend(islice(source, max(0, LONGEST_CELL - len(waiting))))
        ahead = list(islice(waiting, LONGEST_CELL))
        end = next((n for n, later in enumerate(ahead) if later.count('"') % 2), None)
        if end is None:
            yield line.replace('"', "")
            continue
        yield line
        for _ in range(end + 1):
            yield waiting.popleft()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise FileUnreadable("broken", line=1) from None
    whole = sum(part.file_size for part in parts)
    ratio = whole / max(1, sum(part.compress_size for part in parts))
    if whole > MOST_UNPACKED or (ratio > MOST_RATIO and whole > 64 * CHUNK):
        raise FileUnreadable("too_large")


def _workbook(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(str(path))
        sheet = book.get_sheet_by_index(0)
    except PasswordError:
        raise FileUnreadable("locked") from None
    except (CalamineError, OSError, IndexError):
        raise FileUnreadable("not_text") from None
    first = sheet.start[0] if sheet.start else 0
    for line, cells in enumerate(sheet.iter_rows(), first + 1):
        if any(cell not in ("", None) for cell in cells):
            yield line, [cell_text(cell) for cell in cells]


def _parquet(path: Path) -> Iterator[Row]:
    # imported when needed: the library is large, and few lists are parquet
    import duckdb

    with duckdb.connect() as base:
        try:
            found = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
        except duckdb.Error:
            raise FileUnreadable("broken", line=1) from None
        yield 1, [str(column[0]) for column in found.description or ()]
        line = 1
        while rows := found.fetchmany(5000):
            for cells in rows:
                line += 1
                yield line, [cell_text(cell) for cell in cells]


def cell_text(value: Any) -> str:
    """Return a cell as text. A number too long for a spreadsheet keeps its .0, which tells on it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else f"{value:.1f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
