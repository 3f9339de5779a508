"""How many synthetic people live in each village: the town's census figure, spread unevenly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, floor
from statistics import NormalDist

# villages of one town differ by a factor of three or four
SPREAD = 0.6
COLLECTIVE_SHARE = 0.181


@dataclass(frozen=True, slots=True)
class VillageSize:
    """One village of the synthetic city. `ordinal` makes its numbers its own."""

    code: str
    ordinal: int
    people: int
    before: int


def stream(seed: int, *words: str) -> int:
    """Return the start of a random stream that belongs to one thing of one seed."""
    text = "/".join([str(seed), *words]).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")


# villages of one city, and prefixes of four digits: sixteen seeds fit side by side
BLOCK, PREFIXES = 619, 10_000


def prefix(seed: int, size: VillageSize) -> int:
    """Return the four digits behind 00 that the identity numbers of a village and seed share."""
    return (size.ordinal + BLOCK * seed) % PREFIXES


def weight(seed: int, village: str) -> float:
    """Return how large a village is beside the others of its town (log-normal)."""
    chance = (stream(seed, "size", village) % (1 << 52) + 0.5) / (1 << 52)
    return exp(SPREAD * NormalDist().inv_cdf(chance))


def spread(people: int, weights: Sequence[float]) -> list[int]:
    """Part a number by weights so that the parts add up to it (largest remainder)."""
    whole = sum(weights)
    exact = [people * part / whole for part in weights]
    parts = [floor(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: people - sum(parts)]:
        parts[i] += 1
    return parts


def village_sizes(
    people: int, seed: int, villages: Mapping[str, str], towns: Mapping[str, int]
) -> list[VillageSize]:
    """Return the size of each village. `villages` maps its code to its town's, `towns` to people.

    Towns without a figure get nobody; if none has one, all villages count alike.
    """
    codes = sorted(villages)
    known = any(towns.get(villages[code]) for code in codes)
    per_town: dict[str, float] = {}
    own = {code: weight(seed, code) for code in codes}
    for code in codes:
        per_town[villages[code]] = per_town.get(villages[code], 0.0) + own[code]
    weights = [
        own[code] / per_town[villages[code]] * (towns.get(villages[code], 0) if known else 1)
        for code in codes
    ]
    found, before = [], 0
    for ordinal, (code, size) in enumerate(zip(codes, spread(people, weights), strict=True)):
        found.append(VillageSize(code, ordinal, size, before))
        before += size
    return found
