"""What each column of an office's sheet is filled from, and which questions may not be asked at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from linli.kernel.reporting import ReportColumn
from linli.offerings.rules.reporting_grids import Heading
from linli.offerings.rules.reporting_stems import stem, stems_of, whole_stem

MOST_FORMULA = 300


class Fills(StrEnum):
    """Who fills a column: a register, the villages, the office's own formula, nobody."""

    REGISTER = "register"
    VILLAGE = "village"
    FORMULA = "formula"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Bound:
    """A column and what it is filled from; `key` names a column of a register.

    `why` says why villages are asked although a register has something like it.
    """

    column: int
    title: str
    fills: Fills
    key: str = ""
    formula: str = ""
    is_hidden: bool = False
    why: str = ""


Index = Mapping[str, Sequence[str]]


def index_of(columns: Iterable[ReportColumn], groups: Mapping[str, str] | None = None) -> dict[str, list[str]]:  # fmt: skip
    """Return which columns a heading may mean, by its stem; `groups` are words over columns, by key."""
    found: dict[str, list[str]] = {}
    for column in columns:
        called = [column.zh, column.en, *column.synonyms]
        if group := (groups or {}).get(column.key):
            called += [f"{group}·{one}" for one in called]
        for word in dict.fromkeys(whole_stem(one.split("·")) for one in called):
            found.setdefault(word, []).append(column.key)
    return found


def held_by(words: Sequence[str], index: Index) -> str:
    """Return the column that a heading certainly means, or nothing.

    The whole counts: 残疾人 · 户籍人口 is not 户籍人口, and what is filled in wrongly looks right.
    """
    keys = index.get(whole_stem(words), ())
    return keys[0] if len(keys) == 1 else ""


def proposed(words: Sequence[str], index: Index) -> list[str]:
    """Return columns that a heading may mean, the likelier first; the clerk decides."""
    found: list[str] = []
    for word in stems_of(words):
        found += index.get(word, ())
    if not found and (whole := stems_of(words)[:1]):
        near = [one for one in index if len(one) > 1 and (one in whole[0] or whole[0] in one)]
        for one in sorted(near, key=len, reverse=True)[:3]:
            found += index[one]
    return list(dict.fromkeys(found))[:5]


def first_binding(headings: Iterable[Heading], index: Index) -> list[Bound]:
    """Return what the system proposes: formulas stay, certain headings are filled, others are asked.

    What the register holds twice over is filled once: two columns may mean the same, the sheet has both.
    """
    return [_bind(heading, index) for heading in headings]


def _bind(heading: Heading, index: Index) -> Bound:
    fills, key, formula = Fills.VILLAGE, "", ""
    if heading.formula and (formula := own_formula(heading.formula)):
        fills = Fills.FORMULA
    elif key := held_by(heading.words, index):
        fills = Fills.REGISTER
    elif (
        stem(heading.words[-1]) in ("序号", "编号")
        or is_remark(heading.words[-1])
        or heading.formula
    ):
        fills = Fills.NOBODY
    return Bound(heading.column, heading.title, fills, key, formula, heading.is_hidden)


def is_remark(word: str) -> bool:
    """Say whether a column is only there for remarks, which nobody has to fill."""
    return stem(word) in ("备注", "说明", "remarks", "note")


def questions_held(bindings: Iterable[Bound], index: Index) -> list[tuple[Bound, str]]:
    """Return columns that are asked of the villages although a register answers them, with its key (BU-23)."""
    found = []
    for bound in bindings:
        if bound.fills is Fills.VILLAGE and (key := held_by(bound.title.split(" · "), index)):
            found.append((bound, key))
    return found


def questions_likely_held(bindings: Iterable[Bound], index: Index) -> list[tuple[Bound, list[str]]]:
    """Return columns that are asked although registers have something like them, with its keys (BU-23)."""
    return [
        (bound, keys) for bound in bindings
        if bound.fills is Fills.VILLAGE and (keys := likely_held(bound.title.split(" · "), index))
    ]  # fmt: skip


def likely_held(words: Sequence[str], index: Index) -> list[str]:
    """Return columns that a heading may mean without being certain; what a place is called is no figure."""
    if held_by(words, index):
        return []
    return [key for key in proposed(words, index) if not key.startswith("places.")]


# what a formula may be made of: cells of the sheet itself, numbers, and functions that only count
REFERENCE = r"\$?[A-Z]{1,3}\$?\d{1,7}"
FUNCTIONS = (
    "SUM",
    "ROUND",
    "AVERAGE",
    "COUNT",
    "COUNTA",
    "MAX",
    "MIN",
    "IF",
    "IFERROR",
    "ABS",
    "INT",
)
TOKEN = re.compile(
    rf"(?:{'|'.join(FUNCTIONS)})\(|{REFERENCE}(?::{REFERENCE})?|\d+(?:\.\d+)?%?|[-+*/^(),<>=&]|\s+|\"[^\"=+@\-]{{0,20}}\""
)  # fmt: skip
ROW = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")


def own_formula(text: str) -> str:
    """Return a formula of the office that does nothing but count, or nothing: it is not run blindly."""
    plain = text.strip().removeprefix("=").upper()
    if not plain or len(plain) > MOST_FORMULA or plain.count("(") != plain.count(")"):
        return ""
    at = 0
    while at < len(plain):
        match = TOKEN.match(plain, at)
        if match is None:
            return ""
        at = match.end()
    return plain


def moved(formula: str, from_row: int, to_row: int) -> str:
    """Return a formula of one row for another one; references fixed with $ and other rows stay."""

    def shift(match: re.Match[str]) -> str:
        fixed_column, column, fixed_row, row = match.groups()
        if fixed_row or int(row) != from_row:
            return match[0]
        return f"{fixed_column}{column}{to_row}"

    return ROW.sub(shift, formula)
