"""Sub-classes of events as pages and steps use them: those of a day, and as which an event was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.steps_of_events import last_facts
from linli.cases.queries.terms import amount_words
from linli.grid.rules.subclasses import code_digits, full_code, of_day, read_table
from linli.grid.types.subclasses import AREAS, SubClass, Table
from linli.kernel.paths import CITY_PATH
from linli.ui.formats import is_chinese

FILE = Path(__file__).parent.parent / "data" / "subclasses.yaml"


@cache
def table() -> Table:
    """Return the table that comes with the program."""
    return read_table(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Told:
    """A sub-class in the reader's language; `limits` in words by level, `is_sure` if its law was read."""

    key: str
    title: str
    files: str
    closes: str
    limits: dict[str, str]
    code: str
    is_sure: bool


def told(line: SubClass) -> Told:
    """Return a line in the reader's language."""
    zh = is_chinese()
    limits = {area: amount_words(line.limits[area], line.unit) for area in AREAS}
    return Told(
        line.key, line.title_zh if zh else line.title_en, line.files_zh if zh else line.files_en,
        line.closes_zh if zh else line.closes_en, limits, code_words(line), table().is_sure,
    )  # fmt: skip


def code_words(line: SubClass) -> str:
    """Return its code, or that it is to be confirmed and how long it will be."""
    code = full_code(line, CITY_PATH.strip("/"))
    return code or _("%(digits)s digits, to be confirmed") % {"digits": code_digits(line)}


def area_titles() -> dict[str, str]:
    """Return the levels of areas in the reader's language."""
    return {key: words[0 if is_chinese() else 1] for key, words in table().areas.items()}


def lines_of(on: date, matter: str = "") -> list[SubClass]:
    """Return the sub-classes that hold on a day, of one matter or of all."""
    return of_day(table().lines, on, matter)


def find_line(key: str, on: date, matter: str = "") -> SubClass | None:
    """Return a sub-class of a day by its key, or None."""
    return next((one for one in lines_of(on, matter) if one.key == key), None)


def filed_as(case_id: int) -> tuple[SubClass, str] | None:
    """Return as what an event was filed, with the level of its area; None if by its matter alone."""
    filed = last_facts(case_id, "file")
    if filed is None or not filed[1].get("subclass"):
        return None
    at, key, area = filed[0], filed[1]["subclass"], str(filed[1].get("area") or "")
    line = find_line(key, localdate(at))
    return (line, area) if line else None
