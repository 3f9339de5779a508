"""A day of the week with its hours, as people write it. Pure."""

from __future__ import annotations

import re

from linli.activities.rules.venues import Span, read_spans

DAYS = "一二三四五六日"
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_LINE = re.compile(
    rf"(?:(?:周|星期|礼拜)([{DAYS}天])\s*[:：]?|([1-7])(?=\s)|({'|'.join(NAMES)})[a-z]*\.?(?=\s))\s*(.*)",
    re.IGNORECASE,
)


def read_day_line(line: str) -> tuple[int, list[Span]] | None:
    """Read "周一 19:00-21:00", "Mon 19:00-21:00" or "1 19:00-21:00" as day (0 is Monday) and minutes.

    None if it cannot be read: a digit before hours is a day only with a blank after it.
    """
    found = DAY_LINE.fullmatch(line.strip())
    spans = read_spans(found[4]) if found else None
    if found is None or not spans:
        return None
    if found[1]:
        return DAYS.index(found[1].replace("天", "日")), spans
    return (int(found[2]) - 1 if found[2] else NAMES.index(found[3].lower())), spans
