"""Two indicators of our own for tests: one of the Party's level, one that is public."""

from __future__ import annotations

from datetime import date

from linli.kernel.registries import Evidence, Measured

SECRET = "9071355"  # a count that may appear nowhere


def measure_secret(path: str, on: date) -> Measured:
    """A Party indicator whose count is easy to find again."""
    return Measured(int(SECRET), int(SECRET), on, [Evidence("PARTY-EVIDENCE", path=path)])


def measure_centres(path: str, on: date) -> Measured:
    """Sixteen of nineteen villages, three named as missing."""
    missing = [Evidence(f"示范{n}村") for n in "一二三"]
    return Measured(16, 19, on, [Evidence("中心A")], missing)
