"""Telephone numbers as people here write them."""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"1[3-9]\d{9}")
# No mobile number begins with 100: synthetic people have these, and nobody is rung up by a test.
FICTITIOUS = re.compile(r"100\d{8}")
_NOISE = str.maketrans("", "", " \t-－—()（）　.'’")
# Dongguan's area code is 0769; a fixed line may come without it, with it, or with an extension.
_FIXED = re.compile(r"(0\d{2,3})?([2-9]\d{6,7})(?:[转x#,](\d{1,6}))?")
_HONG_KONG_MACAU = re.compile(r"(?:00|\+)?(852|853)([2-9]\d{7}|6\d{7})")
_SHORT = re.compile(r"1[0-2]\d|1[0-2]\d{3}|9[56]\d{3,4}|[48]00\d{7}")


def clean_phone(text: str) -> str | None:
    """Return the number in one form, or None if it cannot be one.

    Mobile numbers without +86, fixed lines as dialled, Hong Kong and Macau as +852, +853, other
    countries with + and up to 15 digits (E.164).
    """
    if MOBILE.fullmatch(text) and text.isascii():
        return text
    number = unicodedata.normalize("NFKC", re.sub(r"\.0+$", "", text.strip())).translate(_NOISE)
    number = re.sub(r"^(\+|00)?86(?=0?\d{10,11}$)", "", number)
    if MOBILE.fullmatch(number) or FICTITIOUS.fullmatch(number) or _SHORT.fullmatch(number):
        return number
    outside = _HONG_KONG_MACAU.fullmatch(number)
    if outside:
        return f"+{outside[1]}{outside[2]}"
    fixed = _FIXED.fullmatch(number)
    if fixed:
        return f"{fixed[1] or ''}{fixed[2]}" + (f"x{fixed[3]}" if fixed[3] else "")
    foreign = re.fullmatch(r"(?:00|\+)([1-9]\d{6,14})", number)
    return f"+{foreign[1]}" if foreign else None
