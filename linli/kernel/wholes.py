"""Whole numbers out of text from outside: an address, a file, a field that has no form."""

from __future__ import annotations

MOST_DIGITS = 18


def whole_number(text: str | None, *, least: int = 0, most: int = 10**MOST_DIGITS) -> int | None:
    """Return the number that a text writes in plain digits, or None for anything else.

    Neither ² nor ① is one, nor what lies outside `least` to `most`; blanks around it are passed
    over, and long texts are never converted.
    """
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS):
        return None
    number = int(digits)
    return number if least <= number <= most else None
