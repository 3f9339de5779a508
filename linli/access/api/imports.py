"""Staff and posts from a file: handed in to be tried or brought in, and what became of each row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile

from linli.access import permits
from linli.access.api.frame import holder_of, path_of
from linli.access.forms import ImportForm, with_choices
from linli.access.models import StaffImport
from linli.access.queries.choices import place_choices
from linli.access.queries.imports import get_import, may_seat, own_imports
from linli.access.services.handing_in import hand_in
from linli.access.types import IMPORT_OWNER
from linli.files import queries as files
from linli.files.types import Owner
from linli.kernel.api import PagedIn, paged
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()
NEWEST = Keyset("-started", ("-started_at", "-pk"))


class ImportOut(Schema):
    """`known`: rows whose account was there already; `done_at` is null while the job runs."""

    id: int
    name: str
    place: str
    is_dry_run: bool
    rows: int
    made: int
    known: int
    rejected: int
    started_at: datetime
    done_at: datetime | None


class ImportsOut(Schema):
    count: int
    items: list[ImportOut]
    next: str | None


class RejectedOut(Schema):
    line: int
    name: str
    why: str


class ImportDetailOut(ImportOut):
    """`gives_posts` is false where the caller lacks `orgs.appoint`: posts are left out then.

    `links` are codes of the workbooks of first links, which whoever brought the file in opens."""

    gives_posts: bool
    faults: list[RejectedOut]
    links: list[str]


class HandedInOut(ImportOut):
    """`job` is the code of the job whose progress can be asked for."""

    job: str


@router.get("/access/imports/", response=ImportsOut)
def imports(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The files that the caller handed in, the newest first. Not by a key."""
    holder_of(request, permits.IMPORT)
    return paged(own_imports(request.actor), NEWEST, asked, _import)


@router.get("/access/imports/{int:import_id}/", response=ImportDetailOut)
def one(request: Request, import_id: int) -> dict[str, Any]:
    """What became of a file: every row that was not taken with its reason. Not by a key."""
    holder_of(request, permits.IMPORT)
    found = get_import(request.actor, import_id)
    made = [one.code for one in files.files_of(Owner(IMPORT_OWNER, found.pk)) if one.is_made]
    gives = may_seat(request.actor, found.path)
    return {**_import(found), "gives_posts": gives, "faults": found.rejected, "links": made}


@router.post("/access/imports/", response={201: HandedInOut})
def start(
    request: Request, place: Form[str], file: File[UploadedFile], how: Form[str] = "try"
) -> Status[dict[str, Any]]:
    """Hand in a list (xlsx, csv) for a place and below: `how` is try, which keeps nothing, or do.

    It runs as a job. Not by a key: the first links go to whoever hands the list in.
    """
    holder_of(request, permits.IMPORT)
    form = ImportForm({"place": path_of(place), "how": how}, {"file": file})
    said = with_choices(form, place=place_choices(request.actor, permits.IMPORT)).accepted()
    run, job = hand_in(
        said["file"], said["place"], is_dry_run=said["how"] == "try", actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, {**_import(get_import(request.actor, run.pk)), "job": job})


def _import(one: StaffImport) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "place": code_of(one.path), "is_dry_run": one.is_dry_run,
        "rows": one.rows_count, "made": one.made_count, "known": one.known_count,
        "rejected": len(one.rejected), "started_at": one.started_at, "done_at": one.done_at,
    }  # fmt: skip
