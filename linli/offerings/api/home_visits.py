"""Visits at home over the API: asked for by everybody, listed for who serves there; no door is shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, listed
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.forms.home_visits import AskHomeForm
from linli.offerings.queries import home_visits as queries
from linli.offerings.services.home_visits import ask_home_visit
from linli.offerings.types.home_visits import HomeWish
from linli.offerings.types.visits import BOOKS
from linli.runtime.types import account_or_address, is_fresh, limited

if TYPE_CHECKING:
    from linli.offerings.models import HomeVisit

router = Router()
ASKED = Keyset("asked", ("asked_at", "id"))


class HomeVisitOut(Schema):
    """A visit at home: nothing of the person. `half` is am or pm; `visit_on` is empty until a day is set."""

    code: str
    place: str
    item: str
    state: str
    visit_on: date | None
    half: str
    moves: int
    asked_at: datetime


class HomeVisitsOut(Schema):
    count: int
    items: list[HomeVisitOut]
    next: str | None


class HomeVisitsIn(PagedIn):
    """`state` is open (the default), asked, planned, away, done, cancelled or all."""

    state: str = "open"


class AskHomeIn(Schema):
    """`item` is the key of a service that is brought home, `place` the code of a village. The same uuid asks once."""

    item: str
    place: str
    name: str
    phone: str
    address: str
    note: str = ""
    by_sms: bool = False
    uuid: UUID | None = None


@router.get("/home-visits/", response=HomeVisitsOut)
def list_home_visits(request: Request, asked: Query[HomeVisitsIn]) -> dict[str, Any]:
    """Visits at home at the places where the caller serves; the others are left out."""
    found = queries.in_state(queries.visible_home_visits(request.actor), asked.state)
    page = page_of(found, ASKED, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, items=[_told(one) for one in page.items])


@router.post("/home-visits/", response={201: HomeVisitOut})
@limited("offerings.book", BOOKS, account_or_address, counts=is_fresh)
def ask(request: Request, given: AskHomeIn) -> Status[dict[str, Any]]:
    """Ask an office to come for an item; the code that is answered follows and cancels the visit."""
    form = AskHomeForm(given.dict(exclude={"item", "place"}))
    form.accepted()
    wish = HomeWish(
        given.item, given.place, form.door, given.by_sms, get_language() or "zh-hans", given.uuid
    )
    return Status(201, _told(ask_home_visit(wish, actor=request.actor, now=timezone.now())))


def _told(row: HomeVisit) -> dict[str, Any]:
    return {
        "code": row.code, "place": code_of(row.path), "item": row.item, "state": row.state,
        "visit_on": row.visit_on, "half": row.half, "moves": row.moves, "asked_at": row.asked_at,
    }  # fmt: skip
