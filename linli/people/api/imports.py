"""Lists of people over the API: handed in, columns named, checked, taken, put away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import place_of
from linli.people.forms import UploadForm
from linli.people.models import ImportRun
from linli.people.queries.imports import get_run, refused_page, visible_runs
from linli.people.queries.scopes import node_of_code
from linli.people.rules.columns import FIELDS
from linli.people.services import importing as services

router = Router()
NEWEST = Keyset("newest", ("-id",))
MOST_ROWS = 200


class ImportOut(Schema):
    """`columns`: field → number of the column, from 0. `counts`: rows by what they come to."""

    id: int
    place: str
    source: str
    file_name: str
    state: str
    headings: list[str]
    columns: dict[str, int]
    defaults: dict[str, str]
    counts: dict[str, int]
    taken: int
    job: str = Field(description="The long job that works on it: its progress is told under jobs.")
    made_by: str
    made_at: datetime


class ImportsOut(Schema):
    count: int
    items: list[ImportOut]
    next: str | None


class RefusedOut(Schema):
    """A row that was not taken: its cells with numbers covered, and every fault as (field, code)."""

    line: int
    cells: list[str]
    faults: list[tuple[str, str]]


class ImportDetailOut(ImportOut):
    """With rows that were refused, in the order of the list; `next` leads to those that follow."""

    refused: list[RefusedOut]
    next: str | None


def _run(run: ImportRun) -> dict[str, Any]:
    names = (
        "source", "file_name", "state", "headings", "defaults", "counts", "taken", "made_by", "made_at"
    )  # fmt: skip
    return {
        "id": run.pk, "place": code_of(run.path), "columns": run.mapping, "job": run.job_code,
        **plain(run, *names),
    }  # fmt: skip


@router.get("/people/imports/", response=ImportsOut)
def imports(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Lists that were handed in, the newest first."""
    if not request.actor.holds(permits.IMPORT):
        raise NotFound()
    return paged(visible_runs(request.actor), NEWEST, asked, _run)


class HandInIn(Schema):
    """`source`: where the list comes from; what its columns mean is remembered under this name."""

    place: str
    source: str


@router.post("/people/imports/", response={201: ImportOut})
def hand_in(
    request: Request, given: Form[HandInIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Hand a list in: xlsx or csv, multipart. Columns that are known are named already."""
    at = place_of(request, given.place, permits.IMPORT)
    node = node_of_code(at.code)
    data = UploadForm(given.dict(), {"file": file}, places=[node] if node else []).accepted()
    run = services.receive_upload(
        data["file"], data["source"], place=at.path, actor=request.actor, now=timezone.now()
    )
    return Status(201, _run(run))


@router.get("/people/imports/{int:run_id}/", response=ImportDetailOut)
def one_import(request: Request, run_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """One list: its columns, what the check found or became of it, a page of the refused rows."""
    run = get_run(request.actor, run_id)
    page = refused_page(run, cursor=asked.cursor, limit=clean_limit(asked.limit or MOST_ROWS))
    refused = [{"line": row.line, "cells": row.covered, "faults": row.faults} for row in page.items]
    return {**_run(run), "refused": refused, "next": page.next}


class ColumnsIn(Schema):
    """Field → number of the column, from 0; `defaults` hold for every row whose cell is empty."""

    columns: dict[str, int]
    defaults: dict[str, str] = {}


@router.post("/people/imports/{int:run_id}/map", response=ImportOut)
def name_columns(request: Request, run_id: int, given: ColumnsIn) -> dict[str, Any]:
    """Say what the columns mean and check every row; nothing enters the register yet."""
    run, now = get_run(request.actor, run_id), timezone.now()
    unknown = sorted({*given.columns, *given.defaults} - set(FIELDS))
    wide = [name for name, at in given.columns.items() if not 0 <= at < len(run.headings)]
    if unknown or wide:
        known = ", ".join(FIELDS) if unknown else f"0 … {len(run.headings) - 1}"
        raise Invalid({name: [known] for name in [*unknown, *wide]})
    run = services.map_columns(run, given.columns, given.defaults, actor=request.actor, now=now)
    return _run(services.start_check(run, actor=request.actor, now=now))


@router.post("/people/imports/{int:run_id}/take", response=ImportOut)
def take(request: Request, run_id: int) -> dict[str, Any]:
    """Take the good rows of a checked list; the answer names the job that does it."""
    run = get_run(request.actor, run_id)
    return _run(services.start_run(run, actor=request.actor, now=timezone.now()))


@router.post("/people/imports/{int:run_id}/drop", response=ImportOut)
def drop(request: Request, run_id: int) -> dict[str, Any]:
    """Put a list away; its content is erased."""
    run = get_run(request.actor, run_id)
    return _run(services.drop_run(run, actor=request.actor, now=timezone.now()))
