"""Files that come in: the working days of a year, and questions for due dates."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from linli.kernel.clock import WorkCalendar
from linli.kernel.errors import Invalid
from linli.rulebook.services import NoticeDay
from linli.ui.formats import listed

MOST_SHOWN = 20
MOST_WORKING_DAYS = 10_000
YES, NO = ("1", "true", "yes", "是", "班", "work"), ("0", "false", "no", "否", "休", "off")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Due:
    """One answered question: n working days from a day."""

    start: date
    n: int
    due: date
    provisional: bool


def text_of(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without mark, or in GB18030. Refuses: Invalid."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid({"file": [_("This is not a text in UTF-8 or GB18030.")]})


def read_workdays(text: str) -> list[NoticeDay]:
    """Read `date,is_work,name,source`; lines that begin with # are notes. Refuses with Invalid."""
    days = _all(_lines(text, ("date", "is_work", "name", "source")), _notice_day)
    refuse_twice(days)
    return days


def refuse_twice(days: Iterable[NoticeDay]) -> None:
    """Refuse with Invalid where a notice names a day twice."""
    twice = sorted(day for day, count in Counter(d.day for d in days).items() if count > 1)
    if twice:
        raise Invalid({"file": [_("%(day)s is there twice.") % {"day": day} for day in twice]})


def read_questions(text: str) -> list[tuple[date, int]]:
    """Read `start,n`; other columns are ignored. Refuses with Invalid, row by row."""
    return _all(_lines(text, ("start", "n")), _question)


def answer(questions: Iterable[tuple[date, int]], calendar: WorkCalendar) -> Iterator[Due]:
    """Yield the n-th working day after each start, and whether it is provisional."""
    for start, n in questions:
        found = calendar.add_working_days(start, n)
        yield Due(start, n, found.day, found.provisional)


def _lines(text: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row). Refuses with Invalid when a column is missing."""
    kept = [(n, line) for n, line in enumerate(io.StringIO(text, newline=None), 1) if _says(line)]
    reader = csv.DictReader(line for _n, line in kept)
    heads = [name.strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in needed if name not in heads]
    if missing:
        what = {"columns": listed(missing), "found": listed(heads) or "—"}
        raise Invalid({"file": [_("Missing columns: %(columns)s. Found: %(found)s.") % what]})
    reader.fieldnames = heads
    for row in reader:
        number = kept[min(reader.line_num, len(kept)) - 1][0]
        yield number, {key: (value or "").strip() for key, value in row.items() if key in needed}


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _all(
    lines: Iterable[tuple[int, dict[str, str]]], read: Callable[[dict[str, str]], T]
) -> list[T]:
    """Read every row; if any is bad, refuse the whole file and name the rows."""
    good: list[T] = []
    bad: dict[str, list[str]] = {}
    for number, row in lines:
        try:
            good.append(read(row))
        except _BadRow as fault:
            bad[_("line %(number)s") % {"number": number}] = [str(fault)]
    if bad:
        shown = dict(list(bad.items())[:MOST_SHOWN])
        if len(bad) > MOST_SHOWN:
            shown["…"] = [_("%(count)s bad rows in all.") % {"count": len(bad)}]
        raise Invalid(shown)
    return good


class _BadRow(ValueError):
    """Why one row cannot be used."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _BadRow(
            _("“%(text)s” is not a date like 2026-11-24.") % {"text": text[:40]}
        ) from None


def _notice_day(row: dict[str, str]) -> NoticeDay:
    flag = row["is_work"].lower()
    if flag not in YES + NO:
        raise _BadRow(_("“%(text)s” is neither 1 (work) nor 0 (off).") % {"text": flag[:40]})
    if not row["source"]:
        raise _BadRow(_("The source is missing."))
    return NoticeDay(_day(row["date"]), flag in YES, row["name"][:60], row["source"][:200])


def _question(row: dict[str, str]) -> tuple[date, int]:
    try:
        n = int(row["n"])
    except ValueError:
        raise _BadRow(_("“%(text)s” is not a whole number.") % {"text": row["n"][:40]}) from None
    if abs(n) > MOST_WORKING_DAYS:
        raise _BadRow(_("More than %(most)s working days.") % {"most": MOST_WORKING_DAYS})
    return _day(row["start"]), n
