"""Places as they are today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.places.errors import Ended
from linli.places.models import Outline, Place
from linli.places.models.covering import holds_on
from linli.places.types import PlaceRow
from linli.ui.formats import is_chinese


def path_of(code: str) -> str | None:
    """Return the path of a code, or None."""
    return Place.objects.filter(code=code).values_list("path", flat=True).first()


def paths_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the paths of codes; one query, unknown ones are left out."""
    return dict(Place.objects.filter(code__in=set(codes)).values_list("code", "path"))


def get_place(code: str) -> Place:
    """Return a place by its code. Refuses with NotFound."""
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise NotFound(code=code)
    return place


def place_of_id(place_id: int) -> Place:
    """Return a place by its id, also one that ended."""
    return Place.objects.get(pk=place_id)


def open_place(code: str) -> Place:
    """Return a place that takes new things. Refuses with NotFound, Ended."""
    place = get_place(code)
    if place.valid_to is not None:
        raise Ended(name=place.name, day=place.valid_to)
    return place


def all_places(*, with_invented: bool = False) -> QuerySet[Place]:
    """Every place of today; official ones only unless asked."""
    found = Place.objects.filter(valid_to__isnull=True).select_related("parent")
    return found if with_invented else found.filter(is_invented=False)


WITHIN = """
SELECT p.path, p.name, p.name_en
  FROM unnest(%s::text[]) AS top(path)
  JOIN places_place p ON p.path >= top.path AND p.path < top.path || '~'
 WHERE p.valid_to IS NULL AND (%s OR NOT p.is_invented)
 ORDER BY p.path
"""


def names_within(tops: Iterable[str], *, with_invented: bool) -> dict[str, str]:
    """Return the names of today's places at or below some, by path, in the reader's language."""
    # what lies below two of them comes twice
    rows = sql.tuples("places.within", WITHIN, [sorted(set(tops)), with_invented])
    chinese = is_chinese()
    return {path: name if chinese else english for path, name, english in rows}


def filtered(
    *, level: str = "", kind: str = "", word: str = "", with_invented: bool = True
) -> QuerySet[Place]:
    """Today's places by level, kind and a part of the name or the beginning of the code."""
    found = all_places(with_invented=with_invented)
    if level:
        found = found.filter(level=level)
    if kind:
        found = found.filter(kind=kind)
    if word:
        by_name = Q(name__icontains=word) | Q(name_en__icontains=word)
        found = found.filter(by_name | Q(code__startswith=word))
    return found


def places_of_level(level: str, *, with_invented: bool = False) -> QuerySet[Place]:
    """Places of one level in the order of their codes; official ones only unless asked."""
    return all_places(with_invented=with_invented).filter(level=level)


def children_of(place: Place) -> QuerySet[Place]:
    """The places directly below, in the order of their codes."""
    return Place.objects.filter(parent=place, valid_to__isnull=True).order_by("code")


def count_below(place: Place) -> int:
    """How many places of today hang below, at any depth."""
    found = Place.objects.filter(path__startswith=place.path, valid_to__isnull=True)
    return found.exclude(pk=place.pk).count()


def ancestors_of(place: Place) -> list[Place]:
    """The chain from the city down to the parent; one query."""
    codes = place.path.strip("/").split("/")[:-1]
    found = {p.code: p for p in Place.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def outlines_below(place_id: int) -> QuerySet[Outline]:
    """Today's outlines of the places directly below."""
    return (
        Outline.objects.filter(holds_on(localdate()), place__parent_id=place_id)
        .select_related("place")
        .order_by("place__code")
    )


def own_outline(place_id: int) -> QuerySet[Outline]:
    """Today's outline of a place itself, if it has one."""
    found = Outline.objects.filter(holds_on(localdate()), place_id=place_id)
    return found.select_related("place")


def tree_stamp() -> tuple[int, int, int]:
    """Return numbers that change with any place, for what is kept in memory about all of them."""
    found = Place.objects.aggregate(n=Count("pk"), newest=Max("pk"), edits=Sum("version"))
    return (found["n"], found["newest"] or 0, found["edits"] or 0)


def outline_of(code: str) -> dict[str, Any] | None:
    """Return today's outline of a place as GeoJSON, or None without one."""
    found = Outline.objects.filter(holds_on(localdate()), place__code=code)
    return found.values_list("geometry", flat=True).first()


COLUMNS = (
    "p.id, p.code, p.path, p.level, p.kind, p.name, p.name_en, p.short_name, p.is_invented, "
    "p.city_id, p.town_id, p.village_id, p.valid_to"
)
CHAIN = f"""
    SELECT {COLUMNS} FROM places_place t
    JOIN places_place p ON p.id IN (t.city_id, t.town_id, t.village_id, t.id)
    WHERE t.code = %s ORDER BY length(p.path)
"""  # noqa: S608  constants only
CHILDREN = f"""
    SELECT {COLUMNS} FROM places_place p
    WHERE p.parent_id = %s AND p.valid_to IS NULL ORDER BY p.is_invented, p.code
"""  # noqa: S608  constants only


def chain_of(code: str) -> list[PlaceRow]:
    """Return a place and all above it, the city first; one prepared read. Refuses with NotFound."""
    return _known(sql.rows("places.chain", CHAIN, [code], PlaceRow), code)


def begin_chain(code: str, *, is_hurried: bool = False) -> Callable[[], list[PlaceRow]]:
    """Begin to read what `chain_of` returns, and go on; what is returned waits for it, and refuses as it does.

    If it `is_hurried`, it does not wait for what is sent behind it.
    """
    asked = sql.ask("places.chain", CHAIN, [code], PlaceRow, is_hurried=is_hurried)
    return lambda: _known(asked.rows(), code)


def _known(chain: list[PlaceRow], code: str) -> list[PlaceRow]:
    if not chain:
        raise NotFound(code=code)
    return chain


def child_rows(place_id: int) -> list[PlaceRow]:
    """Return the places directly below, invented ones last; one prepared read."""
    return sql.rows("places.children", CHILDREN, [place_id], PlaceRow)


def names_of_paths(paths: Iterable[str]) -> dict[str, str]:
    """Return the names of the places of paths in the reader's language; one query."""
    code_of = {path: path.rstrip("/").rpartition("/")[2] for path in set(paths)}
    rows = Place.objects.filter(code__in=set(code_of.values())).values_list(
        "code", "name", "name_en"
    )
    names = {code: name if is_chinese() or not english else english for code, name, english in rows}
    return {path: names[code] for path, code in code_of.items() if code in names}


def names_by_id(ids: Iterable[int]) -> list[tuple[int, str, str, str]]:
    """Return (id, code, name, English name) of places, in the order of their codes; one query."""
    rows = Place.objects.filter(pk__in=list(ids)).order_by("code")
    return list(rows.values_list("pk", "code", "name", "name_en"))
