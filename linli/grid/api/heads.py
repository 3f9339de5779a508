"""Heads of buildings, blocks and lanes over the API: who serves, for everybody; who stood, for the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.heads import ChoiceForm, HeadEndForm, StandAtOfficeForm, TieForm
from linli.grid.forms.lists import HeadFilter
from linli.grid.queries import heads as queries
from linli.grid.queries.narrowing import heads_wanted
from linli.grid.services import heads, register_ties
from linli.grid.states import HeadState
from linli.grid.types import HeadKind
from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
BY_GROUND = Keyset("ground", ("path", "kind", "ground", "id"))
LATEST = Keyset("new", ("-stood_on", "-id"))


class HeadOut(Schema):
    """`name` is what they agreed to be called; no number is ever told. One who was entered at the office and
    has no account `reads_messages` not: what is for them is written to the office."""

    id: int
    village: str
    kind: str
    ground: str
    name: str
    state: str
    since: date | None
    until: date | None
    edition: int
    reads_messages: bool


class HeadsOut(Schema):
    count: int
    items: list[HeadOut]
    next: str | None


class HeadsIn(PagedIn):
    place: str = ""


class KeptHeadOut(HeadOut):
    """With what came of it; `person` is their entry in the register, if it is known, `document` the record of the neighbours' choice."""

    stood_on: date
    decided_on: date | None
    votes_for: int | None
    votes_against: int | None
    document: str
    ended_on: date | None
    handed_over: str
    person: int | None


class KeptHeadsOut(Schema):
    count: int
    items: list[KeptHeadOut]
    next: str | None


class KeptHeadsIn(PagedIn):
    q: str = ""
    kind: str = ""
    state: str = ""


class StandIn(Schema):
    """`name` is how neighbours may call them; the telephone is for the office and told nowhere. The office
    may name their entry in the register as `person`."""

    village: str
    kind: str
    ground: str
    name: str
    phone: str
    person: int | None = None


class TieIn(Schema):
    """`person` is the number of an entry in the register of people; none unties."""

    person: int | None
    edition: int


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
    return {**plain(one, *columns), "village": code_of(one.path), "name": one.public_name,
            "reads_messages": one.account_id is not None}  # fmt: skip


@router.get("/heads/", response=HeadsOut)
def list_heads(request: Request, asked: Query[HeadsIn]) -> dict[str, Any]:
    """Who serves at a place and below today. Public."""
    found = queries.serving(path_of(asked.place, empty=CITY_PATH), localdate())
    return paged(found, BY_GROUND, asked, _head)


@router.post("/heads/", response={201: HeadOut})
def stand(request: Request, given: StandIn) -> Status[dict[str, Any]]:
    """Stand as head of one's own building, block or lane, or enter who came to the office for it."""
    form = StandAtOfficeForm({**given.dict(), "public_name": given.name, "person_id": given.person})
    form.accepted()
    made = heads.stand(
        places.open_place(given.village), form.facts, actor=request.actor, now=timezone.now()
    )
    return Status(201, _head(made))


@router.get("/villages/{code}/heads/", response=KeptHeadsOut)
def list_kept_heads(request: Request, code: str, asked: Query[KeptHeadsIn]) -> dict[str, Any]:
    """Everybody who stood in a village, the latest first, with what became of it; for the office."""
    place = places.get_place(code)
    require(request.actor, permits.HEADS, at=place.path)
    one_of("kind", asked.kind, HeadKind)
    one_of("state", asked.state, HeadState)
    wanted = HeadFilter(asked.dict()).wanted
    found = queries.kept_heads(request.actor).filter(path=place.path)
    return paged(heads_wanted(found, wanted), LATEST, asked, _kept)


def _kept(one: Any) -> dict[str, Any]:
    columns = ("stood_on", "decided_on", "votes_for", "votes_against", "document", "ended_on")
    return {**_head(one), **plain(one, *columns, "handed_over"), "person": one.person_id}


@router.post("/heads/{int:head_id}/tie", response=KeptHeadOut)
def tie(request: Request, head_id: int, given: TieIn) -> dict[str, Any]:
    """Say which entry of the register a head is: what becomes of the entry then reaches them."""
    head = queries.get_head(request.actor, head_id)
    require(request.actor, permits.HEADS, at=head.path)
    TieForm({"person_id": given.person, "edition": given.edition}).accepted()
    return _kept(
        register_ties.tie_head(
            head, given.person, edition=given.edition, actor=request.actor, now=timezone.now()
        )
    )


@router.post("/heads/{int:head_id}/withdraw", response=HeadOut)
def withdraw(request: Request, head_id: int) -> dict[str, Any]:
    """Stand no more, before the choice; the name and the number of who stood are gone at once."""
    head = queries.get_head(request.actor, head_id)
    return _head(heads.withdraw(head, actor=request.actor, now=timezone.now()))


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
