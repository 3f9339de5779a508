"""The home of a place over the API: what its page shows, section by section."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Router, Schema

from linli.kernel.errors import NotFound
from linli.kernel.registries import HomeItem
from linli.kernel.web import Request
from linli.places.types import PlaceRow
from linli.portal import doors, queries

router = Router()


class StepOut(Schema):
    """A place on the way from the city down, or a part of the place asked about."""

    code: str
    level: str
    kind: str
    name: str
    name_en: str
    is_demo: bool


class LineOut(Schema):
    """One line of a section; `url` is a page, or `tel:` with the number of an office."""

    title: str
    text: str
    on: date | None
    state: str
    tone: str
    url: str


class SectionOut(Schema):
    """What one app shows; `slot` says where: due, notices, office, who, links, stats, door:…"""

    slot: str
    key: str
    title: str
    more_url: str
    lines: list[LineOut]


class EntranceOut(Schema):
    """One of the four entrances; `key` asks this address for what stands behind it."""

    key: str
    title: str
    url: str


class PlaceHomeOut(StepOut):
    way: list[StepOut]
    parts: list[StepOut]
    entrances: list[EntranceOut]
    sections: list[SectionOut]


@router.get("/places/{code}/home/", response=PlaceHomeOut)
def place_home(request: Request, code: str, door: str = "") -> dict[str, Any]:
    """What is due, who is who with the office's telephone, notices, entrances, parts of a place.

    `door` asks also for what stands behind one of the entrances.
    """
    if door and doors.get(door) is None:
        raise NotFound(door=door)
    home = queries.home_of(code, request.actor, localdate(), door=door)
    urls = doors.of_place(home.place)
    return {
        **_step(home.place), "way": [_step(place) for place in home.way],
        "parts": [_step(place) for place in home.children],
        "entrances": [
            {"key": one.key, "title": str(one.title), "url": way.url}
            for one, way in zip(doors.DOORS, urls, strict=True)
        ],
        "sections": [
            _section(slot, part) for slot, parts in home.slots.items() for part in parts
        ],
    }  # fmt: skip


def _step(place: PlaceRow) -> dict[str, Any]:
    names = ("code", "level", "kind", "name", "name_en")
    return {
        **{name: getattr(place, name) for name in names}, "is_demo": place.is_invented
    }  # fmt: skip


def _section(slot: str, part: queries.Section) -> dict[str, Any]:
    return {
        "slot": slot, "key": part.key, "title": str(part.title), "more_url": part.more_url,
        "lines": [line_of(item) for item in part.items],
    }  # fmt: skip


def line_of(item: HomeItem) -> dict[str, Any]:
    """Return one line as programs read it."""
    return {
        "title": str(item.title), "text": str(item.text), "on": item.on,
        "state": str(item.state), "tone": item.tone, "url": item.url,
    }  # fmt: skip
