"""Which papers of an application a supplement of the hall brings, and what is still missing then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def keys_of(named: Iterable[str], known: Mapping[str, str]) -> dict[str, str] | None:
    """Return what each paper is called at the hall → our key; None if one of them is none of ours.

    `known` is key → name; the hall may use either.
    """
    by_name = {name: key for key, name in known.items()}
    found = {}
    for one in named:
        key = one if one in known else by_name.get(one)
        if key is None:
            return None
        found[one] = key
    return found


def still_missing(lacking: Iterable[str], brought: Iterable[str]) -> list[str]:
    """Return the keys that are missing after all, in their order."""
    here = set(brought)
    return [key for key in lacking if key not in here]
