"""Places and posts to choose from, on the pages of access."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language

from linli.access.queries.posts import posts_by_id
from linli.kernel.permits import Actor, Permit
from linli.orgs.queries.register import inside_any
from linli.places.queries.tree import all_places


def place_choices(actor: Actor, *held: Permit, level: int = 1) -> list[tuple[str, str]]:
    """Return (path, name) of every place where the actor holds one of the permits."""
    found = all_places(with_invented=settings.LINLI_DEMO).order_by("path")
    if not actor.is_system:
        paths = {path for permit in held for path in actor.paths(permit, level=level)}
        found = found.filter(inside_any(sorted(paths)))
    name = "name_en" if (get_language() or "").startswith("en") else "name"
    return [(path, _indent(path) + told) for path, told in found.values_list("path", name)]


def place_names(paths: set[str]) -> dict[str, str]:
    """Return the names of places by their paths, in the reader's language."""
    english = (get_language() or "").startswith("en")
    found = all_places(with_invented=True).filter(path__in=paths)
    return {place.path: place.name_en if english else place.name for place in found}


def post_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return (id, title) of the actor's own posts."""
    rows = posts_by_id(set(actor.posts), on=localdate())
    return [
        (str(row.id), f"{row.organisation} {row.title}")
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
