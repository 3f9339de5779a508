"""What the page offers while a report is written: what it may be about, and other places it names."""

from __future__ import annotations

from dataclasses import dataclass

from linli.cases.queries.categories import category_names, kin_of
from linli.cases.queries.similar import similar
from linli.cases.queries.suggesting import suggest
from linli.cases.rules.telling import first_line
from linli.cases.types.public import PublicCase
from linli.cases.types.suggesting import PlaceHint
from linli.places.queries.tree import names_of_paths

MOST, LEAST_SHARE, SURE = 3, 0.15, 0.9
MOST_ALIKE, SHOWN_SIGNS = 2, 200


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


@dataclass(frozen=True, slots=True)
class Alike:
    """A public matter like the one that is being written: answered already, or open close by."""

    title: str
    text: str
    address: tuple[str, str]
    is_open: bool


def alike(
    text: str,
    path: str,
    point: tuple[int, int] | None = None,
    category_id: int | None = None,
) -> list[Alike]:
    """Return public matters that are like a text at a place, answered ones first; none of another category than a known one."""
    kin = kin_of(category_id) if category_id is not None else frozenset()
    found = similar(text, path, point, kin=kin, limit=MOST_ALIKE)
    return [
        *(_alike(one, one.answer, is_open=False) for one in found.answered),
        *(_alike(one, str(one.state), is_open=True) for one in found.nearby),
    ]


def _alike(one: PublicCase, text: str, *, is_open: bool) -> Alike:
    said = first_line(one.said) if one.said else one.category
    return Alike(said, text[:SHOWN_SIGNS], (one.place_code, one.number), is_open)
