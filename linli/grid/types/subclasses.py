"""Sub-classes of events (GR-01): when one is filed, in what time disposed of, when closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linli.kernel.clock import Unit

# what the step of filing tells of it
SUBCLASS, AREA = "subclass", "area"
AREAS = ("A", "B", "C")
# the level of most ground: what is offered first
USUAL = "B"


@dataclass(frozen=True, slots=True)
class SubClass:
    """A line of the table. `limits` by level of the area in `unit`; `class_code` are the four digits of
    GB/T 30428.2, None while nobody compared them; `is_part` for what stands where it is (部件)."""

    key: str
    matter: str
    is_part: bool
    class_code: str | None
    since: date
    until: date | None
    title_zh: str
    title_en: str
    files_zh: str
    files_en: str
    closes_zh: str
    closes_en: str
    unit: Unit
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole file: its lines, the levels of areas in both languages, and whether its law was read."""

    lines: tuple[SubClass, ...]
    areas: Mapping[str, tuple[str, str]]
    source: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class FiledAs:
    """As which sub-class an event is filed, in an area of which level."""

    key: str
    area: str
