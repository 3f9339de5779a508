"""Merge, split, rename, move: dated changes that leave the earlier state readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.timezone import localdate

from linli.kernel.errors import Stale
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.kernel.registries import REFERENCES
from linli.places import permits
from linli.places.errors import (
    CodeTaken,
    Ended,
    HasParts,
    NotOneLevel,
    TooEarly,
    UnderItself,
    WrongLevel,
)
from linli.places.events import PathsChanged, PlacesChanged
from linli.places.models import Place, PlaceChange, PlaceChangePart, PlaceVersion
from linli.places.rules import is_below, may_hang
from linli.trail.services import record


@dataclass(frozen=True, slots=True)
class Decree:
    """The document that changes places, and the day from which it holds."""

    document: str
    effective_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that a change makes. `weight` is its share of what it came from."""

    code: str
    name: str
    name_en: str
    short_name: str
    weight: int = 1


@transaction.atomic
def rename_place(
    place: Place, *, to: NewPlace, decree: Decree, version: int, actor: Actor, now: datetime
) -> Place:
    """Give a place another name from a day on. `to.code` is ignored: codes stay.

    Refuses with NotAllowed, Ended, Stale, TooEarly.
    """
    place = _locked(place, version=version)
    require(actor, permits.CHANGE, at=place.path)
    _keep_version(place, decree.effective_on)
    place.name, place.name_en, place.short_name = to.name, to.name_en, to.short_name
    place.version += 1
    place.save(update_fields=["name", "name_en", "short_name", "version"])
    _write(  # one place stays one place: all of it goes over
        "rename", decree, [(place, place, 1)], actor=actor, now=now
    )
    return place


@transaction.atomic
def move_place(
    place: Place, *, under: Place, decree: Decree, version: int, actor: Actor, now: datetime
) -> Place:
    """Hang a place with all below it under another parent from a day on.

    Refuses with NotAllowed, Ended, Stale, UnderItself, WrongLevel, TooEarly.
    """
    place = _locked(place, version=version)
    require(actor, permits.CHANGE, at=place.path)
    require(actor, permits.CHANGE, at=under.path)
    if is_below(under.path, place.path):
        raise UnderItself(name=place.name)
    if not may_hang(place.level, under.level):
        raise WrongLevel(name=place.name)
    _keep_version(place, decree.effective_on)
    old_path, new_path = place.path, f"{under.path}{place.code}/"
    _rehang(place, under, old_path, new_path)
    _write("move", decree, [(place, place, 1)], actor=actor, now=now)
    publish(PathsChanged(old_path=old_path, new_path=new_path))
    place.refresh_from_db()
    return place


@transaction.atomic
def merge_places(
    olds: Sequence[Place], *, into: NewPlace, decree: Decree, actor: Actor, now: datetime
) -> Place:
    """End several places and let one new place follow them all.

    Refuses with NotAllowed, Ended, NotOneLevel, HasParts, CodeTaken, TooEarly.
    """
    olds = [_locked(place) for place in sorted(olds, key=lambda p: p.pk)]
    for place in olds:
        require(actor, permits.CHANGE, at=place.path)
    if len(olds) < 2 or len({(p.level, p.parent_id) for p in olds}) != 1:
        raise NotOneLevel()
    for place in olds:
        _refuse_parts(place)
    new = _make(into, olds[0], decree.effective_on)
    for place in olds:
        _end(place, decree.effective_on)
        for entry in REFERENCES:
            if entry.to == "place" and entry.move is not None:
                entry.move(place.pk, new.pk)
    _write("merge", decree, [(old, new, 1) for old in olds], actor=actor, now=now)
    return new


@transaction.atomic
def split_place(
    old: Place, *, parts: Sequence[NewPlace], decree: Decree, actor: Actor, now: datetime
) -> list[Place]:
    """End a place and let several new ones follow it, by the weights of the parts.

    Refuses with NotAllowed, Ended, NotOneLevel, CodeTaken, TooEarly.
    """
    old = _locked(old)
    require(actor, permits.CHANGE, at=old.path)
    if len(parts) < 2 or not all(part.weight > 0 for part in parts):
        raise NotOneLevel()
    _refuse_parts(old)
    made = [_make(part, old, decree.effective_on) for part in parts]
    _end(old, decree.effective_on)
    shares = [(old, new, part.weight) for new, part in zip(made, parts, strict=True)]
    _write("split", decree, shares, actor=actor, now=now)
    return made


def _locked(place: Place, *, version: int | None = None) -> Place:
    place = Place.objects.select_for_update().get(pk=place.pk)
    if place.valid_to is not None:
        raise Ended(name=place.name, day=place.valid_to)
    if version is not None and place.version != version:
        raise Stale()
    return place


def _refuse_parts(place: Place) -> None:
    """What hangs below must hang elsewhere first; nobody guesses where."""
    if Place.objects.filter(parent=place, valid_to__isnull=True).exists():
        raise HasParts(name=place.name)


def _keep_version(place: Place, until: date) -> None:
    last = PlaceVersion.objects.filter(place=place).order_by("-valid_to").first()
    PlaceVersion.objects.create(
        place=place,
        code=place.code,
        path=place.path,
        kind=place.kind,
        name=place.name,
        name_en=place.name_en,
        valid_from=last.valid_to if last else place.valid_from,
        valid_to=until,
    )


def _end(place: Place, on: date) -> None:
    _keep_version(place, on)
    place.valid_to = on
    place.version += 1
    place.save(update_fields=["valid_to", "version"])


def _make(new: NewPlace, like: Place, on: date) -> Place:
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
        town_id=like.town_id if like.level != "town" else None,
        lon=like.lon,
        lat=like.lat,
        is_invented=like.is_invented,
        valid_from=on,
    )
    setattr(place, f"{place.level}_id", place.pk)
    place.save(update_fields=[f"{place.level}_id"])
    return place


def _rehang(place: Place, under: Place, old_path: str, new_path: str) -> None:
    below = Place.objects.filter(path__startswith=old_path)
    town = {"town_id": under.town_id} if place.level != "town" else {}
    below.update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)),
        city_id=under.city_id,
        **town,
    )
    Place.objects.filter(pk=place.pk).update(parent=under, version=F("version") + 1)


def _write(
    kind: str,
    decree: Decree,
    shares: list[tuple[Place, Place, int]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if decree.effective_on > localdate(now):
        raise TooEarly({"effective_on": [str(TooEarly.message) % {"day": decree.effective_on}]})
    change = PlaceChange.objects.create(
        kind=kind,
        effective_on=decree.effective_on,
        document=decree.document,
        reason=decree.reason,
        made_by=actor.label,
        made_at=now,
    )
    PlaceChangePart.objects.bulk_create(
        PlaceChangePart(change=change, old=old, new=new, weight=weight)
        for old, new, weight in shares
    )
    at = shares[0][0]
    record(f"places.{kind}", on=at, actor=actor, now=now, place=at.path, document=decree.document)
    old_ids = tuple(sorted({old.pk for old, _, _ in shares}))
    new_ids = tuple(sorted({new.pk for _, new, _ in shares}))
    publish(PlacesChanged(change.pk, kind, decree.effective_on, old_ids, new_ids))
