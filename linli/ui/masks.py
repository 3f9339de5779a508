"""What is left of a number or a name when it is hidden: enough to recognise, too little to use."""

from __future__ import annotations

SHORT = 7
# of the shorter, old identity numbers too
IDENTITY = 15


def mask_id(value: str | None) -> str:
    """Return 4419*************4 of an identity number, E******78 of any other document's.

    The birth date stands beside it on many pages, and the district is known: with more digits of
    the end the whole number could be worked out (docs/adr/0016).
    """
    number = (value or "").replace(" ", "")
    if len(number) >= IDENTITY:
        return _keep(number, 4, 1)
    return _keep(number, 1, 2) if len(number) > SHORT else _keep(number, 0, 2)


def mask_phone(value: str | None) -> str:
    """Return 138****1234; of a short number only the end."""
    return _keep(value, 3, 4)


def mask_account(value: str | None) -> str:
    """Return the last four digits of a bank account."""
    return _keep(value, 0, 4)


def mask_name(value: str | None) -> str:
    """Return 李某某 for a Chinese name, and the first letter with stars for any other."""
    name = (value or "").strip()
    if not name:
        return ""
    if name.isascii():
        return name[0] + "***"
    return name[0] + "某" * min(max(len(name) - 1, 1), 2)


def _keep(value: str | None, head: int, tail: int) -> str:
    text = (value or "").replace(" ", "")
    if len(text) <= head + tail:
        head, tail = 0, 2 if len(text) > SHORT // 2 else 0
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + (text[-tail:] if tail else "")
