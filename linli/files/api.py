"""JSON API of files: upload under the limits of the pages, how a file stands, where to fetch it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from linli.files import queries, services
from linli.files.models import StoredFile
from linli.files.types import DRAFT, UPLOADS, FileKind
from linli.kernel.errors import NotAllowed
from linli.kernel.web import Request
from linli.runtime.types import account_or_address, limited

router = Router(tags=["files"])


class SmallerOut(Schema):
    """A smaller copy of a photo; `side` is its longer side in pixels."""

    side: int
    width: int
    height: int
    size: int
    content: str


class FileOut(Schema):
    """A file that passed all checks. `content` is the address that gives its bytes to whoever may see it."""

    code: str
    name: str
    kind: str
    mime: str
    size: int
    width: int | None
    height: int | None
    level: int
    is_draft: bool
    is_sealed: bool
    stored_at: datetime
    kept_until: date | None
    content: str
    smaller: list[SmallerOut]


class RefusedOut(Schema):
    """An upload that was not taken, with the reason."""

    name: str
    code: str
    message: str


class TakenOut(Schema):
    taken: list[FileOut]
    refused: list[RefusedOut]


@router.post("/files/drafts/add", response=TakenOut)
@limited("files.drafts", UPLOADS, account_or_address)
def add(request: Request, files: File[list[UploadedFile]]) -> dict[str, Any]:
    """Take in files for something that is still being written: two days, for the sender alone.

    Each is checked by its content; good ones are taken though others are refused. If none is good,
    the call is refused.
    """
    if request.actor.account_id is None:
        raise NotAllowed()
    taken, refused = services.take_drafts(files, actor=request.actor, now=timezone.now())
    if refused and not taken:
        raise refused[0][1]
    told = [{"name": n, "code": r.code, "message": str(r)} for n, r in refused]
    return {"taken": [_file(one) for one in taken], "refused": told}


@router.get("/files/{code}/", response=FileOut)
def one_file(request: Request, code: str) -> dict[str, Any]:
    """How a file stands that the caller may see, and where to fetch it."""
    return _file(queries.get_file(request.actor, code))


def _file(file: StoredFile) -> dict[str, Any]:
    names = ("code", "name", "kind", "size", "width", "height", "level", "is_sealed", "stored_at")
    content = reverse("api_file_content", args=[file.code])
    return {
        **{name: getattr(file, name) for name in names},
        "mime": FileKind(file.kind).mime,
        "is_draft": file.owner_kind == DRAFT,
        "kept_until": file.retention_until,
        "content": content,
        "smaller": [
            {
                "side": int(one.side), "width": one.width, "height": one.height, "size": one.size,
                "content": f"{content}?side={one.side}",
            }
            for one in queries.smaller_of(file)
        ],
    }  # fmt: skip
