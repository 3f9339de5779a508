"""What the page offers while a report is written: what it may be about, and other places it names."""

from __future__ import annotations

from dataclasses import dataclass

from linli.cases.queries.categories import category_names
from linli.cases.queries.suggesting import suggest
from linli.cases.types.suggesting import PlaceHint
from linli.places.queries.tree import names_of_paths

MOST, LEAST_SHARE, SURE = 3, 0.15, 0.9


@dataclass(frozen=True, slots=True)
class Hints:
    """`categories` are (id, name), the best first; `place` is (code, name) of another place that is named."""

    categories: tuple[tuple[int, str], ...]
    place: tuple[str, str] | None


def offered_for(text: str, path: str) -> Hints:
    """Return what words point to; a person chooses, nothing is decided by it."""
    found, names = suggest(text, path), category_names()
    likely = [one for one in found.categories if one.share >= LEAST_SHARE][:MOST]
    categories = tuple(
        (one.category_id, names[one.category_id]) for one in likely if one.category_id in names
    )
    return Hints(categories, _elsewhere(found.places, path))


def _elsewhere(places: tuple[PlaceHint, ...], path: str) -> tuple[str, str] | None:
    """A place named in full that neither holds the one at hand nor lies in it."""
    best = next(iter(places), None)
    if best is None or best.score < SURE or not path:
        return None
    if best.path.startswith(path) or path.startswith(best.path):
        return None
    name = names_of_paths([best.path]).get(best.path)
    return (best.code, name) if name else None
