"""Windows of a centre by what they do: whoever comes says for what, and sees the times of those alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linli.offerings.types.visits import WindowGroup


def grouped(windows: Iterable[tuple[int, str, str, Sequence[str]]]) -> list[WindowGroup]:
    """Return the groups of windows (id, name, English name, items) in the order of their first window."""
    found: dict[tuple[str, frozenset[str]], WindowGroup] = {}
    for pk, name, name_en, items in windows:
        key = (name, frozenset(items))
        known = found.get(key)
        ids = (*known.windows, pk) if known else (pk,)
        found[key] = WindowGroup(ids, name, name_en, tuple(items))
    return list(found.values())


def served_by(items: Iterable[Sequence[str]]) -> frozenset[str] | None:
    """Return what windows with these items do together; None if one of them does everything."""
    each = list(items)
    return frozenset(key for keys in each for key in keys) if all(each) else None


def group_of(groups: Iterable[WindowGroup], window: int | None) -> WindowGroup | None:
    """Return the group that a window belongs to, or None."""
    return next((one for one in groups if window in one.windows), None)
