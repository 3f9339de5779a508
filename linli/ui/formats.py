"""Dates, numbers, money and masks as people here write them, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext, ngettext, pgettext

from linli.kernel.moments import clock_of
from linli.kernel.money import Money

UNKNOWN = "—"
WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
KIB, MIB = 1024, 1024 * 1024
SOON_DAYS = 60


def is_chinese() -> bool:
    """Say whether the reader's language is Chinese, which is also the default."""
    return not (get_language() or "zh-hans").startswith("en")


def as_day(value: date | datetime) -> date:
    """Return the local day of a moment, or the day itself."""
    if isinstance(value, datetime):
        return localtime(value).date() if value.tzinfo else value.date()
    return value


def weekday(value: date | datetime | None) -> str:
    """Return 周二 or Tue."""
    if value is None:
        return UNKNOWN
    return (WEEKDAYS_ZH if is_chinese() else WEEKDAYS_EN)[as_day(value).weekday()]


def listed(names: Iterable[object]) -> str:
    """Return names or things beside each other: 甲、乙 or A, B."""
    told = [str(name) for name in names]
    # most lists are of one
    return told[0] if len(told) == 1 else pgettext("between names", ", ").join(told)


def clauses(parts: Iterable[object]) -> str:
    """Return parts of one line that say different things: 编号，状态 or number, state."""
    return pgettext("between clauses", ", ").join(map(str, parts))


def statements(parts: Iterable[object]) -> str:
    """Return what is said one after the other, with commas inside: 一；二 or one; two."""
    return pgettext("between statements", "; ").join(map(str, parts))


def label(name: object) -> str:
    """Return what something is called, before it: 日期： or Date: ."""
    return str(name) + pgettext("after a label", ": ")


def day(value: date | datetime | None) -> str:
    """Return 2026年11月24日 (周二), or 24 November 2026 (Tue)."""
    if value is None:
        return UNKNOWN
    on = as_day(value)
    if is_chinese():
        return f"{on.year}年{on.month}月{on.day}日 ({weekday(on)})"
    return f"{on.day} {MONTHS_EN[on.month - 1]} {on.year} ({weekday(on)})"


_DAYS_ZH = "一二三四五六日"
_RUN = re.compile(r"周([一二三四五六日])(?:至|到|－|-)周?([一二三四五六日])")
_ONE = re.compile(r"周([一二三四五六日])")
_HOURS_EN = (
    ("法定节假日", "public holidays"), ("节假日", "holidays"), ("每天", "daily"), ("上午", "mornings "),
    ("下午", "afternoons "), ("除外", " excepted"), ("休息", " closed"), ("，", ", "), ("、", ", "), ("；", "; "),
    ("：", ": "),
)  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HOURS = re.compile(r"(?<!\d)(\d{1,2})[:：](\d\d)\s*[-－–—~～至到]+\s*(\d{1,2})[:：](\d\d)(?!\d)")


def hours_told(text: str) -> str:
    """Return opening hours in the words of an office, each span as 09:00–10:30; in English where every sign is understood."""
    text = _HOURS.sub(lambda one: f"{one[1]:0>2}:{one[2]}–{one[3]:0>2}:{one[4]}", text)
    if is_chinese():
        return text
    said = _RUN.sub(lambda one: f"{_day_en(one[1])}–{_day_en(one[2])}", text)
    said = _ONE.sub(lambda one: _day_en(one[1]), said)
    for chinese, english in _HOURS_EN:
        said = said.replace(chinese, english)
    return text if _HAN.search(said) else " ".join(said.split())


def _day_en(sign: str) -> str:
    return WEEKDAYS_EN[_DAYS_ZH.index(sign)]


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def days_in(text: str) -> str:
    """Return a text that was kept with ISO days, with these days as people read them."""
    return _ISO_DAY.sub(lambda found: day_plain(date.fromisoformat(found[0])), text)


def day_plain(value: date | datetime | None) -> str:
    """Return 2026年11月24日, or 24 November 2026: on paper and in running text."""
    return day(value).rsplit(" (", 1)[0]


def day_short(value: date | datetime | None) -> str:
    """Return 11月24日 (周二) or 24 Nov (Tue); with the year when it is not this one."""
    if value is None:
        return UNKNOWN
    on = as_day(value)
    if is_chinese():
        year = "" if on.year == localdate().year else f"{on.year}年"
        return f"{year}{on.month}月{on.day}日 ({weekday(on)})"
    year = "" if on.year == localdate().year else f" {on.year}"
    return f"{on.day} {MONTHS_EN[on.month - 1][:3]}{year} ({weekday(on)})"


def month(value: date | None) -> str:
    """Return 2026年11月 or November 2026."""
    if value is None:
        return UNKNOWN
    name = f"{MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月" if is_chinese() else name


def month_name(value: date) -> str:
    """Return 11月 or Nov."""
    return f"{value.month}月" if is_chinese() else MONTHS_EN[value.month - 1][:3]


def clock(value: datetime | None) -> str:
    """Return 09:05, in local time."""
    return UNKNOWN if value is None else f"{localtime(value):%H:%M}"


def unbroken(text: str) -> str:
    """Return the words with their ranges kept on one line: 14:00–17:30."""
    return text.replace("–", "\u2060–\u2060")


def moment(value: datetime | None) -> str:
    """Return 2026年11月24日 (周二) 09:05, in local time."""
    return UNKNOWN if value is None else f"{day(value)} {clock(value)}"


def moment_short(value: datetime | None) -> str:
    """Return 11月24日 (周二) 09:05; with the year when it is not this one."""
    return UNKNOWN if value is None else f"{day_short(value)} {clock(value)}"


def clocks(starts: datetime, ends: datetime) -> str:
    """Return 09:00–10:30, in local time."""
    return f"{clock(starts)}–{clock(ends)}"


def span(starts: datetime, ends: datetime) -> str:
    """Return 2026年11月24日 (周二) 09:00–10:30; both days where it ends on another one."""
    if as_day(starts) == as_day(ends):
        return f"{day(starts)} {clocks(starts, ends)}"
    return f"{moment(starts)} – {moment(ends)}"


def span_short(starts: datetime, ends: datetime) -> str:
    """Return 11月24日 (周二) 09:00–10:30; both days where it ends on another one."""
    if as_day(starts) == as_day(ends):
        return f"{day_short(starts)} {clocks(starts, ends)}"
    return f"{moment_short(starts)} – {moment_short(ends)}"


def hours_of(spans: Iterable[tuple[int, int]]) -> str:
    """Return minutes after midnight as hours of a day: 08:30–12:00、14:00–17:30."""
    return listed(f"{clock_of(opens)}–{clock_of(closes)}" for opens, closes in spans)


def from_today(value: date | datetime | None, today: date | None = None) -> str:
    """Return the distance in words: 今天, 还有 3 天, 2 天前. Show it beside the date, never alone."""
    if value is None:
        return UNKNOWN
    days = (as_day(value) - (today or localdate())).days
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def day_with_distance(value: date | datetime | None, today: date | None = None) -> str:
    """Return 11月27日 (周五)，还有 3 天; far off, the date alone."""
    if value is None:
        return UNKNOWN
    if abs((as_day(value) - (today or localdate())).days) > SOON_DAYS:
        return day_short(value)
    joined = pgettext("a date and its distance from today", "%(day)s, %(distance)s")
    return joined % {"day": day_short(value), "distance": from_today(value, today)}


def number(value: int | float | None, digits: int = 0) -> str:
    """Return 1,234 or 1,234.50; unknown is a dash, never a zero."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}"


def percent(part: float | None, whole: float | None = 1, digits: int = 0) -> str:
    """Return 94%; a dash when it is unknown or there is nothing to divide by."""
    if part is None or not whole:
        return UNKNOWN
    return f"{100 * part / whole:.{digits}f}%"


def money(amount: Money | int | None) -> str:
    """Return ¥1,234.56 from Money or integer fen."""
    if amount is None:
        return UNKNOWN
    return str(amount if isinstance(amount, Money) else Money(amount))


def file_size(size: int | None) -> str:
    """Return 512 B, 240 KB or 3.4 MB."""
    if size is None:
        return UNKNOWN
    if size < KIB:
        return f"{size} B"
    return f"{size / KIB:.0f} KB" if size < MIB else f"{size / MIB:.1f} MB"
