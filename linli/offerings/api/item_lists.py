"""Lists of items over the API: handed in, checked row by row, taken as drafts, put away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linli.kernel.api import PagedIn, listed, one_of, paged, plain
from linli.kernel.handed_in import is_dry
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.forms.item_lists import ItemListForm
from linli.offerings.queries import handed_items as queries
from linli.offerings.services import handed_items as services
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.offerings.models import ItemList
    from linli.offerings.queries.handed_items import ListedItem

router = Router()
NEWEST = Keyset("newest", ("-id",))
ACTS = {
    "take": services.start_taking,
    "check": services.check_again,
    "drop": services.drop_list,
}


class ItemListOut(Schema):
    """A list that was handed in; lists of lists say how each stands."""

    code: str
    place: str
    file_name: str
    state: str = Field(description="received, mapped, checked, running, done or dropped.")
    counts: dict[str, int] = Field(
        description="Rows by what they come to: refused, elsewhere, waiting, made, changed, same."
    )
    is_dry: bool = Field(description="Nothing is written yet: `counts` is what would come of it.")
    taken: int = Field(description="Rows from the top that are done.")
    job: str = Field(description="The long job that takes it: its progress is told under jobs.")
    made_by: str
    made_at: datetime


class ItemListsOut(Schema):
    count: int
    items: list[ItemListOut]
    next: str | None


class ItemReasonOut(Schema):
    """Where in a row something is wrong, and what, in the words of the page."""

    where: str
    message: str


class ItemRowOut(Schema):
    """A row: its line in the file, the item, what comes of it and every reason against it."""

    line: int
    key: str
    name: str
    fate: str
    reasons: list[ItemReasonOut]


class ItemRowsOut(Schema):
    count: int
    items: list[ItemRowOut]
    next: str | None


class ItemListDetailOut(ItemListOut):
    rows: ItemRowsOut


class ItemRowsIn(PagedIn):
    """`fate` narrows the rows: refused, elsewhere, waiting, made, changed or same."""

    fate: str = ""


@router.get("/item-lists/", response=ItemListsOut)
def list_item_lists(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Lists handed in for places where the caller writes items, the newest first."""
    queries.grounds_of(request.actor)
    return paged(queries.visible_lists(request.actor), NEWEST, asked, _list)


@router.post("/item-lists/", response={201: ItemListDetailOut})
def hand_in(request: Request, place: Form[str], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Hand a list in (xlsx or csv, multipart). Every row is checked; no item is written yet."""
    grounds = queries.grounds_of(request.actor)
    said = ItemListForm({"place": place}, {"file": file}, places=grounds).accepted()
    made = services.receive_list(
        places.open_place(said["place"]), said["file"].read(), said["file"].name,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _whole(made, ItemRowsIn()))


@router.get("/item-lists/{slug:code}/", response=ItemListDetailOut)
def get_item_list(request: Request, code: str, asked: Query[ItemRowsIn]) -> dict[str, Any]:
    """One list and its rows, a page of them: what comes of each and why one is refused."""
    return _whole(queries.get_list(request.actor, code), asked)


@router.post("/item-lists/{slug:code}/{move}", response=ItemListOut)
def move_item_list(
    request: Request, code: str, move: Literal["take", "check", "drop"]
) -> dict[str, Any]:
    """Take the good rows as drafts (a job does it), check all rows again, or put the list away."""
    found = queries.get_list(request.actor, code)
    return _list(ACTS[move](found, actor=request.actor, now=timezone.now()))


def _list(found: ItemList) -> dict[str, Any]:
    return {
        **plain(found, "code", "file_name", "state", "taken", "made_by", "made_at"),
        "place": code_of(found.path), "counts": queries.counts_of(found),
        "is_dry": is_dry(found.state), "job": found.job_code,
    }  # fmt: skip


def _whole(found: ItemList, asked: ItemRowsIn) -> dict[str, Any]:
    fate = one_of("fate", asked.fate, queries.FATES)
    rows = page_of_rows(
        list(queries.rows_of(found, (fate,) if fate else ())), lambda one: f"{one.line}",
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return {**_list(found), "rows": listed(rows, _row)}


def _row(row: ListedItem) -> dict[str, Any]:
    reasons = [{"where": where, "message": why} for where, why in row.reasons]
    return {**plain(row, "line", "key", "name", "fate"), "reasons": reasons}
