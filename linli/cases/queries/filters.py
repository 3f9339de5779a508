"""What the filters of a list of cases offer: places, categories, kinds and matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.timezone import localdate

from linli.access.queries.choices import place_choices
from linli.cases.models import Category
from linli.cases.queries.kinds import all_kinds
from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, Permit
from linli.places import queries as places
from linli.ui.formats import is_chinese


def sight_permits() -> tuple[Permit, ...]:
    """Return the permits by which cases of any kind are seen."""
    return tuple({kind.sees.name: kind.sees for kind in all_kinds()}.values())


def sees_cases(actor: Actor) -> bool:
    """Say whether the actor works where cases of any kind are seen."""
    return actor.is_system or any(actor.paths(permit) for permit in sight_permits())


def places_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places whose cases the actor may see, those below indented."""
    return [(code_of(path), name) for path, name in place_choices(actor, *sight_permits())]


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
    found = Category.objects.exclude(until__lte=localdate()).order_by("order", "pk")
    below: dict[int | None, list[Category]] = defaultdict(list)
    for one in found:
        below[one.parent_id].append(one)
    chosen: list[tuple[str, str]] = []
    for top in below[None]:
        chosen.append((top.code, _title(top.title, top.title_en)))
        chosen += [(one.code, "　" + _title(one.title, one.title_en)) for one in below[top.pk]]
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
    one = Category.objects.filter(code=code).values_list("pk", flat=True).first()
    if one is None:
        raise Invalid({"category": [code]})
    below = tuple(Category.objects.filter(parent_id=one).values_list("pk", flat=True))
    return (None, (one, *below)) if below else (one, ())
