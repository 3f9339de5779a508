"""Changes and decisions, dated and with their documents; what followed a place and what it came from."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Schema

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.places import queries
from linli.places.api.routing import day_of, router
from linli.places.queries import records
from linli.places.queries.records import Scope

NEWEST_CHANGE = Keyset("newest", ("-effective_on", "-id"))
NEWEST_DECISION = Keyset("newest", ("-valid_from", "-id"))
BY_ID = Keyset("id", ("id",))
CHANGES = ("merge", "split", "rename", "move", "add", "end")
TOPICS = ("settlement", "category")


class ScopedIn(PagedIn):
    place: str = ""
    town: str = ""
    on: str | None = None
    demo: str = ""


def scope_of(asked: ScopedIn) -> Scope:
    """Return of which places a list is asked for."""
    return Scope(asked.place, asked.town, asked.demo == "include")


class ChangesIn(ScopedIn):
    kind: str = ""


class PartOut(Schema):
    old: str
    new: str
    weight: int
    numerator: int
    denominator: int


class ChangeOut(Schema):
    id: int
    kind: str
    effective_on: date
    document: str
    reason: str
    parts: list[PartOut]


class ChangesOut(Schema):
    count: int
    items: list[ChangeOut]
    next: str | None


class DecisionsIn(ScopedIn):
    topic: str = ""
    value: str = ""


class DecisionOut(Schema):
    place: str
    name: str
    topic: str
    value: str
    decided_on: date
    valid_from: date
    valid_to: date | None
    document: str


class DecisionsOut(Schema):
    count: int
    items: list[DecisionOut]
    next: str | None


class FollowingOut(Schema):
    change: int
    kind: str
    effective_on: date
    old: str
    new: str
    weight: int
    numerator: int
    denominator: int


class FollowingsOut(Schema):
    count: int
    items: list[FollowingOut]
    next: str | None


def _part(part: Any, sums: dict[tuple[int, int], int]) -> dict[str, Any]:
    """A part with its share of the old place: weight ÷ sum of weights, all alike where none has one."""
    whole = sums[part.change_id, part.old_id]
    return {
        "old": part.old.code, "new": part.new.code, "weight": part.weight,
        "numerator": part.weight if whole else 1, "denominator": whole or 1,
    }  # fmt: skip


@router.get("/places/changes/", response=ChangesOut)
def list_changes(request: Request, asked: Query[ChangesIn]) -> dict[str, Any]:
    """Merges, splits, renamings and moves, newest first; groups and buildings also added and ended."""
    if asked.kind and asked.kind not in CHANGES:
        raise Invalid({"kind": [", ".join(CHANGES)]})
    on = day_of("on", asked.on) if asked.on else None
    found = records.changes_in(scope_of(asked), kind=asked.kind, on=on)
    page = page_of(found, NEWEST_CHANGE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    sums = records.weight_of_all([change.pk for change in page.items])
    items = [
        {
            "id": change.pk, "kind": change.kind, "effective_on": change.effective_on,
            "document": change.document, "reason": change.reason,
            "parts": [_part(part, sums) for part in change.parts.all()],
        }
        for change in page.items
    ]  # fmt: skip
    return listed(page, items=items)


@router.get("/places/decisions/", response=DecisionsOut)
def list_decisions(request: Request, asked: Query[DecisionsIn]) -> dict[str, Any]:
    """What villages count as (settlement) and their category, newest first; `on`: in force that day."""
    if asked.topic and asked.topic not in TOPICS:
        raise Invalid({"topic": [", ".join(TOPICS)]})
    on = day_of("on", asked.on) if asked.on else None
    found = records.decisions_in(scope_of(asked), topic=asked.topic, value=asked.value, on=on)
    page = page_of(found, NEWEST_DECISION, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, decision_out)


def decision_out(one: Any) -> dict[str, Any]:
    """Return a decision as the API writes it."""
    names = ("topic", "value", "decided_on", "valid_from", "valid_to", "document")
    return {"place": one.place.code, "name": one.place.name, **plain(one, *names)}


@router.get("/places/{code}/successors/", response=FollowingsOut)
def list_successors(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """What merges and splits made of a place, with the share of it that went into each."""
    return _following(records.parts_after(queries.get_place(code)), asked)


@router.get("/places/{code}/predecessors/", response=FollowingsOut)
def list_predecessors(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The places that a place came from, with the share of each that went into it."""
    return _following(records.parts_before(queries.get_place(code)), asked)


def _following(found: Any, asked: PagedIn) -> dict[str, Any]:
    page = page_of(found, BY_ID, cursor=asked.cursor, limit=clean_limit(asked.limit))
    sums = records.weight_of_all([part.change_id for part in page.items])
    items = [
        {
            "change": part.change_id, "kind": part.change.kind,
            "effective_on": part.change.effective_on, **_part(part, sums),
        }
        for part in page.items
    ]  # fmt: skip
    return listed(page, items=items)
