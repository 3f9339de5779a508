"""Steps of an event over the API, and the table of sub-classes by which it is filed (GR-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from linli.cases.types.moves import At
from linli.grid import permits
from linli.grid.api.rounds import EventOut, shown_event
from linli.grid.queries import rounds, subclasses
from linli.grid.queries.entries import MOST_PHOTOS
from linli.grid.rules.subclasses import full_code
from linli.grid.services import events
from linli.grid.types import Matter
from linli.grid.types.sending import Sent
from linli.grid.types.subclasses import USUAL, FiledAs, SubClass
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request

router = Router()


class SubClassOut(Schema):
    """A line of the table. `limits` by level of the area (A, B, C) in `unit`; `code` is null while it is
    to be confirmed, and so is all else where `is_sure` is false. `kind` is part (部件) or event (事件)."""

    key: str
    matter: str
    kind: str
    title: str
    files_when: str
    closes_when: str
    unit: str
    limits: dict[str, int]
    code: str | None
    since: date
    until: date | None
    is_sure: bool


class SubClassesOut(Schema):
    count: int
    items: list[SubClassOut]
    next: str | None


class SubClassesIn(PagedIn):
    """`on` is the day on which the lines hold, today without."""

    matter: str = ""
    on: date | None = None


class MoveIn(Schema):
    """`move` is take, verify, file, start, settle, dispose, pass_check or rework. Where a step asks what
    was done, a note or a photo will do; `photos` are codes of drafts. `subclass` and `area` for file alone."""

    move: str
    note: str = Field(default="", max_length=2000)
    photos: list[str] = Field(default=[], max_length=MOST_PHOTOS)
    subclass: str = ""
    area: str = USUAL
    expected_seq: int | None = None


@router.get("/subclasses/", response=SubClassesOut)
def list_subclasses(request: Request, asked: Query[SubClassesIn]) -> dict[str, Any]:
    """When an event of each sub-class is filed, in what time disposed of, when it may be closed."""
    require_somewhere(request.actor, permits.WORK, permits.SEE)
    matter = one_of("matter", asked.matter, Matter)
    rows = subclasses.lines_of(asked.on or localdate(), matter)
    page = page_of_rows(
        rows, lambda one: one.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _line)


def _line(one: SubClass) -> dict[str, Any]:
    told = subclasses.told(one)
    return {
        **plain(one, "key", "matter", "unit", "since", "until"), "limits": dict(one.limits),
        "kind": "part" if one.is_part else "event", "title": told.title, "is_sure": told.is_sure,
        "files_when": told.files, "closes_when": told.closes,
        "code": full_code(one, CITY_PATH.strip("/")),
    }  # fmt: skip


@router.post("/events/{number}/move", response=EventOut)
def make_move(request: Request, number: str, given: MoveIn) -> dict[str, Any]:
    """Make a step of an event; with `expected_seq` only if nothing happened meanwhile."""
    case = rounds.get_event(request.actor, number)
    at, photos = At(case.pk, given.expected_seq), Sent(tuple(given.photos))
    actor, now = request.actor, timezone.now()
    if given.move == "file":
        filed = FiledAs(given.subclass, given.area) if given.subclass else None
        events.file_event(at, note=given.note, photos=photos, filed=filed, actor=actor, now=now)
    else:
        events.make_move(at, given.move, note=given.note, photos=photos, actor=actor, now=now)
    return shown_event(rounds.get_event(request.actor, number))
