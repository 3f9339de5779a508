"""Merge, split, rename, move: dated changes that leave the earlier state readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.permits import Actor, require
from linli.kernel.registries import REFERENCES
from linli.places import permits
from linli.places.errors import (
    HangsThere,
    LeavesParts,
    MixesInvented,
    NotOneLevel,
    UnderItself,
    WrongLevel,
)
from linli.places.models import Place
from linli.places.models.covering import carry_ground
from linli.places.models.dating import check_day, check_parent
from linli.places.models.following import follow
from linli.places.models.nodes import below, end, keep_versions, locked, make, rehang
from linli.places.queries.hanging import estates_of
from linli.places.rules import is_below, may_hang, may_mix
from linli.places.services.writing import Decree, write_change
from linli.ui.formats import listed

__all__ = ["Decree", "NewPlace", "merge_places", "move_place", "rename_place", "split_place"]


NO_HEIRS: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that a change makes. `weight` is its share of what it came from.

    `takes` are the codes of the places directly below the old one that go to this part of a split.
    """

    code: str
    name: str
    name_en: str
    short_name: str
    weight: int = 1
    takes: tuple[str, ...] = ()


@transaction.atomic
def rename_place(
    place: Place, *, to: NewPlace, decree: Decree, version: int, actor: Actor, now: datetime
) -> Place:
    """Give a place another name from a day on. `to.code` is ignored: codes stay.

    Refuses with NotAllowed, Ended, Stale, TooEarly, BeforeItBegan, OutOfOrder.
    """
    place = locked(place, version=version)[0]
    require(actor, permits.to_change(actor, place.level, at=place.path), at=place.path)
    check_day(decree.effective_on, [place], today=localdate(now))
    keep_versions([place], decree.effective_on)
    place.name, place.name_en, place.short_name = to.name, to.name_en, to.short_name
    place.version += 1
    place.save(update_fields=["name", "name_en", "short_name", "version"])
    write_change(  # one place stays one place: all of it goes over
        "rename", decree, [(place, place, 1)], actor=actor, now=now
    )
    return place


@transaction.atomic
def move_place(
    place: Place, *, under: Place, decree: Decree, version: int, actor: Actor, now: datetime
) -> Place:
    """Hang a place with all below it under another parent from a day on.

    Refuses with NotAllowed, Ended, Stale, UnderItself, HangsThere, WrongLevel, MixesInvented,
    TooEarly, BeforeItBegan, OutOfOrder.
    """
    place, under = locked(place, under, version=version)
    require(actor, permits.to_change(actor, place.level, at=place.path), at=place.path)
    require(actor, permits.to_change(actor, place.level, at=under.path), at=under.path)
    _check_parent(place, under)
    check_day(decree.effective_on, [place], along=[under, *below(place)], today=localdate(now))
    check_parent(under, decree.effective_on)
    rehang(place, under, decree.effective_on)
    write_change("move", decree, [(place, place, 1)], actor=actor, now=now)
    place.refresh_from_db()
    return place


@transaction.atomic
def merge_places(
    olds: Sequence[Place],
    *,
    into: NewPlace,
    decree: Decree,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Place:
    """End several places and let one new place follow them all, with everything below them.

    `version` is that of the first. Refuses with NotAllowed, Ended, Stale, NotOneLevel,
    MixesInvented, NoCode, CodeTaken, TooEarly, BeforeItBegan, OutOfOrder.
    """
    olds = locked(*olds, version=version)
    for place in olds:
        require(actor, permits.to_change(actor, place.level, at=place.path), at=place.path)
    if len({p.pk for p in olds}) < 2 or len({(p.level, p.parent_id) for p in olds}) != 1:
        raise NotOneLevel()
    if len({place.is_invented for place in olds}) != 1:
        raise MixesInvented()
    on = decree.effective_on
    check_day(on, olds, along=[p for old in olds for p in below(old)], today=localdate(now))
    new = make(into, olds[0], on)
    carry_ground(olds, new, on, today=localdate(now))
    for place in olds:
        for child in Place.objects.filter(parent=place, valid_to__isnull=True).order_by("path"):
            rehang(child, new, on)
        end(place, on)
        _carry(place, new)
    write_change("merge", decree, [(old, new, 1) for old in olds], actor=actor, now=now)
    return new


@transaction.atomic
def split_place(
    old: Place,
    *,
    parts: Sequence[NewPlace],
    decree: Decree,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    heirs: Mapping[str, int] = NO_HEIRS,
) -> list[Place]:
    """End a place and let several new ones follow it, by the weights of the parts.

    `heirs` say for what hung on it (keys of `estates_of`) which part takes it, counted from 0;
    what is not named stays with the place that ended. Refuses with NotAllowed, Ended, Stale, NotOneLevel, LeavesParts, NoCode, CodeTaken, TooEarly,
    BeforeItBegan, OutOfOrder.
    """
    old = locked(old, version=version)[0]
    require(actor, permits.to_change(actor, old.level, at=old.path), at=old.path)
    if len(parts) < 2 or not all(part.weight > 0 for part in parts):
        raise NotOneLevel()
    children = _given_out(old, parts)
    on = decree.effective_on
    check_day(on, [old], along=below(old), today=localdate(now))
    made = [make(part, old, on) for part in parts]
    for new, part in zip(made, parts, strict=True):
        for code in part.takes:
            rehang(children[code], new, on)
    end(old, on)
    _bequeath(old, made, heirs)
    shares = [(old, new, part.weight) for new, part in zip(made, parts, strict=True)]
    write_change("split", decree, shares, actor=actor, now=now)
    return made


def _check_parent(place: Place, under: Place) -> None:
    if is_below(under.path, place.path):
        raise UnderItself(name=place.name)
    if not may_hang(place.level, under.level):
        raise WrongLevel(name=place.name)
    if not may_mix(place.is_invented, under.level, under.is_invented):
        raise MixesInvented()
    if place.parent_id == under.pk:
        raise HangsThere(name=place.name)


def _given_out(old: Place, parts: Sequence[NewPlace]) -> dict[str, Place]:
    """Return what hangs directly below by code, each taken by exactly one part."""
    children = {
        child.code: child for child in Place.objects.filter(parent=old, valid_to__isnull=True)
    }
    taken = [code for part in parts for code in part.takes]
    amiss = [child.name for code, child in children.items() if taken.count(code) != 1]
    amiss += [code for code in taken if code not in children]
    if amiss:
        names = listed(amiss)
        words = str(LeavesParts.message) % {"names": names}
        raise LeavesParts({"parts": [words]}, names=names)
    return children


def _bequeath(old: Place, made: Sequence[Place], heirs: Mapping[str, int]) -> None:
    """Let what hung on a place that split go to the part that was named for it."""
    for estate in estates_of(old):
        if estate.key not in heirs:
            continue
        new = made[heirs[estate.key]]
        if estate.move is None:
            follow(old.path, new.path, is_merge=True)
        else:
            estate.move(old.pk, new.pk)


def _carry(old: Place, new: Place) -> None:
    """Let what hung on a merged place hang on the one that follows it."""
    moves = [entry.move for entry in REFERENCES if entry.to == "place" and entry.move is not None]
    for move in dict.fromkeys(moves):  # kinds of one app may go together
        move(old.pk, new.pk)
    follow(old.path, new.path, is_merge=True)
