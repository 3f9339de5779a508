"""The computations of forms, one function each, over operands that may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from linli.formkit.types import Computation, Operand

# beyond this nothing that people count is meant
LARGEST = 10**16
LONGEST = 2000
Parts = Callable[[Operand], "list[Any] | None"]


def is_amount(value: Any) -> bool:
    """Say whether something is a number that can be gone on with."""
    return isinstance(value, Fraction) and abs(value) <= LARGEST and value.denominator <= LARGEST


def compute(computation: Computation, parts: Parts, today: date) -> Any:
    """Return what a computation gives, or None for unknown. It never fails."""
    found = [parts(operand) for operand in computation.of]
    asked = [one for one in found if one is not None]
    if not asked:
        return None
    if computation.op == "join":
        return _joined([one for part in asked for one in part], computation.between)
    if computation.op == "count":
        return Fraction(sum(1 for part in asked for one in part if one is not None))
    if computation.op in ("sum", "min", "max"):
        return _over([one for part in asked for one in part], computation.op)
    single = [part[0] for part in asked if len(part) == 1]
    if len(single) != len(computation.of) or any(one is None for one in single):
        return None
    return _of_these(computation.op, single)


def _over(values: list[Any], op: str) -> Any:
    if not all(is_amount(one) for one in values):
        return None
    if op == "sum":
        return _kept(sum(values, Fraction(0)))
    if not values:
        return None
    return min(values) if op == "min" else max(values)


def _of_these(op: str, values: list[Any]) -> Any:
    if op in ("age_on", "days_between"):
        if not all(isinstance(one, date) for one in values):
            return None
        return Fraction(age(*values) if op == "age_on" else (values[1] - values[0]).days)
    if not all(is_amount(one) for one in values):
        return None
    if op == "difference":
        return _kept(values[0] - values[1])
    if op == "quotient":
        return _kept(values[0] / values[1]) if values[1] else None
    product = Fraction(1)
    for one in values:
        product *= one
        if not is_amount(product):
            return None
    return product


def _kept(value: Fraction) -> Fraction | None:
    return value if is_amount(value) else None


def age(born: date, on: date) -> int:
    """Return whole years; born on 29 February one grows older on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _joined(values: list[Any], between: str) -> str | None:
    told = [text for one in values if (text := as_words(one))]
    text = between.join(told)
    return text[:LONGEST] if text else None


def as_words(value: Any) -> str:
    """Return an answer as part of a joined text: numbers plain, days as ISO."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return _decimal(value)
    return str(value)


def _decimal(value: Fraction) -> str:
    """Write a number with at most six decimals, none more than needed."""
    size = abs(value.numerator) * 10**6 // value.denominator
    whole, rest = divmod(size, 10**6)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text
