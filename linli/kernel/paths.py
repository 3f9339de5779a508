"""Paths of places, like 441900/441900005/: the codes of a place and of all above it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.registries import PATH_OF

CITY_PATH = "441900/"
# city, town, village: that many places are named by the path of a village
VILLAGE_DEPTH = 3


def code_of(path: str) -> str:
    """Return the code of the place at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def chain_of_path(path: str) -> list[str]:
    """Return the paths of a place and of all above it, the city first; none for an empty path."""
    codes = [code for code in path.split("/") if code]
    return ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


def nearest_first(path: str) -> list[str]:
    """Return a path and those above it: the village, then the town, then the city."""
    return chain_of_path(path)[::-1]


def path_of(code: str, *, empty: str = "") -> str:
    """Return the path of the place that a field `place` names, `empty` without one.

    Refuses with Invalid for a code that no place has.
    """
    if not code:
        return empty
    path = PATH_OF.call(code)
    if path is None:
        raise Invalid({"place": [_("There is no place of this code.")]})
    return str(path)
