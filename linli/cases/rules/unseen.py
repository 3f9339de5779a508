"""What a file tells of cases that its reader may not see: of a town or the city, never of a village.

A village's number would say that there is a case about somebody there; a small number of a town
says as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.kernel.paths import chain_of_path

VILLAGE = 3
Numbers = Mapping[str, int]


def told_above(unseen: Mapping[str, Numbers], at: str, least: int) -> dict[str, dict[str, int]]:
    """Return by path what is told of unseen cases (counts by path) in the file of the place `at`.

    Each town for itself where none of its numbers is small, the others together under the city.
    What is still small then, and all of a file of a village, is not told at all.
    """
    depth = len(chain_of_path(at))
    if depth >= VILLAGE:
        return {}
    towns: dict[str, list[Numbers]] = {}
    for path, numbers in unseen.items():
        towns.setdefault(chain_of_path(path)[:2][-1], []).append(numbers)
    summed = {path: _sum(parts) for path, parts in towns.items()}
    told = {path: numbers for path, numbers in summed.items() if _is_large(numbers, least)}
    rest = _sum(numbers for path, numbers in summed.items() if path not in told)
    if depth == 1 and _is_large(rest, least):
        told[at] = {name: told.get(at, {}).get(name, 0) + count for name, count in rest.items()}
    return told


def _is_large(numbers: Numbers, least: int) -> bool:
    """Say whether something is told and none of it is small."""
    return any(numbers.values()) and all(not 0 < count < least for count in numbers.values())


def _sum(parts: Iterable[Numbers]) -> dict[str, int]:
    whole: dict[str, int] = {}
    for numbers in parts:
        for name, count in numbers.items():
            whole[name] = whole.get(name, 0) + count
    return whole
