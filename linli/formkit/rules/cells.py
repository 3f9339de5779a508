"""One answer as it was typed, read as a value of its kind, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from linli.formkit.types import MOST_LINE, MOST_NUMBER, MOST_TEXT, Fault, Field, Kind
from linli.kernel import dates
from linli.kernel.identity import NotAPhone, fault_of_id, read_phone, tidy_id
from linli.kernel.money import NotMoney
from linli.kernel.money import parse as parse_money
from linli.kernel.texts import UNKEPT, clean_text

NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.(\d{0,12}))?", re.ASCII)
TIME = re.compile(r"([01]?\d|2[0-3])[:.时点](\d{2})分?", re.ASCII)
PLAIN_TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d", re.ASCII)
PLACE = re.compile(r"\d{6,15}", re.ASCII)
DEGREE = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?", re.ASCII)
BREAKS = re.compile("[\n\t]")
MICRO = 1_000_000
MOST_LON, MOST_LAT = 180 * MICRO, 90 * MICRO
YES, NO = "yes", "no"


class Unreadable(ValueError):
    """A text that is no answer of its kind."""

    def __init__(self, code: str, **params: Any) -> None:
        self.fault = Fault(code, params)
        super().__init__(code)


def read_cell(one: Field, texts: Sequence[str], today: date) -> Any:
    """Return the value of what was typed, None for a blank. Raises Unreadable."""
    if one.kind is Kind.SEVERAL:
        return _several(one, texts)
    if one.kind is Kind.POINT:
        return _point(texts)
    text = tidy(texts[-1] if texts else "", one)
    if not text.strip():
        return None
    return READERS[one.kind](one, text, today)


def tidy(text: str, one: Field) -> str:
    """Return what was typed with one kind of line break and without signs that nobody sees."""
    clean = UNKEPT.sub("", clean_text(text)).replace("\r\n", "\n").replace("\r", "\n")
    return clean.strip() if one.kind is Kind.LONG else BREAKS.sub(" ", clean)


def longest_of(one: Field) -> int:
    """Return how many characters an answer may have."""
    usual = MOST_TEXT if one.kind is Kind.LONG else MOST_LINE
    return min(one.longest or usual, MOST_TEXT)


def _text(one: Field, text: str, today: date) -> str:
    clean = text.strip()
    if len(clean) > longest_of(one):
        raise Unreadable("too_long", most=longest_of(one), count=len(clean))
    return clean


def _whole(one: Field, text: str, today: date) -> int:
    clean = _ascii(text)
    found = NUMBER.fullmatch(clean)
    if found is None or (found[3] or "").strip("0"):
        raise Unreadable("not_whole")
    return _bounded(one, int(found[1] + found[2].replace(",", "")))


def _decimal(one: Field, text: str, today: date) -> int:
    found = NUMBER.fullmatch(_ascii(text))
    if found is None:
        raise Unreadable("not_decimal", decimals=one.decimals)
    rest = (found[3] or "").rstrip("0")
    if len(rest) > one.decimals:
        raise Unreadable("too_fine", decimals=one.decimals)
    digits = found[2].replace(",", "") + rest.ljust(one.decimals, "0")
    return _bounded(one, int(found[1] + digits))


def _ascii(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")


def _money(one: Field, text: str, today: date) -> int:
    try:
        return _bounded(one, parse_money(text).fen)
    except NotMoney as error:
        raise Unreadable(f"money_{error.code}") from error


def _bounded(one: Field, value: int) -> int:
    least = one.least if isinstance(one.least, int) else -MOST_NUMBER
    most = one.most if isinstance(one.most, int) else MOST_NUMBER
    if value < least:
        raise Unreadable("too_small", least=least)
    if value > most:
        raise Unreadable("too_large", most=most)
    return value


def _date(one: Field, text: str, today: date) -> str:
    try:
        day = dates.parse(text, today=today, lean=dates.Lean(one.lean))
    except dates.NotADate as error:
        raise Unreadable(f"date_{error.code}") from error
    found = day.isoformat()
    if isinstance(one.least, str) and found < _day_bound(one.least, today):
        raise Unreadable("early", day=_day_bound(one.least, today))
    if isinstance(one.most, str) and found > _day_bound(one.most, today):
        raise Unreadable("late", day=_day_bound(one.most, today))
    return found


def _day_bound(bound: str, today: date) -> str:
    return today.isoformat() if bound == "today" else bound


def _time(one: Field, text: str, today: date) -> str:
    clean = _ascii(text)
    if PLAIN_TIME.fullmatch(clean):
        return f"{clean[:2]}:{clean[2:]}"
    found = TIME.fullmatch(clean)
    if found is None or int(found[2]) > 59:
        raise Unreadable("not_a_time")
    return f"{int(found[1]):02d}:{found[2]}"


def _yes_no(one: Field, text: str, today: date) -> bool:
    word = text.strip().lower()
    if word in (YES, "y", "true", "1", "是", "有", "√"):
        return True
    if word in (NO, "n", "false", "0", "否", "无", "×"):
        return False
    raise Unreadable("not_given")


def _choice(one: Field, text: str, today: date) -> str:
    """Take the value or, as in a pasted table, the words of an answer in either language."""
    word = text.strip()
    for option in one.options:
        if word in (option.value, option.words.zh, option.words.en):
            return option.value
    raise Unreadable("not_given")


def _several(one: Field, texts: Sequence[str]) -> list[str] | None:
    known = {option.value for option in one.options}
    picked = {text for text in texts if text}
    if picked - known:
        raise Unreadable("not_given")
    return [option.value for option in one.options if option.value in picked] or None


def _identity(one: Field, text: str, today: date) -> str:
    clean = tidy_id(text)
    if fault := fault_of_id(clean):
        raise Unreadable(f"identity_{fault}", count=len(clean))
    return clean


def _phone(one: Field, text: str, today: date) -> str:
    if len(text) > 40:
        raise Unreadable("phone_unreadable")
    try:
        return read_phone(text, may_be_short=True)
    except NotAPhone as error:
        raise Unreadable(f"phone_{error.code}", count=error.count) from error


def _place(one: Field, text: str, today: date) -> str:
    if not PLACE.fullmatch(text.strip()):
        raise Unreadable("not_a_place")
    return text.strip()


def _point(texts: Sequence[str]) -> dict[str, int] | None:
    """Read longitude and latitude, typed as two texts, or as one with a comma between."""
    parts = [_ascii(part) for text in texts for part in re.split("[,，]", text) if part.strip()]
    if not parts:
        return None
    if len(parts) != 2 or not all(DEGREE.fullmatch(part) for part in parts):
        raise Unreadable("not_a_point")
    lon, lat = (micro(part) for part in parts)
    if abs(lon) > MOST_LON or abs(lat) > MOST_LAT:
        raise Unreadable("not_a_point")
    return {"lon": lon, "lat": lat}


def micro(text: str) -> int:
    """Return millionths of a degree; more than six decimals are cut."""
    whole, _dot, rest = text.lstrip("-").partition(".")
    size = int(whole) * MICRO + int(rest[:6].ljust(6, "0"))
    return -size if text.startswith("-") else size


READERS: dict[Kind, Callable[[Field, str, date], Any]] = {
    Kind.TEXT: _text, Kind.LONG: _text, Kind.WHOLE: _whole, Kind.DECIMAL: _decimal,
    Kind.MONEY: _money, Kind.DATE: _date, Kind.TIME: _time, Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice, Kind.IDENTITY: _identity, Kind.PHONE: _phone, Kind.PLACE: _place,
}  # fmt: skip
