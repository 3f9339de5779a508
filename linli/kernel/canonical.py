"""One way to write a value as bytes, so that a hash of it can be made again by anybody.

A subset of RFC 8785 (JSON Canonicalization Scheme): objects, lists, texts, whole numbers, true,
false and null; keys sorted by UTF-16 code units; UTF-8 without spaces. Numbers with a fraction
are refused, since programs print them in different ways: write them as text or in small units.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

# beyond this, programs that hold numbers as doubles no longer agree
MOST = 2**53 - 1
_PLAIN = frozenset({str, bool, type(None)})


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of a value. Raises TypeError or ValueError for what has none."""
    return to_json(_ordered(value))


def _ordered(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return _object(value)
    if isinstance(value, int):
        if -MOST <= value <= MOST:
            return value
        raise ValueError(f"{value} is too large for JSON; write it as text")
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return [item if type(item) in _PLAIN else _ordered(item) for item in value]
    if isinstance(value, Mapping):
        return _object(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _object(value: Mapping[Any, Any]) -> dict[str, Any]:
    found = {}
    for key in _in_order(tuple(value)):
        item = value[key]
        kind = type(item)
        # most values are texts, nothings and small numbers: a call for each would cost more than all the rest
        is_plain = kind in _PLAIN or (kind is int and -MOST <= item <= MOST)
        found[key] = item if is_plain else _ordered(item)
    return found


@lru_cache(maxsize=4096)
def _in_order(keys: tuple[Any, ...]) -> list[str]:
    """Return keys in their order. The same few come together again and again: they are looked at once."""
    for key in keys:
        if not isinstance(key, str):
            raise TypeError(f"the key {key!r} is not text")
        if not key.isprintable() or any(ord(sign) > 0xD7FF for sign in key):
            # Python sorts by code points; only here could UTF-16 put them in another order
            raise ValueError(f"the key {key!r} is not plain text")
    return sorted(keys)
