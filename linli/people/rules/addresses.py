"""Addresses: one form for comparing them, and how much of one is shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# the flat behind the building: 3栋502, 12号3楼, 5幢2单元1203室
_BEHIND_BUILDING = re.compile(r"(.*?\d+(?:号|栋|幢|座|楼|[- ]))(.+)")
_LOOKS_LIKE = re.compile(
    r".*[\u4e00-\u9fff].*\d|.*(?:路|街|巷|道|苑|花园|大厦|宿舍|工业区|新村|围|坊)$"
)
_FULL_TO_PLAIN = str.maketrans("－—–﹣", "----")


@lru_cache(maxsize=65536)
def address_key(address: str) -> str:
    """Return an address without what people write in different ways: spaces, commas, case."""
    plain = unicodedata.normalize("NFKC", address).casefold().translate(_FULL_TO_PLAIN)
    return re.sub(r"[\s,，。;；、()（）]+", "", plain)


def building_pattern(name: str) -> str:
    """Return a pattern that finds a building by its name in keys of addresses: 3栋 is not in 13栋."""
    key = address_key(name)
    before = "(?<![0-9])" if key[:1].isdigit() else ""
    after = "(?![0-9])" if key[-1:].isdigit() else ""
    return f"{before}{re.escape(key)}{after}"


def to_building(address: str) -> str:
    """Return an address as far as the building; the flat is left out. Basis: PIPL art. 6."""
    found = _BEHIND_BUILDING.fullmatch(address)
    return found[1] + "**" if found else address


def mask_address(address: str) -> str:
    """Return what is shown of an address in the vault: the first signs, as far as the building."""
    shown = to_building(address)
    return shown if shown != address else address[: max(2, len(address) // 2)] + "**"


def looks_like_address(text: str) -> bool:
    """Say whether somebody who typed this looks for a place to live rather than for a name."""
    return bool(_LOOKS_LIKE.match(text.strip()))
