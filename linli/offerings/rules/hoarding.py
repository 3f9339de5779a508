"""How many times of one day somebody may hold: nobody takes a day that others need. Plain functions of values."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network


@dataclass(frozen=True, slots=True)
class Held:
    """The times of a day at a centre that one address holds: all of them, and those without a number."""

    all: int
    unnamed: int


def holds_enough(held: Held, *, has_number: bool, most_unnamed: int, most: int) -> bool:
    """Say whether an address holds as many times of a day as it may."""
    return held.all >= most or (not has_number and held.unnamed >= most_unnamed)


def network_of(address: str) -> str:
    """Return what stands for one subscriber: an IPv4 address, of IPv6 the first 64 bits; nothing for no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return (
            str(ip_network((known, 64), strict=False))
            if known.ipv4_mapped is None
            else str(known.ipv4_mapped)
        )
    return str(known)
