"""What a row of a list of groups and buildings says, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

# field → headings by which offices name it
HEADINGS = {
    "level": ("类别", "层级", "kind", "level"),
    "number": ("编号", "序号", "number"),
    "name": ("名称", "name"),
    "group": ("所属小组", "小组", "group"),
    "since": ("设立日期", "起始日期", "since"),
    "basis": ("依据", "文号", "basis"),
    "short_name": ("简称", "short name"),
    "name_en": ("英文名称", "英文名", "english name"),
}
REQUIRED = ("level", "number", "name", "since", "basis")
LEVEL_WORDS = {
    **dict.fromkeys(("小组", "村民小组", "居民小组", "组", "group"), "group"),
    **dict.fromkeys(("楼栋", "楼", "栋", "房屋", "building"), "building"),
}
LENGTHS = {"name": 60, "short_name": 60, "name_en": 120, "basis": 120}
MOST_NUMBER = 9999
LETTERS = {"group": "g", "building": "b"}
NUMBER = re.compile(r"\d{1,4}", re.ASCII)


class PartFault(NamedTuple):
    """One thing that is wrong with a row: its line, the field, the rule, and what stood there."""

    line: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class NewPart:
    """A group or building as somebody enters it. `group` is the number or name of its group."""

    level: str
    number: int
    name: str
    since: date
    basis: str
    group: str = ""
    short_name: str = ""
    name_en: str = ""


@dataclass(slots=True)
class Known:
    """What the register holds of a village, and what earlier rows of the same list added.

    `names` are (code of the place above, name) of what is there today; `groups` lead from number
    and name of a group to its code.
    """

    village: str
    begins: date | None
    today: date
    codes: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)
    groups: dict[str, str] = field(default_factory=dict)
    group_begins: dict[str, date] = field(default_factory=dict)

    def above(self, part: NewPart) -> str | None:
        """The code of the place that a part hangs below, or None for an unknown group."""
        return self.groups.get(part.group) if part.group else self.village

    def take(self, part: NewPart) -> None:
        """Note a part that is taken, for the rows after it."""
        code = code_of(self.village, part)
        self.codes.add(code)
        self.names.add((self.above(part) or self.village, part.name))
        if part.level == "group":
            self.groups[str(part.number)] = self.groups[part.name] = code
            self.group_begins[code] = part.since


def code_of(village: str, part: NewPart) -> str:
    """The code of a part: that of its village, g or b, and its number."""
    return f"{village}{LETTERS[part.level]}{part.number:03d}"


def part_faults(part: NewPart, known: Known, line: int = 0) -> list[PartFault]:
    """Return what speaks against a part in its village."""
    found = []
    above = known.above(part)
    if part.level == "group" and part.group:
        found.append(PartFault(line, "group", "below_group", part.group))
    elif above is None:
        found.append(PartFault(line, "group", "no_group", part.group))
    if code_of(known.village, part) in known.codes:
        found.append(PartFault(line, "number", "taken", str(part.number)))
    if (above, part.name) in known.names:
        found.append(PartFault(line, "name", "name_taken", part.name))
    begins = known.group_begins.get(above or "") or known.begins
    if part.since > known.today:
        found.append(PartFault(line, "since", "later", part.since.isoformat()))
    elif begins and part.since < begins:
        found.append(PartFault(line, "since", "too_early", part.since.isoformat()))
    return found


def sort_out(
    parts: Sequence[tuple[int, NewPart]], known: Known
) -> tuple[list[NewPart], list[PartFault]]:
    """Part the rows of a list that fit from what is wrong with the others; `known` learns them."""
    right: list[NewPart] = []
    faults: list[PartFault] = []
    # a building may name a group that stands further down in the list
    for line, part in sorted(parts, key=lambda row: (row[1].level != "group", row[0])):
        if wrong := part_faults(part, known, line):
            faults += wrong
        else:
            known.take(part)
            right.append(part)
    return right, sorted(faults)


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field, by its heading."""
    known = {word: name for name, words in HEADINGS.items() for word in words}
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        name = known.get(heading.strip().lower().replace("_", " "))
        if name is not None:
            found.setdefault(name, number)
    return found


def missing_columns(columns: Mapping[str, int]) -> list[str]:
    """Return the headings without which a list cannot be read."""
    return [HEADINGS[name][0] for name in REQUIRED if name not in columns]


def read_row(
    line: int, cells: Sequence[str], columns: Mapping[str, int], day_of: Callable[[str], date]
) -> NewPart | list[PartFault]:
    """Return what a row says, or everything that is wrong with it.

    `day_of` reads a date as people write it and raises ValueError.
    """
    said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
    faults = [PartFault(line, name, "missing") for name in REQUIRED if not said.get(name)]
    level = LEVEL_WORDS.get(said.get("level", "").lower())
    if said.get("level") and level is None:
        faults.append(PartFault(line, "level", "unknown", said["level"]))
    number = _number(said.get("number", ""))
    if said.get("number") and number is None:
        faults.append(PartFault(line, "number", "no_number", said["number"]))
    for name, most in LENGTHS.items():
        if len(said.get(name, "")) > most:
            faults.append(PartFault(line, name, "too_long", said[name][:20]))
    since = _day(line, said.get("since", ""), faults, day_of)
    if faults or level is None or number is None or since is None:
        return faults
    group = said.get("group", "")
    return NewPart(
        level, number, said["name"], since, said["basis"],
        str(int(group)) if NUMBER.fullmatch(group) else group,
        said.get("short_name", ""), said.get("name_en", ""),
    )  # fmt: skip


def _number(text: str) -> int | None:
    digits = text.removesuffix("号").removesuffix("组").removesuffix("栋").strip()
    return int(digits) if NUMBER.fullmatch(digits) and int(digits) else None


def _day(
    line: int, text: str, faults: list[PartFault], day_of: Callable[[str], date]
) -> date | None:
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        faults.append(PartFault(line, "since", "no_date", text))
        return None
