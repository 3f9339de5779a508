"""Places and posts to choose from, on the pages of access."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.timezone import localdate

from linli.access.queries.posts import posts_by_id
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor, Permit
from linli.places.queries.tree import all_places, names_within
from linli.ui.formats import is_chinese
from linli.ui.jinja import named

# how deep a village lies: city, town, village
VILLAGE = 3


def place_choices(
    actor: Actor, *held: Permit, level: int = 1, in_full: bool = True
) -> list[tuple[str, str]]:
    """Return (path, name) of every place where the actor holds one of the permits, those below indented.

    Each village has a group 1 and a building 1: what lies in a village is named with what it lies in,
    or, not `in_full`, by its own name alone, as people type it.
    """
    tops = {path for permit in held for path in actor.paths(permit, level=level)}
    names = names_within({""} if actor.is_system else tops, with_invented=settings.LINLI_DEMO)
    english = not is_chinese()
    if not in_full:
        return [(path, _indent(path) + name) for path, name in names.items()]
    # towns and villages, of which a city has hundreds, are named by themselves
    deep = [place for place in names if place.count("/") > VILLAGE]
    above = {path for place in deep for path in chain_of_path(place)[VILLAGE - 1 :]} - names.keys()
    known = names | (place_names(above) if above else {})
    whole = names | {path: _whole(path, known, english) for path in deep}
    return [(path, _indent(path) + name) for path, name in whole.items()]


def _whole(path: str, known: dict[str, str], english: bool) -> str:
    chain = [known[one] for one in chain_of_path(path)[VILLAGE - 1 :] if one in known]
    if len(chain) < 2:
        return known[path]
    return ", ".join(reversed(chain)) if english else " ".join(chain)


def place_names(paths: set[str]) -> dict[str, str]:
    """Return the names of places by their paths, in the reader's language."""
    english = not is_chinese()
    found = all_places(with_invented=True).filter(path__in=paths)
    return {place.path: place.name_en if english else place.name for place in found}


def post_choices(ids: Iterable[int]) -> list[tuple[str, str]]:
    """Return (id, title) of posts, in the order of their places."""
    rows = posts_by_id(set(ids), on=localdate())
    return [
        (str(row.id), f"{row.office} {named(row)}")
        for row in sorted(rows.values(), key=lambda row: (row.path, row.rank, row.id))
    ]


def _indent(path: str) -> str:
    return "\u3000" * (path.count("/") - 1)


def place_named(text: str) -> str:
    """Return the path of a village by its code or its exact name; nothing if unclear."""
    words = text.strip()
    found = all_places(with_invented=settings.LINLI_DEMO).filter(level="village")
    fits = found.filter(code=words) if words.isdecimal() else found.filter(name=words)
    paths = list(fits.values_list("path", flat=True)[:2])
    return paths[0] if len(paths) == 1 else ""
