"""Visits at home over the API: asked for by everybody; listed and given a day by who serves there; no door is shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from pydantic import Field

from linli.cases.types import Channel
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.api.application_filing import by_office, told_applied
from linli.offerings.api.application_shapes import ApplicationIn, AppliedOut
from linli.offerings.forms.home_visits import AskHomeForm, CallOffForm, PlanForm
from linli.offerings.queries import home_halves as halves
from linli.offerings.queries import home_visits as queries
from linli.offerings.services import home_visits as services
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


class HomeHalfOut(Schema):
    """A half-day on which somebody can come, and how many visits more until it is full."""

    on: date
    half: str
    left: int


class HomeVisitDetailOut(HomeVisitOut):
    """`edition` goes along with a day that is set. `halves` are the next ones, none once it is over."""

    edition: int
    is_mine: bool = Field(description="The caller goes in person.")
    application: str = Field(description="The number of the application that was filed at home.")
    reason: str = Field(description="Why the office called it off.")
    per_half: int = Field(description="How many visits the place makes in half a day.")
    halves: list[HomeHalfOut]


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


class HomeMoveIn(Schema):
    """For `plan` the day and half (am, pm), with the edition that was read; for `cancel` the reason."""

    on: date | None = None
    half: str = ""
    edition: int | None = None
    reason: str = ""


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
    return Status(
        201, _told(services.ask_home_visit(wish, actor=request.actor, now=timezone.now()))
    )


@router.get("/home-visits/{slug:code}/", response=HomeVisitDetailOut)
def get_home_visit(request: Request, code: str) -> dict[str, Any]:
    """One visit where the caller serves, with the half-days on which somebody can come."""
    return _whole(request, queries.get_home_visit(request.actor, code))


@router.post("/home-visits/{slug:code}/apply", response={201: AppliedOut})
def apply_at_home(request: Request, code: str, given: ApplicationIn) -> Status[dict[str, Any]]:
    """File the application at the applicant's home as at the window; the visit is done with it. `channel` is not asked."""
    applying = by_office(request, given, Channel.VISIT)
    made = services.apply_at_home(code, applying, actor=request.actor, now=timezone.now())
    return Status(201, told_applied(made))


@router.post("/home-visits/{slug:code}/{move}", response=HomeVisitDetailOut)
def move_home_visit(
    request: Request, code: str, move: Literal["plan", "away", "cancel"], given: HomeMoveIn
) -> dict[str, Any]:
    """Set the day (whoever sets it goes), write down that nobody opened, or call it off with a reason."""
    row = queries.get_home_visit(request.actor, code)
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    if move == "plan":
        form = PlanForm(given.dict(exclude_none=True))
        edition = form.accepted()["edition"]
        row = services.plan_home_visit(code, form.when, edition=edition, **by)
    elif move == "cancel":
        reason = CallOffForm(given.dict(exclude_none=True)).accepted()["reason"]
        row = services.cancel_home_visit(code, reason, by_office=True, **by)
    else:
        row = services.note_away(code, **by)
    return _whole(request, row)


def _whole(request: Request, row: HomeVisit) -> dict[str, Any]:
    is_open, now = row.state in queries.OPEN, timezone.now()
    offered = halves.halves_offered(row.path, now, but=row.pk) if is_open else []
    return {
        **_told(row), **plain(row, "edition", "reason"), "application": row.case_number,
        "is_mine": row.goes_id is not None and row.goes_id == request.actor.account_id,
        "per_half": halves.most_per_half(row.path, localdate(now)),
        "halves": [plain(one, "on", "half", "left") for one in offered],
    }  # fmt: skip


def _told(row: HomeVisit) -> dict[str, Any]:
    return {
        "code": row.code, "place": code_of(row.path), "item": row.item, "state": row.state,
        "visit_on": row.visit_on, "half": row.half, "moves": row.moves, "asked_at": row.asked_at,
    }  # fmt: skip
