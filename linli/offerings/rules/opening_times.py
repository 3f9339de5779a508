"""Opening times as an office types them: "08:30-12:00, 14:00-17:30", in full-width signs too."""

from __future__ import annotations

import re
import unicodedata

from linli.kernel.moments import clock_of

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*-\s*(\d{1,2})(?:[:.](\d{2}))?")
_DASHES = str.maketrans("–—~至到－", "------")
_BETWEEN = re.compile(r"[,;、，；\s]+")
MOST_HOURS, MOST_MINUTES = 24, 59


def read_times(text: str) -> list[tuple[int, int]]:
    """Return openings as (from, until) in minutes of the day; raises ValueError for what cannot be read."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = re.sub(r"\s*-\s*", "-", plain.replace("点", ":00").replace("时", ":00")).strip()
    found = []
    for part in filter(None, _BETWEEN.split(plain)):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ValueError(part)
        opens, closes = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if opens >= closes:
            raise ValueError(part)
        found.append((opens, closes))
    return sorted(found)


def write_times(spans: list[tuple[int, int]]) -> str:
    """Return openings as an office would type them."""
    return ", ".join(f"{clock_of(opens)}-{clock_of(closes)}" for opens, closes in sorted(spans))


def _minutes(hours: str, minutes: str | None) -> int:
    found = int(hours) * 60 + int(minutes or 0)
    if int(hours) > MOST_HOURS or int(minutes or 0) > MOST_MINUTES or found > MOST_HOURS * 60:
        raise ValueError(f"{hours}:{minutes}")
    return found
