"""A door of an event over the API: the list of the day with a key to seal it, and who came in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema
from pydantic import Field

from linli.activities.queries import doors as queries
from linli.activities.services import attending
from linli.activities.types.events import MOST_IN_FAMILY, Came, DoorEvent
from linli.kernel.api import Boxes, Moment, plain
from linli.kernel.phones import box_for, happened
from linli.kernel.web import Request, own_account_id
from linli.runtime.services import limits
from linli.runtime.types import Rate, without_key

router = Router()
PAGE, MOST_ENTRIES = "door", 100
BATCHES = Rate(360, timedelta(hours=1), burst=60)


class DoorIn(Schema):
    """`boxes` are those that the phone keeps from before; one of them may be the caller's."""

    boxes: Boxes = []


class DoorCameOut(Schema):
    """Who of a family is in: `who` has a bit for each name, `people` is how many."""

    session: int
    who: int
    people: int


class DoorFamilyOut(Schema):
    code: str
    names: list[str]
    came: list[DoorCameOut]


class DoorSessionOut(Schema):
    id: int
    starts_at: datetime
    ends_at: datetime


class DoorEventOut(Schema):
    """An event of the day with the names of who is enrolled; the look at them is recorded."""

    code: str
    title: str
    title_en: str
    where: str
    sessions: list[DoorSessionOut]
    families: list[DoorFamilyOut]


class DoorOut(Schema):
    """The door of today. `key` seals on the phone (AES-GCM, 256 bits, base64url) and may be used without
    network until `until`; `box` is kept beside what it seals and shown again, `id` names it there."""

    id: str
    key: str
    box: str
    csrf: str
    at: datetime
    until: datetime
    events: list[DoorEventOut]


class DoorEntryIn(Schema):
    """`who` are places in the list of names, from 0; none means the whole family. `offset` is by how many
    seconds the phone thought the server ahead of it."""

    key: UUID
    session: int = Field(ge=1, lt=2**63)
    code: str = Field(max_length=20)
    who: list[int] = Field(default=[], max_length=MOST_IN_FAMILY)
    phone_at: Moment
    offset: int | None = Field(default=None, ge=-(2**31), lt=2**31)


class DoorCameIn(Schema):
    """`sent_at` is the phone's time when it sends."""

    sent_at: Moment
    entries: list[DoorEntryIn] = Field(default=[], max_length=MOST_ENTRIES)


class DoorNotedOut(Schema):
    """`reason` says in words why an entry was not taken; empty if it was."""

    key: str
    people: int
    reason: str


class DoorSumOut(Schema):
    """What became of each entry, and who is in by now, by the codes of families, from every door."""

    at: datetime
    noted: list[DoorNotedOut]
    came: dict[str, list[DoorCameOut]]


class DoorTodayOut(Schema):
    """What takes place today; `csrf` is for what the page sends then, `at` the server's time."""

    at: datetime
    csrf: str
    events: list[str]


@router.get("/desk/events/door/", response=DoorTodayOut)
def door_today(request: Request) -> dict[str, Any]:
    """The codes of the events of today that the caller keeps; nobody's name."""
    own_account_id(request)
    queries.require_any(request.actor)
    now = timezone.now()
    found = queries.sessions_on(request.actor, localdate(now))
    return {
        "at": now,
        "csrf": get_token(request),
        "events": [event.code for event, _times in found],
    }


@router.post("/desk/events/door/", response=DoorOut)
def open_door(request: Request, given: DoorIn) -> dict[str, Any]:
    """Open the door of the events of today that the caller keeps, for a phone that may lose its network."""
    now = timezone.now()
    account = own_account_id(request)
    found = attending.open_door(actor=request.actor, now=now)
    box = box_for(PAGE, account, given.boxes)
    return {
        **plain(box, "id", "key", "box"), "csrf": get_token(request), "at": now,
        "until": _until(found, now), "events": [_event(one) for one in found],
    }  # fmt: skip


def _until(found: list[DoorEvent], now: datetime) -> datetime:
    """Return the end of the day, later where the last event goes on into the night."""
    night = datetime.combine(localdate(now) + timedelta(days=1), time(), timezone.get_current_timezone())  # fmt: skip
    ends = (end + timedelta(hours=1) for one in found for _id, _start, end in one.sessions)
    return max([night, *ends])


def _event(one: DoorEvent) -> dict[str, Any]:
    sessions = [{"id": pk, "starts_at": start, "ends_at": end} for pk, start, end in one.sessions]
    families = [
        {"code": f.code, "names": list(f.names), "came": _came(f.came)} for f in one.families
    ]
    told = plain(one, "code", "title", "title_en", "where")
    return {**told, "sessions": sessions, "families": families}


def _came(rows: Any) -> list[dict[str, int]]:
    return [{"session": session, "who": who, "people": people} for session, who, people in rows]


@router.post("/desk/events/door/came", response=DoorSumOut)
@without_key("an entry adds who came; the same again, or from another door, adds nobody")
def note_came(request: Request, given: DoorCameIn) -> dict[str, Any]:
    """Record who was seen at a door, with network or later; without entries it tells who is in by now."""
    account, now = own_account_id(request), timezone.now()
    limits.take("activities.door", str(account), rate=BATCHES, now=now)
    drift = max(-(2**31), min(2**31 - 1, round((now - given.sent_at).total_seconds())))
    entries = [_entry(one, drift, now) for one in given.entries]
    noted = attending.note_all(entries, actor=request.actor, now=now)
    came = queries.bits_by_code(request.actor, localdate(now))
    return {
        "at": now, "noted": [plain(one, "key", "people", "reason") for one in noted],
        "came": {code: _came(rows) for code, rows in came.items()},
    }  # fmt: skip


def _entry(one: DoorEntryIn, drift: int, now: datetime) -> Came:
    at = happened(one.phone_at, offset=one.offset, drift=drift, received_at=now).at
    return Came(str(one.key), one.session, one.code, frozenset(one.who), at)
