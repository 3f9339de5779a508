"""Answers as logic sees them (exact fractions, days) and as they are kept (whole numbers, texts)."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from linli.formkit.types import MOST_NUMBER, NUMBERS, Field, Kind

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def scale_of(one: Field) -> int:
    """Return how many of the kept unit make one: 100 fen a yuan, 1000 for three decimals."""
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    if kind is Kind.MONEY:
        return 100
    return int(10**one.decimals) if kind is Kind.DECIMAL else 1


def exact_of(one: Field, kept: Any) -> Any:
    """Return what a kept answer means, or None if it is blank or not of its kind."""
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    if kind in NUMBERS:
        is_number = isinstance(kept, int) and not isinstance(kept, bool)
        return Fraction(kept, scale_of(one)) if is_number else None
    if kind is Kind.DATE:
        return day_of(kept)
    if kind is Kind.YES_NO:
        return kept if isinstance(kept, bool) else None
    if kind is Kind.SEVERAL:
        several = [kept] if isinstance(kept, str) and kept else kept
        is_list = isinstance(several, (list, tuple)) and bool(several)
        return tuple(several) if is_list and all(isinstance(x, str) for x in several) else None
    if kind in (Kind.PHOTOS, Kind.FILES, Kind.SIGNATURE, Kind.POINT):
        return "filled" if kept else None
    return kept if isinstance(kept, str) and kept else None


def day_of(text: Any) -> date | None:
    """Return the day of an ISO text, or None."""
    if not isinstance(text, str) or not ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def stored_of(one: Field, exact: Any) -> Any:
    """Return how a computed answer is kept: rounded at the very end, unknown if it is too large."""
    if not isinstance(exact, Fraction):
        return exact
    size = rounded(exact * scale_of(one), one.rounding)
    return size if abs(size) <= MOST_NUMBER else None


def rounded(exact: Fraction, way: str) -> int:
    """Return a whole number: halves away from zero, or always towards or away from zero."""
    size, rest = divmod(abs(exact.numerator), exact.denominator)
    if (way == "half" and 2 * rest >= exact.denominator) or (way == "up" and rest):
        size += 1
    return -size if exact < 0 else size
