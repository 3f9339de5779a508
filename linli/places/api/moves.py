"""Rename, move, merge, split and end a place; before that, what it would touch."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from linli.kernel.api import one_of
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.routing import router
from linli.places.api.tree import PlaceOut, outs
from linli.places.forms import DecreeForm, MergeForm, MoveForm, NameForm, SplitForm
from linli.places.forms.changing import MOST_WEIGHT
from linli.places.services.changes import Decree, NewPlace
from linli.places.types import SMALL

KINDS = ("rename", "move", "merge", "split")
CELL = "|"  # what parts the words of a line of the split's form


class PreviewIn(Schema):
    kind: str


class HangingOut(Schema):
    """What hangs on the place; `moves`: whether it can follow."""

    title: str
    count: int
    moves: bool


class NamedOut(Schema):
    code: str
    name: str


class EstateOut(Schema):
    """What a split gives to one part: its key goes into `heirs`."""

    key: str
    titles: list[str]
    count: int


class PreviewOut(Schema):
    place: PlaceOut
    kind: str
    version: int
    hanging: list[HangingOut]
    below: int
    cells: int
    children: list[NamedOut]
    neighbours: list[NamedOut]
    estates: list[EstateOut]


class DecreeIn(Schema):
    """The document and its day; `version` is what the preview said, so that nothing is overwritten."""

    document: str
    effective_on: str
    version: int
    reason: str = ""


class RenameIn(DecreeIn):
    name: str
    short_name: str
    name_en: str


class MoveIn(DecreeIn):
    under: str


class MergeIn(RenameIn):
    code: str
    others: list[str]


class PartOfSplit(Schema):
    """`weight` shares out earlier figures; `takes` are codes of places directly below the old one."""

    code: str = Field(min_length=1, max_length=24)
    name: str = Field(min_length=1, max_length=60)
    short_name: str = Field(min_length=1, max_length=60)
    name_en: str = Field(min_length=1, max_length=120)
    weight: int = Field(default=1, ge=1, le=MOST_WEIGHT)
    takes: list[str] = Field(default_factory=list)


class SplitIn(DecreeIn):
    """`heirs`: by key of the preview's estates the number of a part from 1, 0 to leave it behind.

    What is not named goes to the part with the largest weight.
    """

    parts: list[PartOfSplit]
    heirs: dict[str, int] = Field(default_factory=dict)


class SplitOut(Schema):
    place: PlaceOut
    parts: list[PlaceOut]


@router.get("/places/{code}/preview/", response=PreviewOut)
def preview(request: Request, code: str, asked: Query[PreviewIn]) -> dict[str, Any]:
    """What a rename, move, merge, split or end would touch, and what the change has to name."""
    place = _to_change(request, code, asked.kind)
    beside = queries.children_of(place.parent) if asked.kind == "merge" else []
    children = queries.children_of(place) if asked.kind == "split" else []
    estates = queries.estates_of(place) if asked.kind == "split" else []
    return {
        "place": outs([place])[0], "kind": asked.kind, "version": place.version,
        "hanging": [
            {"title": str(one.title), "count": one.count, "moves": one.moves}
            for one in queries.hanging_on(place)
        ],
        "below": queries.count_below(place), "cells": queries.count_cells(place),
        "children": [_named(one) for one in children],
        "neighbours": [_named(one) for one in beside if one.pk != place.pk],
        "estates": [
            {"key": one.key, "titles": [str(title) for title in one.titles], "count": one.count}
            for one in estates
        ],
    }  # fmt: skip


@router.post("/places/{code}/rename", response=PlaceOut)
def rename(request: Request, code: str, given: RenameIn) -> dict[str, Any]:
    """Give a place another name from a day on."""
    place = _to_change(request, code, "rename")
    said = NameForm(given.dict()).accepted()
    to = NewPlace(place.code, said["name"], said["name_en"], said["short_name"])
    return outs([services.rename_place(place, to=to, **_by(said, request))])[0]


@router.post("/places/{code}/move", response=PlaceOut)
def move(request: Request, code: str, given: MoveIn) -> dict[str, Any]:
    """Hang a place with all below it under another one from a day on."""
    place = _to_change(request, code, "move")
    said = MoveForm(given.dict()).accepted()
    under = queries.get_place(said["under"])
    return outs([services.move_place(place, under=under, **_by(said, request))])[0]


@router.post("/places/{code}/merge", response={201: PlaceOut})
def merge(request: Request, code: str, given: MergeIn) -> Status[dict[str, Any]]:
    """End a place and its neighbours and let one new place follow them all."""
    place = _to_change(request, code, "merge")
    beside = [(p.code, p.name) for p in queries.children_of(place.parent) if p.pk != place.pk]
    said = MergeForm(given.dict(), neighbours=beside).accepted()
    olds = [place, *(queries.get_place(other) for other in said["others"])]
    into = NewPlace(said["code"], said["name"], said["name_en"], said["short_name"])
    return Status(201, outs([services.merge_places(olds, into=into, **_by(said, request))])[0])


@router.post("/places/{code}/split", response={201: SplitOut})
def split(request: Request, code: str, given: SplitIn) -> Status[dict[str, Any]]:
    """End a place and let several new ones follow it; what is below and on it is given out."""
    place = _to_change(request, code, "split")
    form = _split_form(place, given)
    try:
        said = form.accepted()
    except Invalid as refusal:
        raise Invalid({_outside(name): said for name, said in refusal.fields.items()}) from refusal
    parts = [
        NewPlace(row[0], row[1], row[3], row[2], int(row[4]), tuple(part.takes))
        for row, part in zip(said["parts"], given.parts, strict=True)
    ]
    made = services.split_place(place, parts=parts, heirs=form.heirs, **_by(said, request))
    old = queries.get_place(code)
    return Status(201, {"place": outs([old])[0], "parts": outs(made)})


@router.post("/places/{code}/end", response=PlaceOut)
def end(request: Request, code: str, given: DecreeIn) -> dict[str, Any]:
    """End a group or building on which nothing is left."""
    place = _to_change(request, code, "end")
    said = DecreeForm(given.dict()).accepted()
    return outs([services.end_part(place, **_by(said, request))])[0]


def _to_change(request: Request, code: str, kind: str) -> Any:
    """Return the place of today that this kind of change fits. Refuses with NotAllowed, NotFound."""
    place = queries.open_place(code)
    kinds = (*KINDS, "end") if place.level in SMALL else KINDS
    one_of("kind", kind, (*KINDS, "end"))
    if kind not in kinds or place.parent_id is None:
        raise NotFound(kind=kind)
    at, actor = place.path, request.actor
    require(actor, permits.to_change(actor, place.level, at=at), at=at)
    return place


def _by(said: dict[str, Any], request: Request) -> dict[str, Any]:
    return {
        "decree": Decree(said["document"], said["effective_on"], said["reason"]),
        "version": said["version"], "actor": request.actor, "now": timezone.now(),
    }  # fmt: skip


def _split_form(place: Any, given: SplitIn) -> SplitForm:
    """Put the parts into the lines of the page's form. Refuses with Invalid for unknown heirs."""
    estates = queries.estates_of(place)
    unknown = sorted(set(given.heirs) - {one.key for one in estates})
    if unknown:
        raise Invalid({"heirs": [", ".join(one.key for one in estates) or "–"]})
    lines = [
        CELL.join(
            " ".join(word.split())
            for word in (part.code, part.name, part.short_name, part.name_en, str(part.weight))
        )
        for part in given.parts
    ]
    typed = {**given.dict(), "parts": "\n".join(lines)}
    typed |= {f"heir_{key}": number for key, number in given.heirs.items()}
    return SplitForm(typed, estates=estates)


def _outside(name: str) -> str:
    return "heirs" if name.startswith("heir_") else name


def _named(place: Any) -> dict[str, str]:
    return {"code": place.code, "name": place.name}
