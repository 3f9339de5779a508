"""What the filters of a list of cases offer: places, categories, kinds and matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.timezone import localdate

from linli.access.queries.choices import place_choices
from linli.cases.errors import UnclearPlace
from linli.cases.models import Category
from linli.cases.queries.kinds import all_kinds
from linli.kernel import sql
from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of, nearest_first
from linli.kernel.permits import Actor, Permit
from linli.places import queries as places
from linli.places.queries.tree import all_places, names_of_paths
from linli.ui.formats import is_chinese
from linli.ui.picking import fitting

TREE = """
SELECT id, parent_id, code, title, title_en FROM cases_category
 WHERE until IS NULL OR until > %s ORDER BY "order", id
"""
ONE_OR_BELOW = """
SELECT one.id, one.code FROM cases_category one
  LEFT JOIN cases_category parent ON parent.id = one.parent_id
 WHERE %(code)s IN (one.code, parent.code)
"""
MOST_SIGNS, MOST_FITS = 60, 12
# cities, towns and villages; what lies below is found by its address
LEVELS, MANY = 3, 40


def sight_permits() -> tuple[Permit, ...]:
    """Return the permits by which cases of any kind are seen."""
    return tuple({kind.sees.name: kind.sees for kind in all_kinds()}.values())


def sees_cases(actor: Actor) -> bool:
    """Say whether the actor works where cases of any kind are seen."""
    return actor.holds(*sight_permits())


def places_to_choose(actor: Actor, *held: Permit) -> list[tuple[str, str]]:
    """Return (code, name) of the places whose cases the actor may see, those below indented.

    With permits, of those where she holds one of them.

    Where there are many, groups and buildings are left out: they are typed.
    """
    found = place_choices(actor, *(held or sight_permits()))
    if len(found) > MANY:
        found = [(path, name) for path, name in found if path.count("/") <= LEVELS]
    return [(code_of(path), name) for path, name in found]


def place_of(actor: Actor, typed: str) -> str:
    """Return the code of the place that was chosen or is meant by what was typed, "" for none.

    Refuses with UnclearPlace where several or none are meant.
    """
    words = " ".join(typed.split())[:MOST_SIGNS]
    if not words or places.path_of(words) is not None:
        return words
    options = place_choices(actor, *sight_permits(), in_full=False)
    fits = fitting(options, words, _readings([path for path, _name in options]))
    if len(fits) == 1:
        return code_of(fits[0])
    raise UnclearPlace(words, _with_places_above(fits[:MOST_FITS]), is_cut=len(fits) > MOST_FITS)


def _readings(paths: Iterable[str]) -> dict[str, str]:
    """How places are read: their names in both languages; the English one has the pinyin."""
    found = all_places(with_invented=True).filter(path__in=list(paths))
    rows = found.values_list("path", "name", "short_name", "name_en")
    return {path: f"{english} {name} {short}" for path, name, short, english in rows}


def _with_places_above(paths: Sequence[str]) -> list[tuple[str, str]]:
    """Return (code, name) of places; below a town, its name stands before theirs."""
    chains = {path: nearest_first(path)[::-1][1:] or [path] for path in paths}
    names = names_of_paths(place for chain in chains.values() for place in chain)
    return [
        (code_of(path), " · ".join(names[place] for place in chain if place in names))
        for path, chain in chains.items()
    ]


def path_of_code(code: str) -> str:
    """Return the path of a place for a filter, "" for none. Refuses with Invalid."""
    if not code:
        return ""
    path = places.path_of(code)
    if path is None:
        raise Invalid({"place": [code]})
    return path


def categories_to_choose() -> list[tuple[str, str]]:
    """Return (code, title) of the categories in force, those below a parent indented."""
    below: dict[int | None, list[tuple[int, str, str]]] = defaultdict(list)
    for pk, parent, code, *titles in sql.tuples("cases.categories", TREE, [localdate()]):
        below[parent].append((pk, code, _title(*titles)))
    chosen: list[tuple[str, str]] = []
    for top, code, title in below[None]:
        chosen.append((code, title))
        chosen += [(one, f"　{name}") for _pk, one, name in below[top]]
    return chosen


def category_titles(ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Return (id, code, title) of categories, in the order of the tree."""
    rows = Category.objects.filter(pk__in=list(ids)).order_by("order", "pk")
    return [
        (pk, code, _title(title, english))
        for pk, code, title, english in rows.values_list("pk", "code", "title", "title_en")
    ]


def _title(title: str, english: str) -> str:
    return title if is_chinese() or not english else english


# stands for a category in an address: those that have none
NO_CATEGORY = "none"


def categories_of_code(code: str) -> tuple[int | None, tuple[int, ...]]:
    """Return one category, or with a parent all below it too. Refuses with Invalid."""
    if not code:
        return None, ()
    found: dict[int, str] = dict(sql.tuples("cases.category", ONE_OR_BELOW, {"code": code}))
    one = next((pk for pk, its in found.items() if its == code), None)
    if one is None:
        raise Invalid({"category": [code]})
    below = tuple(pk for pk in found if pk != one)
    return (None, (one, *below)) if below else (one, ())
