"""Care of public space over the API: what groups did, shown by code, released by the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linli.activities import permits
from linli.activities.forms.culture import CareForm
from linli.activities.queries import care as queries
from linli.activities.queries import rounds, venues
from linli.activities.services import bookings
from linli.activities.services import care as services
from linli.activities.types.culture import CareFacts, WishState
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.permits import PERSONAL, require
from linli.kernel.web import Request
from linli.runtime.types import client_address, limited

router = Router()
NEWEST = Keyset("new", ("-on", "-id"))
MOVES = {"release": True, "withhold": False}


class CarePhotoOut(Schema):
    """A photo of a work; `content` is the address that gives its bytes to whoever may see it."""

    code: str
    content: str


class CareWorkOut(Schema):
    """What a group did for a public place; `group` is empty unless it is shown in public."""

    id: int
    title: str
    where: str
    about: str
    on: date
    group: str
    state: str = Field(description="waits, shown or unseen.")
    said_at: datetime
    before: list[CarePhotoOut]
    after: list[CarePhotoOut]


class CareWorksOut(Schema):
    count: int
    items: list[CareWorkOut]
    next: str | None


class CareWorksIn(PagedIn):
    """`state` is shown (the default); waits and unseen are for whoever releases them."""

    state: str = ""


class CareIn(Schema):
    """What a group did, with the code that the group has."""

    code: str
    title: str
    where: str
    on: date
    about: str = ""


class CareSaidOut(Schema):
    id: int
    state: str


@router.get("/places/{code}/care/", response=CareWorksOut)
def list_care(request: Request, code: str, asked: Query[CareWorksIn]) -> dict[str, Any]:
    """What groups of neighbours did for paths, squares and water at a place, the latest first."""
    place, state = venues.open_place(code), one_of("state", asked.state, WishState)
    chosen = WishState(state or WishState.SHOWN)
    if chosen != WishState.SHOWN:
        require(request.actor, permits.EVENTS, at=place.path, level=PERSONAL)
    found = page_of(
        queries.care_at(place.path, chosen), NEWEST, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(found, items=[_shown(one) for one in queries.with_photos(found.items)])


@router.post("/places/{code}/care/", response={201: CareSaidOut})
@limited("activities.codes", bookings.LOOKS, client_address)
def show_care(
    request: Request, code: str, given: Form[CareIn], after: File[list[UploadedFile]],
    before: File[list[UploadedFile] | None] = None,
) -> Status[Any]:  # fmt: skip
    """A group shows its work, by its code, with photos of before and after; the office releases it."""
    venues.open_place(code)
    said = CareForm(given.dict(), request.FILES).accepted()
    facts = CareFacts(
        said["title"], said["where"], said["on"], said["about"], tuple(said["before"]),
        tuple(said["after"]),
    )  # fmt: skip
    group = rounds.group_by_code(said["code"])
    return Status(201, services.show_care(group, facts, actor=request.actor, now=timezone.now()))


@router.post("/places/{code}/care/{int:work_id}/{move}", response=CareWorkOut)
def decide_care(
    request: Request, code: str, work_id: int, move: Literal["release", "withhold"]
) -> dict[str, Any]:
    """Show a work to everybody, or keep it unseen: its photos go then."""
    work = queries.get_work(request.actor, work_id)
    made = services.decide_care(work, is_shown=MOVES[move], actor=request.actor, now=timezone.now())
    return _shown(queries.with_photos([made])[0])


def _shown(one: queries.CareShown) -> dict[str, Any]:
    group = one.work.group
    return {
        **plain(one.work, "id", "title", "where", "about", "on", "state", "said_at"),
        "group": group.name if group.is_shown else "",
        "before": [_photo(file) for file in one.before], "after": [_photo(file) for file in one.after],
    }  # fmt: skip


def _photo(file: Any) -> dict[str, str]:
    return {"code": file.code, "content": reverse("api_file_content", args=[file.code])}
