"""Whether what a phone had seen of points of a check still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# met, words, day as text; a point without an answer has none of them
Answer = tuple[str, str, str]
NOTHING: Answer = ("", "", "")


def changed_meanwhile(
    keys: Iterable[str], seen: Mapping[str, Answer], now: Mapping[str, Answer]
) -> list[str]:
    """Return those of the points that say something else now than the phone had seen."""
    return [key for key in keys if seen.get(key, NOTHING) != now.get(key, NOTHING)]
