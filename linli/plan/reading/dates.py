"""Dates as plans write them, also those that lost their 年, 月 or dash on the way."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linli.plan.reading.plain import number

_Y = r"(?:19|20)\d{2}"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_PART = r"(?P<part>上旬|中旬|下旬|月?底|月?末|初)"
_TO = r"\s*(?:-{1,2}|至|到|~)\s*"
_QUARTER = r"第?(?P<q>[一二三四1-4])季度末?"
_HALF = r"(?P<half>上半年|下半年|年底|年末|底|末|年中)"
_FIVE = r"“?(?P<five>十[一二三四五六七八九])五”?(?:规划)?(?:期间|时期|期末|末|规划期)"
_PATTERNS = (
    ("broken_range", rf"(?P<y>{_Y})(?P<m>1[0-2]|[1-9])(?P<y2>{_Y})(?P<m2>1[0-2]|[1-9])月"),
    (
        "range",
        rf"(?P<y>{_Y})\s*(?P<ys>[年.])?\s*(?P<m>{_M})\s*月?\s*(?:(?P<d>{_D})日)?(?:上旬|中旬|下旬|底|初)?{_TO}"
        rf"(?:(?P<y2>{_Y})\s*[年.]?\s*)?(?P<m2>{_M})\s*(?:月|(?=[)\s]|$))\s*(?:(?P<d2>{_D})\s*日)?底?",
    ),
    ("year_range", rf"(?P<y>{_Y})\s*年?{_TO}(?P<y2>{_Y})\s*年"),
    ("iso", rf"(?P<y>{_Y})[-/.](?P<m>1[0-2]|0?[1-9])[-/.](?P<d>{_D})(?!\d)"),
    ("day", rf"(?P<y>{_Y})\s*年\s*(?P<m>{_M})\s*月\s*(?P<d>{_D})\s*[日号]"),
    ("day_unsigned", rf"(?P<y>{_Y})\s*年?\s*(?P<m>{_M})月(?P<d>{_D})(?![\d个年月])[日号]?"),
    ("month", rf"(?P<y>{_Y})\s*年\s*(?P<m>{_M})\s*月(?:份)?\s*{_PART}?"),
    ("quarter", rf"(?P<y>{_Y})\s*年\s*{_QUARTER}"),
    ("half", rf"(?P<y>{_Y})\s*年\s*{_HALF}"),
    ("month_unsigned", rf"(?P<y>{_Y})(?P<m>1[0-2]|0?[1-9])月(?:份)?{_PART}?"),
    ("part_unsigned", rf"(?P<y>{_Y})\s*年?\s*(?P<m>1[0-2]|0?[1-9]){_PART}"),
    ("point", rf"(?P<y>{_Y})[.-](?P<m>1[0-2]|0?[1-9])(?![\d%]){_PART}?"),
    ("half_unsigned", rf"(?P<y>{_Y})(?P<half>年底|年末|底|末)"),
    ("year", rf"(?P<y>{_Y})\s*年(?!度|以来|第|代)"),
    ("event", rf"(?P<y>{_Y})\s*年第(?P<rest>[^,。;]{{2,30}}?(?:时|之际|期间))"),
    ("five", _FIVE),
    ("this_quarter", rf"(?:今年|本年度?|当年|(?<![\d年]))\s*{_QUARTER}"),
    ("next_half", rf"(?:明年|次年)\s*{_HALF}"),
    ("this_half", rf"(?:今年|本年度?|当年)\s*{_HALF}"),
    (
        "this_half",
        r"(?<![\d今明去每当各])(?<!每年)(?P<half>年底|年末|上半年|下半年)"
        r"(?=前|之前|完成|,|、|$|\s|\))",
    ),
    (
        "this_month",
        rf"(?:今年|本年度?|当年)?(?<!\d)(?P<m>1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月(?:份)?(?:(?P<d>{_D})日|{_PART})?",
    ),
)
_ALL = [(code, re.compile(pattern)) for code, pattern in _PATTERNS]
_FROM = re.compile(r"^(?:起|开始|以来|始)")
_BEFORE = re.compile(r"^(?:年)?(?:以前|之前|前|止|为止|以内|内|期间)")
_TOWARDS = re.compile(
    r"(?:到|至|截至|截止|截止到|力争|争取|力争到|争取在|在|于|不迟于|确保|确保在)\s*$"
)
_ENDING = {"five", "this_half", "quarter", "this_quarter"}
_UNSIGNED = {"broken_range", "day_unsigned", "month_unsigned", "part_unsigned", "half_unsigned"}


NO_SUCH_DAY = "no_such_day"
LEAP_YEAR = 2000  # has every day that any year has


class _NoSuchDay(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date or a stretch of time. `guess` says what was missing; an event has no day.

    Neither has a day that no calendar has, such as 2月30日.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    code: str
    guess: str
    due: bool

    @property
    def is_event(self) -> bool:
        """Whether it names a year and something that happens in it, not a day."""
        return self.code == "event"

    @property
    def is_impossible(self) -> bool:
        """Whether no calendar has the day."""
        return self.code == NO_SUCH_DAY


def find(text: str, start: int, end: int, year: int | None) -> list[DateRead]:
    """Return the dates of a stretch in order. `year` is that of the document, if known."""
    found: list[DateRead] = []
    known = year
    for code, match in _matches(text, start, end):
        read = _read(code, match, known, text, end)
        if read is None:
            continue
        found.append(read)
        day = read.last or read.first
        known = day.year if day else known
    return found


def _matches(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    at = start
    while at < end:
        best: tuple[str, re.Match[str]] | None = None
        for code, pattern in _ALL:
            match = pattern.search(text, at, end)
            if match and (best is None or match.start() < best[1].start()):
                best = (code, match)
        if best is None:
            return
        if best[1].end() == best[1].start():
            at = best[1].end() + 1
            continue
        yield best
        at = best[1].end()


def _read(
    code: str, match: re.Match[str], year: int | None, text: str, end: int
) -> DateRead | None:
    after = text[match.end() : end][:4]
    before = text[max(0, match.start() - 6) : match.start()]
    if before[-1:].isdigit() or (code == "point" and after.startswith(("-", "/", "."))):
        return None
    kind = code
    try:
        first, last = _span(code, match, year)
    except _NoSuchDay:
        code, first, last = NO_SUCH_DAY, None, None
    except ValueError:
        return None
    if code == "event" and before.endswith(("年", "自")):
        return None
    open_end = _FROM.match(after) is not None or before.endswith(("自", "从"))
    named_end = match.groupdict().get("part") or match.groupdict().get("half")
    ends = named_end or "range" in kind or kind in _ENDING
    due = not open_end and bool(_BEFORE.match(after) or _TOWARDS.search(before) or ends)
    guess = code if code in _UNSIGNED or (last is not None and _lost_sign(match)) else ""
    if code.startswith(("this_", "next_")) and last is not None:
        guess = "year_of_document"
    if code == "event":
        guess = "date_of_event"
    return DateRead(match.start(), match.end(), first, last, code, guess, due or code == "event")


def _lost_sign(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return "ys" in groups and groups["ys"] is None


def _span(code: str, match: re.Match[str], year: int | None) -> tuple[date | None, date | None]:
    get = match.groupdict().get
    if code == "event":
        return None, None
    if five := get("five"):
        nth = number(five)
        return (date(1951 + 5 * nth, 1, 1), date(1955 + 5 * nth, 12, 31)) if nth else (None, None)
    y = int(get("y") or 0) or ((year or 0) + (code == "next_half"))
    m = number(get("m") or "")
    if not y:
        _day(LEAP_YEAR, m or 1, get("d") or "1")
        return None, None
    if code in ("range", "broken_range") and m:
        return _range(y, m, get)
    if code == "year_range":
        return date(y, 1, 1), date(int(get("y2") or y), 12, 31)
    if q := number(get("q") or ""):
        return date(y, 3 * q - 2, 1), month_end(y, 3 * q)
    if m and get("d"):
        day = _day(y, m, get("d") or "1")
        return day, day
    if m:
        return date(y, m, 1), _month_part(y, m, get("part") or "")
    return _half(y, get("half") or "")


def _half(y: int, words: str) -> tuple[date, date]:
    if words in ("上半年", "年中"):
        return date(y, 1, 1), date(y, 6, 30)
    return date(y, 7 if words == "下半年" else 1, 1), date(y, 12, 31)


def _range(y: int, m: int, get: object) -> tuple[date, date]:
    assert callable(get)
    second = number(get("m2") or "") or 12
    later = int(get("y2") or y)
    first = _day(y, m, get("d") or "1")
    last = _day(later, second, get("d2")) if get("d2") else month_end(later, second)
    if last < first:
        raise ValueError
    return first, last


def _day(y: int, m: int, d: str) -> date:
    try:
        return date(y, m, int(d))
    except ValueError:
        raise _NoSuchDay from None


def _month_part(y: int, m: int, part: str) -> date:
    if part in ("上旬", "初"):
        return date(y, m, 10)
    return date(y, m, 20) if part == "中旬" else month_end(y, m)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
