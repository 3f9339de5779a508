"""How much of what others need too one address or account may hold. Plain functions of values."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network


@dataclass(frozen=True, slots=True)
class Held:
    """What one address holds of the same: all of it, and what it took without a number."""

    all: int
    unnamed: int = 0


def holds_enough(held: Held, *, most: int, has_number: bool = True, most_unnamed: int = 0) -> bool:
    """Say whether an address holds as much as it may."""
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
