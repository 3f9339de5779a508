"""Decisions about messages as functions of plain values: hours, pieces, pace, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from linli.ui.masks import mask_phone

# the pause before each new try; after the last one the message is given up
PAUSES = (60, 300, 1800, 7200, 21600)
ONE_PIECE, PIECE = 70, 67
ONE_PIECE_ASCII, PIECE_ASCII = 160, 153
# what one day may use of a month's money: no fault or flood burns it all at once
DAY_SHARE = 5
CODE_LONGEST = 12
# a send that never came back is looked at again after this time
LOST_AFTER = timedelta(minutes=10)
_LEFT = re.compile(r"%\((\w+)\)s")
DAYS_AHEAD = 30


def hold_until(
    moment: datetime, hours: tuple[int, int], is_work: Callable[[date], bool] | None = None
) -> datetime | None:
    """Return when a message may go that may not go now, or None if it may.

    `moment` is local; `hours` are from and to, such as (8, 18); with `is_work` only on working
    days. Basis: BU-25, notifications outside working hours only for emergencies.
    """
    first, last = hours
    inside = first <= moment.hour < last or (last == 24 and moment.hour >= first)
    if inside and (is_work is None or is_work(moment.date())):
        return None
    day = moment.date() if moment.hour < first else moment.date() + timedelta(days=1)
    for ahead in range(DAYS_AHEAD):
        candidate = day + timedelta(days=ahead)
        if is_work is None or is_work(candidate):
            return datetime.combine(candidate, time(first), moment.tzinfo)
    return datetime.combine(day, time(first), moment.tzinfo)


def pieces(text: str) -> int:
    """Return how many messages a text counts as: 70 characters, or 67 each of several."""
    single, each = (ONE_PIECE_ASCII, PIECE_ASCII) if text.isascii() else (ONE_PIECE, PIECE)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= single else -(-units // each)


def pause_after(attempt: int) -> timedelta | None:
    """Return how long to wait after the n-th failed try, or None to give up."""
    return timedelta(seconds=PAUSES[attempt - 1]) if attempt <= len(PAUSES) else None


def pause_of_broken(created_at: datetime, now: datetime) -> timedelta:
    """Return how long a message waits whose sending broke: as long as it waited, a minute to six hours."""
    return min(max(now - created_at, timedelta(seconds=PAUSES[0])), timedelta(seconds=PAUSES[-1]))


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its values; a value that is missing is a fault of the sender."""
    missing = [name for name in _LEFT.findall(text) if name not in values]
    assert not missing, f"the message has no value for {', '.join(missing)}"
    return text % {name: str(value) for name, value in values.items()}


def with_page(text: str, address: str) -> str:
    """Return a text message with the address of its page; blanks keep signs from sticking to it."""
    return f"{text} {address}".rstrip()


def day_cap(month_fen: int) -> int:
    """Return what one day may cost when a month may cost so much."""
    return month_fen // DAY_SHARE


def day_key(on: date) -> str:
    """Return the name of a day in the counters."""
    return f"day {on.isoformat()}"


def month_key(on: date) -> str:
    """Return the name of a month in the counters."""
    return f"month {on:%Y-%m}"


def next_month(on: date) -> date:
    """Return the first day of the month after a day."""
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def is_code(text: str) -> bool:
    """Say whether a text can be a one-time code."""
    return 0 < len(text) <= CODE_LONGEST and text.isascii() and text.isalnum()


def masked(channel: str, address: str) -> str:
    """Return what may be shown of a number or an e-mail address."""
    if channel == "sms":
        return mask_phone(address)
    name, _at, host = address.partition("@")
    return f"{name[:2]}***@{host}"
