"""Whether what somebody types into a cell is what its column takes, and how it is kept. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from linli.kernel import dates
from linli.kernel.identity import NotAPhone, read_phone
from linli.kernel.wholes import whole_number
from linli.offerings.types.reporting_cells import CellRule, Kind

NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,8})?")
# so many figures a spreadsheet keeps as they are
EXACT_SIGNS = 15
GROUPS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")
OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "ge": lambda said, bound: said >= bound,
    "le": lambda said, bound: said <= bound,
    "gt": lambda said, bound: said > bound,
    "lt": lambda said, bound: said < bound,
    "eq": lambda said, bound: said == bound,
    "ne": lambda said, bound: said != bound,
}


class DoesNotFit(ValueError):
    """What was typed is not what a cell takes; `code` is a kind, or bounds."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def fitting(rule: CellRule, text: str, *, today: date) -> str:
    """Return what was typed as it is kept: 1,200 户 is 1200. Raises DoesNotFit."""
    plain = unicodedata.normalize("NFKC", text).strip()
    kept, size = READERS[rule.kind](rule, plain, today)
    for sign, bound in rule.bounds:
        if size is not None and not OPERATORS[sign](size, _size_of(bound)):
            raise DoesNotFit("bounds")
    # words stay as they were written
    return text if rule.kind in (Kind.ANY, Kind.TEXT) else kept


Read = tuple[str, Decimal | None]


def _any(rule: CellRule, text: str, today: date) -> Read:
    return text, None


def _whole(rule: CellRule, text: str, today: date) -> Read:
    number = _number_in(rule, text, Kind.WHOLE)
    if number != number.to_integral_value():
        raise DoesNotFit(Kind.WHOLE)
    return str(int(number)), number


def _number(rule: CellRule, text: str, today: date) -> Read:
    number = _number_in(rule, text, Kind.NUMBER)
    return plainly(number), number


def _percent(rule: CellRule, text: str, today: date) -> Read:
    number = _number_in(rule, text.removesuffix("%").strip(), Kind.PERCENT)
    return f"{plainly(number)}%", number


def _date(rule: CellRule, text: str, today: date) -> Read:
    try:
        found = dates.parse(text, today=today, lean=dates.Lean.NEAREST)
    except dates.NotADate:
        raise DoesNotFit(Kind.DATE) from None
    return found.isoformat(), Decimal(found.toordinal())


def _phone(rule: CellRule, text: str, today: date) -> Read:
    try:
        read_phone(text, may_be_short=True)
    except NotAPhone:
        raise DoesNotFit(Kind.PHONE) from None
    return text, None


def _text(rule: CellRule, text: str, today: date) -> Read:
    return text, Decimal(len(text))


def _choice(rule: CellRule, text: str, today: date) -> Read:
    for one in rule.choices:
        if unicodedata.normalize("NFKC", one).strip().casefold() == text.casefold():
            return one, None
    raise DoesNotFit(Kind.CHOICE)


READERS: dict[Kind, Callable[[CellRule, str, date], Read]] = {
    Kind.ANY: _any, Kind.WHOLE: _whole, Kind.NUMBER: _number, Kind.PERCENT: _percent,
    Kind.DATE: _date, Kind.PHONE: _phone, Kind.TEXT: _text, Kind.CHOICE: _choice,
}  # fmt: skip


def _number_in(rule: CellRule, text: str, kind: Kind) -> Decimal:
    """Return a number without its thousands' commas and the unit that the heading names. Raises DoesNotFit."""
    bare = text.removesuffix(rule.unit).strip() if rule.unit else text
    bare = GROUPS.sub("", bare)
    if not NUMBER.fullmatch(bare) or not bare.isascii():
        raise DoesNotFit(kind)
    return Decimal(bare)


def number_of(kind: Kind, kept: str) -> float | None:
    """Return what a spreadsheet counts with: 85% is 0.85; None for what is no number.

    Where anything may stand, only shares of a whole that it would write the same
    way: 12.5, but not 2.10; whole numbers come as such.
    """
    bare = kept.removesuffix("%") if kind is Kind.PERCENT else kept
    if kind not in (Kind.ANY, Kind.NUMBER, Kind.PERCENT) or not NUMBER.fullmatch(bare) or not bare.isascii():  # fmt: skip
        return None
    if kind is Kind.ANY and (whole_number(bare) is not None or plainly(Decimal(bare)) != bare or len(bare) > EXACT_SIGNS):  # fmt: skip
        return None
    return float(Decimal(bare) / (100 if kind is Kind.PERCENT else 1))


def plainly(number: Decimal) -> str:
    """Return a number without zeros that say nothing: 3.50 is 3.5."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _size_of(bound: str) -> Decimal:
    return Decimal(date.fromisoformat(bound).toordinal()) if bound.count("-") == 2 else Decimal(bound)  # fmt: skip
