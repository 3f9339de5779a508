"""Dates as people type them, and the echo that shows what was understood.

Takes 20261124, 2026-11-24, 2026年11月24日, 11.24, 11月24日, also in full-width or Chinese digits.
What can be read in two ways is refused with a clear word, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1850, 2199
MONTHS_A_YEAR = 12
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_CHINESE = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_SEPARATORS = str.maketrans("。、·—–／", "..---/")
_TENS = re.compile("([一二三]?)十([一二三四五六七八九]?)")
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)([一二三四五六日天])\)?$")
_ENGLISH = re.compile(r"(\d{1,2}) ?([a-z]{3,9})\.?,? ?(\d{4})?(?: ?\((\w{3})\))?", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-./年])(\d{1,2})([-./月])(\d{1,2})[日号]?")
_NO_YEAR = re.compile(r"(\d{1,2})([-./月])(\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})[-./](\d{4})")

MESSAGES = {
    "empty": _("Write a date, for example 2026-11-24."),
    "unclear": _("This is not a date. Write it like 20261124, 11.24 or 2026年11月24日."),
    "ambiguous": _("Day or month first? Write it like 11月24日 or 2026-11-24."),
    "short_year": _("Write the year with four digits, for example 2026-11-24."),
    "no_such_day": _("There is no such day in the calendar. Please check day and month."),
    "weekday": _("The date and the day of the week do not fit together."),
}


class NotADate(ValueError):
    """A text that is not one certain day; `code` and `message` say why, and so does `str()`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message: Any = MESSAGES[code]
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.message)


class Lean(StrEnum):
    """Which year is meant when none was typed."""

    NEAREST = "nearest"
    PAST = "past"
    FUTURE = "future"


def parse(text: str, *, today: date, lean: Lean = Lean.NEAREST) -> date:
    """Return the day that a text names. Raises NotADate."""
    clean = _tidy(text)
    if not clean:
        raise NotADate("empty")
    clean, weekday = _without_weekday(clean)
    found = _read(clean, today, lean)
    if weekday is not None and found.weekday() != weekday:
        raise NotADate("weekday")
    return found


def echo(day: date, language: str = "zh-hans") -> str:
    """Return 2026年11月24日 (周二), or 24 November 2026 (Tue): shown beside the field."""
    if language.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日 (周{WEEKDAYS_ZH[day.weekday()]})"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({WEEKDAYS_EN[day.weekday()]})"


def _tidy(text: str) -> str:
    clean = unicodedata.normalize("NFKC", text).strip().translate(_SEPARATORS)
    if re.search(r"[年月日号]", clean):
        clean = re.sub(r"\s", "", _arabic(clean))
    return re.sub(r"\s*([-./])\s*", r"\1", clean)


def _arabic(text: str) -> str:
    """Turn 二〇二六年十一月二十四日 into digits; a weekday at the end stays as it is."""
    found = _WEEKDAY.search(text)
    head, tail = (text[: found.start()], text[found.start() :]) if found else (text, "")
    tens = _TENS.sub(lambda m: _CHINESE.get(m[1], "1") + _CHINESE.get(m[2], "0"), head)
    return "".join(_CHINESE.get(sign, sign) for sign in tens) + tail


def _without_weekday(text: str) -> tuple[str, int | None]:
    found = _WEEKDAY.search(text)
    if found is None:
        return text, None
    return text[: found.start()].strip(), WEEKDAYS_ZH.index(found[1].replace("天", "日"))


def _read(text: str, today: date, lean: Lean) -> date:
    if found := _WHOLE.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        parts = [int(part) for part in found.groups() if part.isdigit()]
        return _day(*parts)
    if found := _NO_YEAR.fullmatch(text):
        month, day = _month_and_day(int(found[1]), int(found[3]), found[2])
        return _near(month, day, today, lean)
    if found := _YEAR_LAST.fullmatch(text):
        month, day = _month_and_day(int(found[1]), int(found[3]), "/")
        return _day(int(found[4]), month, day)
    if found := _ENGLISH.fullmatch(text):
        return _english(found, today, lean)
    looks_short = re.fullmatch(r"\d{6}|\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?", text)
    raise NotADate("short_year" if looks_short else "unclear")


def _month_and_day(first: int, second: int, separator: str) -> tuple[int, int]:
    """Month comes first in Chinese; with a slash both orders are in use."""
    if first > MONTHS_A_YEAR >= second and separator != "月":
        return second, first
    if separator == "/" and max(first, second) <= MONTHS_A_YEAR and first != second:
        raise NotADate("ambiguous")
    return first, second


def _english(found: re.Match[str], today: date, lean: Lean) -> date:
    name = found[2].lower()
    months = [n for n, full in enumerate(MONTHS_EN, 1) if full.lower().startswith(name)]
    if len(months) != 1:
        raise NotADate("unclear")
    day = int(found[1])
    result = _day(int(found[3]), months[0], day) if found[3] else _near(months[0], day, today, lean)
    if found[4] and WEEKDAYS_EN[result.weekday()].lower() != found[4].lower():
        raise NotADate("weekday")
    return result


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate("no_such_day")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate("no_such_day") from error


def _near(month: int, day: int, today: date, lean: Lean) -> date:
    """Choose the year; 29 February looks as far as the next leap years."""
    found = []
    for year in range(today.year - 8, today.year + 9):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if lean is Lean.PAST:
        found = [one for one in found if one <= today]
    if lean is Lean.FUTURE:
        found = [one for one in found if one >= today]
    if not found:
        raise NotADate("no_such_day")
    return min(found, key=lambda one: (abs((one - today).days), one < today))


def in_city(at: datetime) -> datetime:
    """Return a moment; one without a zone is the city's local time. Raises NotADate for other centuries."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise NotADate("unclear")
    return make_aware(at) if is_naive(at) else at


def read_moment(text: str) -> datetime | None:
    """Return the moment that an address names, such as 2026-11-30T09:00, or None for anything else."""
    try:
        return in_city(datetime.fromisoformat(text))
    except ValueError:
        return None
