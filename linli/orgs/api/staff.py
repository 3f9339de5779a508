"""Who holds which post, and lists of staff that were handed in, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile

from linli.kernel.api import listed, one_of, paged, plain
from linli.kernel.paging import Keyset, clean_limit
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries
from linli.orgs.api.frame import ListIn, place_for
from linli.orgs.api.shown_holdings import HoldingOut, shown_holding
from linli.orgs.forms.lists import FAULTS, StaffListForm
from linli.orgs.models import StaffList
from linli.orgs.queries import StaffWanted, lists
from linli.orgs.rules.staff_rows import Fault
from linli.orgs.services import intake
from linli.orgs.types import Arrival
from linli.places import queries as places

router = Router()
LATEST = Keyset("latest", ("-id",))


class StaffOut(HoldingOut):
    place: str
    organisation: str
    post: int
    title: str
    office_phone: str


class StaffPageOut(Schema):
    count: int
    items: list[StaffOut]
    next: str | None


class StaffIn(ListIn):
    q: str = ""
    came_by: str = ""
    kind: str = ""
    former: bool = False


@router.get("/staff/", response=StaffPageOut)
def list_staff(request: Request, asked: Query[StaffIn]) -> dict[str, Any]:
    """Who holds which post at a place and below, by place. Nothing here ranks anybody."""
    wanted = StaffWanted(
        path=place_for(request.actor, asked.place, permits.STAFF_LIST), words=asked.q.strip()[:60],
        came_by=one_of("came_by", asked.came_by, Arrival), post_kind=asked.kind,
        with_former=asked.former,
    )  # fmt: skip
    page = queries.staff_page(
        request.actor, wanted, on=localdate(), cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _holding)


def _holding(holding: Any) -> dict[str, Any]:
    post = holding.post
    return {
        **shown_holding(holding), "place": code_of(holding.path),
        "organisation": post.organisation.code, "post": post.pk,
        **plain(post, "title", "office_phone"),
    }  # fmt: skip


class FaultOut(Schema):
    line: int
    field: str
    code: str
    message: str
    value: str


class StaffListOut(Schema):
    id: int
    place: str
    file_name: str
    state: str
    rows: int
    right: int
    taken: int
    known: int
    made_by: str
    made_at: datetime


class StaffListsOut(Schema):
    count: int
    items: list[StaffListOut]
    next: str | None


class StaffListDetailOut(StaffListOut):
    faults: list[FaultOut]


@router.get("/staff-lists/", response=StaffListsOut)
def list_staff_lists(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Lists that were handed in at a place and below, the latest first."""
    found = lists.staff_lists(request.actor, place_for(request.actor, asked.place, permits.IMPORT))
    return paged(found, LATEST, asked, _list)


@router.get("/staff-lists/{int:list_id}/", response=StaffListDetailOut)
def get_staff_list(request: Request, list_id: int) -> dict[str, Any]:
    """What the check of a list found, and what was taken."""
    return _list_detail(lists.get_staff_list(request.actor, list_id))


def _list(staff_list: StaffList) -> dict[str, Any]:
    names = ("file_name", "state", "rows", "right", "taken", "known", "made_by", "made_at")
    return {"id": staff_list.pk, "place": code_of(staff_list.path), **plain(staff_list, *names)}


def _list_detail(staff_list: StaffList) -> dict[str, Any]:
    return {**_list(staff_list), "faults": [_fault(Fault(*one)) for one in staff_list.faults]}


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        **plain(fault, "line", "field", "code"), "message": str(FAULTS[fault.code]),
        "value": str(fault.value),
    }  # fmt: skip


@router.post("/staff-lists/", response={201: StaffListDetailOut})
def hand_in(request: Request, place: Form[str], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Hand in a list (xlsx, csv). It is checked as a job; nothing is taken yet."""
    at = places.open_place(place)
    require(request.actor, permits.IMPORT, at=at.path)
    data = StaffListForm({}, {"file": file}).accepted()
    staff_list = intake.receive_staff_list(
        data["file"], place=at.path, actor=request.actor, now=timezone.now()
    )
    return Status(201, _list_detail(staff_list))


@router.post("/staff-lists/{int:list_id}/take", response=StaffListDetailOut)
def take(request: Request, list_id: int) -> dict[str, Any]:
    """Take the right rows of a list that was checked."""
    staff_list = lists.get_staff_list(request.actor, list_id)
    intake.start_taking(staff_list, actor=request.actor, now=timezone.now())
    return _list_detail(lists.get_staff_list(request.actor, list_id))


@router.post("/staff-lists/{int:list_id}/drop", response=StaffListDetailOut)
def drop(request: Request, list_id: int) -> dict[str, Any]:
    """Put a list away."""
    staff_list = lists.get_staff_list(request.actor, list_id)
    intake.drop_staff_list(staff_list, actor=request.actor, now=timezone.now())
    return _list_detail(lists.get_staff_list(request.actor, list_id))
