"""Rolls over the API: opened, entered by evidence, ended by a reason, closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import as_typed, code_of, villages_of
from linli.people.forms import EntryForm, LeaveForm, RollForm
from linli.people.models import Roll, RollEntry
from linli.people.queries.persons import get_person
from linli.people.queries.rolls import get_entry, get_roll, list_entries, visible_rolls
from linli.people.services import rolls as services
from linli.people.types import RollKind

router = Router()
BY_PLACE = Keyset("place", ("path", "kind", "id"))


class RollOut(Schema):
    id: int
    place: str
    kind: str
    name: str
    basis: str
    opened_on: date
    closed_on: date | None


class RollsOut(Schema):
    count: int
    items: list[RollOut]
    next: str | None


def _roll(row: Roll) -> dict[str, Any]:
    names = ("kind", "name", "basis", "opened_on", "closed_on")
    return {"id": row.pk, "place": code_of(row.village_id), **plain(row, *names)}


@router.get("/people/rolls/", response=RollsOut)
def rolls(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Rolls that the token may see."""
    if not request.actor.holds(permits.VIEW_ROLLS):
        raise NotFound()
    page = page_of(
        visible_rolls(request.actor), BY_PLACE, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _roll)


class RollIn(Schema):
    place: str
    kind: str
    name: str
    basis: str
    opened_on: date


@router.post("/people/rolls/", response={201: RollOut})
def open_roll(request: Request, given: RollIn) -> Status[dict[str, Any]]:
    """Open a roll of a village; no roll is ever made from another."""
    data = RollForm(as_typed(given), places=villages_of(request, permits.EDIT_ROLLS)).accepted()
    made = services.open_roll(
        data["place"], RollKind(data["kind"]), data["name"], data["basis"], on=data["opened_on"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _roll(made))


class EntryOut(Schema):
    id: int
    person: int
    name: str
    since: date | None
    until: date | None
    evidence: str
    detail: str
    quantity: Decimal | None


class EntriesOut(Schema):
    count: int
    items: list[EntryOut]
    next: str | None


class EntriesIn(PagedIn):
    gone: bool = False


def _entry(row: RollEntry) -> dict[str, Any]:
    names = ("since", "until", "evidence", "detail", "quantity")
    return {"id": row.pk, "person": row.person_id, "name": row.person.name, **plain(row, *names)}


@router.get("/people/rolls/{int:roll_id}/entries/", response=EntriesOut)
def roll_entries(request: Request, roll_id: int, asked: Query[EntriesIn]) -> dict[str, Any]:
    """Who is on a roll, or was."""
    roll = get_roll(request.actor, roll_id)
    page = list_entries(roll, gone=asked.gone, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, _entry)


class EntryIn(Schema):
    """By which evidence somebody comes onto a roll; `quantity`: shares held, or square metres."""

    person: int
    since: date
    evidence: str
    detail: str = ""
    quantity: Decimal | None = None


@router.post("/people/rolls/{int:roll_id}/entries/", response={201: EntryOut})
def enter(request: Request, roll_id: int, given: EntryIn) -> Status[dict[str, Any]]:
    """Put somebody on a roll."""
    roll, data = get_roll(request.actor, roll_id), EntryForm(as_typed(given)).accepted()
    entered = services.Entered(data["since"], data["evidence"], data["detail"], data["quantity"])
    made = services.enter_on_roll(
        roll, get_person(request.actor, data["person"]), entered,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _entry(made))


class EndIn(Schema):
    on: date
    because: str


@router.post("/people/entries/{int:entry_id}/end", response=EntryOut)
def end_entry(request: Request, entry_id: int, given: EndIn) -> dict[str, Any]:
    """Take somebody off a roll, by a reason."""
    entry, data = get_entry(request.actor, entry_id), LeaveForm(as_typed(given)).accepted()
    ended = services.end_entry(
        entry, data["on"], data["because"], actor=request.actor, now=timezone.now()
    )
    return _entry(ended)


@router.post("/people/rolls/{int:roll_id}/close", response=RollOut)
def close(request: Request, roll_id: int) -> dict[str, Any]:
    """Close a roll; its entries stay as they were."""
    roll, now = get_roll(request.actor, roll_id), timezone.now()
    return _roll(services.close_roll(roll, localdate(now), actor=request.actor, now=now))
