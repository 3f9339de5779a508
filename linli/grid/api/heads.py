"""Heads of buildings, blocks and lanes over the API: who serves, for everybody; the choice, for the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.grid import permits
from linli.grid.forms.heads import ChoiceForm, HeadEndForm
from linli.grid.queries import heads as queries
from linli.grid.services import heads
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.permits import require
from linli.kernel.web import Request

router = Router()
BY_GROUND = Keyset("ground", ("path", "kind", "ground", "id"))


class HeadOut(Schema):
    """`name` is what she agreed to be called; no number is ever told."""

    id: int
    village: str
    kind: str
    ground: str
    name: str
    state: str
    since: date | None
    until: date | None
    edition: int


class HeadsOut(Schema):
    count: int
    items: list[HeadOut]
    next: str | None


class HeadsIn(PagedIn):
    place: str = ""


class ChoiceIn(Schema):
    outcome: str
    decided_on: date
    votes_for: int
    votes_against: int = 0
    document: str
    until: date | None = None
    edition: int | None = None


class EndIn(Schema):
    on: date
    handed_over: str
    edition: int | None = None


def _head(one: Any) -> dict[str, Any]:
    columns = ("id", "kind", "ground", "state", "since", "until", "edition")
    return {**plain(one, *columns), "village": code_of(one.path), "name": one.public_name}


@router.get("/heads/", response=HeadsOut)
def list_heads(request: Request, asked: Query[HeadsIn]) -> dict[str, Any]:
    """Who serves at a place and below today. Public."""
    found = queries.serving(path_of(asked.place, empty=CITY_PATH), localdate())
    return paged(found, BY_GROUND, asked, _head)


@router.post("/heads/{int:head_id}/choice", response=HeadOut)
def record_choice(request: Request, head_id: int, given: ChoiceIn) -> dict[str, Any]:
    """Record what the neighbours chose."""
    head = queries.get_head(request.actor, head_id)
    require(request.actor, permits.HEADS, at=head.path)
    form = ChoiceForm(given.dict())
    form.accepted()
    done = heads.record_choice(
        head, form.choice, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _head(done)


@router.post("/heads/{int:head_id}/end", response=HeadOut)
def end_term(request: Request, head_id: int, given: EndIn) -> dict[str, Any]:
    """End a term with its hand-over."""
    head = queries.get_head(request.actor, head_id)
    require(request.actor, permits.HEADS, at=head.path)
    said = HeadEndForm(given.dict()).accepted()
    done = heads.end_term(
        head, on=said["on"], handed_over=said["handed_over"], edition=said["edition"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _head(done)
