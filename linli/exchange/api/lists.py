"""Lists of orders over the API: handed in, checked, taken, put away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from linli.exchange.queries import choices, returns
from linli.exchange.queries.lists import counts_seen, get_list, lines_of, taken_seen, visible_lists
from linli.exchange.services import order_lists
from linli.kernel.api import PagedIn, listed
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request

router = Router()


MOST_LINES = 200


class ListOut(Schema):
    """`counts`: rows by what they come to. `columns`: field → number of the column, from 0."""

    id: int
    sender: str
    file_name: str
    state: str
    headings: list[str]
    columns: dict[str, int]
    counts: dict[str, int]
    taken: int
    job: str
    made_at: datetime


class LineOut(Schema):
    """A row that was refused or waits: `fate`, and `faults` as (field, code)."""

    line: int
    fate: str
    place: str
    faults: list[tuple[str, str]]


class ListDetailOut(ListOut):
    lines: list[LineOut]


class ListsOut(Schema):
    count: int | None
    items: list[ListOut]
    next: str | None


def _list(
    found: Any, actor: Actor, known: Mapping[int, dict[str, int]] | None = None
) -> dict[str, Any]:
    names = ("sender", "file_name", "state", "headings", "made_at")
    sums = (counts_seen(actor, [found]) if known is None else known)[found.pk]
    return {
        "counts": sums, "taken": taken_seen(found, sums),
        **{name: getattr(found, name) for name in names},
        "id": found.pk, "columns": found.mapping, "job": found.job_code,
    }  # fmt: skip


@router.get("/hotline/lists/", response=ListsOut)
def lists(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Lists of orders that were handed in, newest first."""
    choices.require_any(request.actor)
    found = visible_lists(request.actor)
    page = page_of(found, returns.NEWEST, cursor=asked.cursor, limit=clean_limit(asked.limit))
    sums = counts_seen(request.actor, page.items)
    return listed(page, lambda one: _list(one, request.actor, sums))


class ListIn(Schema):
    place: str
    sender: str = ""


@router.post("/hotline/lists/", response={201: ListOut})
def hand_in(
    request: Request, given: Form[ListIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Hand a list in: xlsx or csv, multipart. Columns that are known are named already."""
    path = choices.path_for(request.actor, given.place)
    found = order_lists.receive_list(
        file, given.sender, place=path, actor=request.actor, now=timezone.now()
    )
    return Status(201, _list(found, request.actor))


@router.get("/hotline/lists/{list_id}/", response=ListDetailOut)
def one_list(request: Request, list_id: int) -> dict[str, Any]:
    """One list, with the first rows that were refused or wait."""
    found = get_list(request.actor, list_id)
    lines = [
        {"line": row.line, "fate": row.fate, "place": row.place, "faults": row.faults}
        for row in lines_of(request.actor, found, limit=MOST_LINES)
    ]
    return {**_list(found, request.actor), "lines": lines}


class ColumnsIn(Schema):
    """Field → number of the column, from 0."""

    columns: dict[str, int]


@router.post("/hotline/lists/{list_id}/columns", response=ListOut)
def name_columns(request: Request, list_id: int, given: ColumnsIn) -> dict[str, Any]:
    """Say what the columns mean and check every row; nothing is opened. `job` tells how far it is."""
    found, now = get_list(request.actor, list_id), timezone.now()
    found = order_lists.map_columns(found, given.columns, actor=request.actor, now=now)
    found = order_lists.start_check(found, actor=request.actor, now=now)
    return _list(found, request.actor)


class TakeIn(Schema):
    """`by_words`: open orders also at places that only their words suggest, as the caller has seen."""

    by_words: bool = False


@router.post("/hotline/lists/{list_id}/take", response=ListOut)
def take_list(request: Request, list_id: int, given: TakeIn) -> dict[str, Any]:
    """Take a list that was checked."""
    found = get_list(request.actor, list_id)
    now = timezone.now()
    found = order_lists.start_run(found, by_words=given.by_words, actor=request.actor, now=now)
    return _list(found, request.actor)


@router.post("/hotline/lists/{list_id}/drop", response=ListOut)
def drop_list(request: Request, list_id: int) -> dict[str, Any]:
    """Put a list away; its content is erased."""
    found = get_list(request.actor, list_id)
    found = order_lists.drop_list(found, actor=request.actor, now=timezone.now())
    return _list(found, request.actor)
