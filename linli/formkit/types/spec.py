"""A form as frozen values: its questions, pages, conditions and computations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from linli.kernel.registries import Hook

# beyond this, programs that hold numbers as doubles no longer agree (kernel.canonical)
MOST_NUMBER = 2**53 - 1
MOST_FIELDS = 300
MOST_ROWS = 200
MOST_DECIMALS = 6
MOST_TEXT = 5_000
MOST_LINE = 200
MOST_FILES = 9
# how deep conditions and computations may be nested, and how large a form may be as JSON
MOST_DEPTH = 6
MOST_SPEC_BYTES = 300_000
MOST_SPEC_DEPTH = 40

# path of a place → [(code, name)] of the places under it; filled by places, which lies above
PLACES_UNDER: Hook[Callable[[str], Sequence[tuple[str, str]]]] = Hook(
    "places under a place", default=()
)


class Kind(StrEnum):
    """What a question is. `TABLE` repeats its columns, `NOTE` asks nothing."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    YES_NO = "yesno"
    CHOICE = "choice"
    SEVERAL = "several"
    IDENTITY = "identity"
    PHONE = "phone"
    PLACE = "place"
    POINT = "point"
    PHOTOS = "photos"
    FILES = "files"
    SIGNATURE = "signature"
    TABLE = "table"
    COMPUTED = "computed"
    NOTE = "note"


NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL, Kind.MONEY})
WITH_FILES = frozenset({Kind.PHOTOS, Kind.FILES, Kind.SIGNATURE})
# what a column of a table may be
IN_TABLES = frozenset(
    {
        Kind.TEXT, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.YES_NO,
        Kind.CHOICE, Kind.IDENTITY, Kind.PHONE, Kind.COMPUTED,
    }
)  # fmt: skip
# what identifies somebody and is therefore kept sealed
PERSONAL_KINDS = frozenset({Kind.IDENTITY, Kind.PHONE})


class Audience(StrEnum):
    """Who fills a form in. What staff fill in is bound by the burden guard (BU-12 to BU-15)."""

    RESIDENTS = "residents"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def told(self, language: str) -> str:
        """Return the text in a language, or in the other one if it is missing."""
        return (self.en or self.zh) if language.startswith("en") else (self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Option:
    """One given answer of a choice."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked. `op` decides which of the others count (rules/logic.py)."""

    op: str
    field: str = ""
    value: Any = None
    of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Operand:
    """What a computation takes: a field or column, a number, today, or a computation."""

    field: str = ""
    value: str = ""
    is_today: bool = False
    inner: Computation | None = None


@dataclass(frozen=True, slots=True)
class Computation:
    """How a computed field comes about."""

    op: str
    of: tuple[Operand, ...]
    between: str = " "


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Numbers with decimals are whole numbers of their smallest unit.

    `least` and `most` bound numbers (in that unit) and dates (ISO). `result` and `rounding` are of
    computed fields. `known_from` names what the register knows. `scene` and `basis` stand for a
    heavy demand on staff (BU-13, BU-15). `root` is the path under which a place is chosen.
    """

    key: str
    kind: Kind
    label: Words
    help: Words = Words()
    required: bool = False
    sealed: bool = False
    options: tuple[Option, ...] = ()
    as_list: bool = False
    least: int | str | None = None
    most: int | str | None = None
    longest: int = 0
    decimals: int = 0
    unit: Words = Words()
    lean: str = "nearest"
    columns: tuple[Field, ...] = ()
    min_rows: int = 0
    max_rows: int = 20
    no_doubles: bool = False
    max_files: int = 1
    root: str = ""
    known_from: str = ""
    topic: str = ""
    scene: str = ""
    basis: str = ""
    result: Kind = Kind.WHOLE
    rounding: str = "half"
    show: Condition | None = None
    compute: Computation | None = None

    def column(self, key: str) -> Field | None:
        """Return a column of a table."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    title: Words
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once."""

    key: str
    title: Words
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Return the keys of all fields of the page, in order."""
        return tuple(key for section in self.sections for key in section.items)


@dataclass(frozen=True)
class Spec:
    """A whole form."""

    title: Words
    intro: Words
    fields: Mapping[str, Field]
    pages: tuple[Page, ...]

    def find(self, path: str) -> Field | None:
        """Return a field by "key", or a column by "table.column"."""
        head, _dot, tail = path.partition(".")
        found = self.fields.get(head)
        return found.column(tail) if found and tail else found

    def page(self, key: str) -> Page | None:
        """Return a page by its key."""
        return next((page for page in self.pages if page.key == key), None)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every field and column, in the order of the fields."""
        return tuple(
            path
            for key, one in self.fields.items()
            for path in (key, *(f"{key}.{column.key}" for column in one.columns))
        )
