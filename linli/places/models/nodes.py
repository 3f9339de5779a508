"""Nodes of the tree: locked, made, ended, hung elsewhere; what was before stays readable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from linli.kernel.errors import Stale
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.places.errors import CodeTaken, Ended, NoCode
from linli.places.events import PathsChanged
from linli.places.models.covering import close_ground
from linli.places.models.dating import last_changes
from linli.places.models.following import follow
from linli.places.models.tables import Place, PlaceVersion
from linli.places.rules import LEVELS, is_code

if TYPE_CHECKING:
    from linli.places.services.changes import NewPlace


def locked(*places: Place, version: int | None = None) -> list[Place]:
    """Lock the tree and return the places as they are now; `version` is that of the first.

    Refuses with Ended, Stale.
    """
    hold("places.tree")  # changes are rare, and one may touch thousands of rows
    ids = [place.pk for place in places]
    now = Place.objects.select_for_update().in_bulk(sorted(ids))
    found = [now[pk] for pk in ids]
    for place in found:
        refuse_ended(place)
    if version is not None and found[0].version != version:
        raise Stale()
    return found


def refuse_ended(place: Place) -> None:
    """A place that ended takes nothing new. Refuses with Ended."""
    if place.valid_to is not None:
        raise Ended(name=place.name, day=place.valid_to)


def below(place: Place) -> list[Place]:
    """Return everything of today below a place, itself left out."""
    found = Place.objects.filter(path__startswith=place.path, valid_to__isnull=True)
    return list(found.exclude(pk=place.pk).order_by("path"))


def keep_versions(places: Iterable[Place], until: date) -> None:
    """Keep how places were called and where they hung until a day."""
    places = [p for p in places if p.valid_from is None or p.valid_from < until]
    last = last_changes(place.pk for place in places)
    PlaceVersion.objects.bulk_create(
        PlaceVersion(
            place=place,
            code=place.code,
            path=place.path,
            kind=place.kind,
            name=place.name,
            name_en=place.name_en,
            short_name=place.short_name,
            valid_from=last.get(place.pk, place.valid_from),
            valid_to=until,
        )
        for place in places
    )


def end(place: Place, on: date) -> None:
    """End a place with what covers its ground."""
    keep_versions([place], on)
    close_ground(place, on)
    place.valid_to = on
    place.version += 1
    place.save(update_fields=["valid_to", "version"])


def make(new: NewPlace, like: Place, on: date) -> Place:
    """Make a place beside another one. Refuses with NoCode, CodeTaken."""
    if not is_code(new.code):
        raise NoCode({"code": [str(NoCode.message)]})
    if Place.objects.filter(code=new.code).exists():
        raise CodeTaken({"code": [str(CodeTaken.message)]})
    parent = like.parent
    assert parent is not None, "the city itself does not merge or split"
    place = Place.objects.create(
        code=new.code,
        path=f"{parent.path}{new.code}/",
        parent=parent,
        level=like.level,
        kind=like.kind,
        name=new.name,
        name_en=new.name_en,
        short_name=new.short_name,
        city_id=like.city_id,
        town_id=parent.town_id,
        village_id=parent.village_id,
        lon=like.lon,
        lat=like.lat,
        is_invented=like.is_invented,
        valid_from=on,
    )
    if place.level in ("town", "village"):
        setattr(place, f"{place.level}_id", place.pk)
        place.save(update_fields=[f"{place.level}_id"])
    return place


def rehang(place: Place, under: Place, on: date) -> None:
    """Hang a place with all below it elsewhere; earlier days keep their paths.

    Rows that carry the path go along at once; heads that carry ids follow in jobs.
    """
    keep_versions([place, *below(place)], on)
    old_path, new_path = place.path, f"{under.path}{place.code}/"
    ids = {
        f"{level}_id": getattr(under, f"{level}_id")
        for level in LEVELS[: LEVELS.index(under.level) + 1]
        if level in ("city", "town", "village")
    }
    # what ended below it long ago still belongs there: its papers are looked after from above
    Place.objects.filter(path__startswith=old_path).update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)), **ids
    )
    Place.objects.filter(pk=place.pk).update(parent=under, version=F("version") + 1)
    follow(old_path, new_path)
    publish(PathsChanged(old_path=old_path, new_path=new_path))
