"""Pages across several lists, and the hours of windows beside one another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int, int]


def shares(counts: Sequence[int], start: int, size: int) -> list[tuple[int, int]]:
    """Return which rows (from, to before) of each list a page takes, the lists being one after the other."""
    found, before = [], 0
    for count in counts:
        first = min(max(start - before, 0), count)
        found.append((first, max(first, min(start + size - before, count))))
        before += count
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return (weekday, opens, closes) with those that touch put together."""
    found: list[Span] = []
    for weekday, opens, closes in sorted(spans):
        if found and found[-1][0] == weekday and opens <= found[-1][2]:
            found[-1] = (weekday, found[-1][1], max(closes, found[-1][2]))
        else:
            found.append((weekday, opens, closes))
    return found
