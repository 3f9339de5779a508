"""Papers and photos of a notice over the API, and the notice as a numbered paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from ninja import File, Schema, Status
from ninja.files import UploadedFile

from linli.kernel.api import one_of
from linli.kernel.errors import Invalid
from linli.kernel.web import Request
from linli.notices import queries, services
from linli.notices.api.frame import NoticeDeskOut, desk_out, router
from linli.notices.types import Size


class NoticeAddedOut(Schema):
    """The notice with what was taken, and in words why others were not."""

    notice: NoticeDeskOut
    refused: list[str]


class NoticePrintIn(Schema):
    """`size` is a4, a3 or tiled (A3 as two sheets A4); `language` zh-hans or en."""

    size: str = Size.A4.value
    language: str = "zh-hans"


class NoticePrintOut(Schema):
    """The code of the paper: `/api/v1/documents/{code}/` tells of it, its check page is public."""

    code: str
    number: str


@router.post("/notices/{code}/papers", response={201: NoticeAddedOut})
def add_papers(
    request: Request, code: str, files: File[list[UploadedFile]]
) -> Status[dict[str, Any]]:
    """Attach papers to what is being written of a notice."""
    return _added(request, code, files, services.add_files)


@router.post("/notices/{code}/photos", response={201: NoticeAddedOut})
def add_photos(
    request: Request, code: str, files: File[list[UploadedFile]]
) -> Status[dict[str, Any]]:
    """Add photos of the paper on the board; nobody has to take any."""
    return _added(request, code, files, services.add_photos)


def _added(
    request: Request,
    code: str,
    files: list[UploadedFile],
    add: Callable[..., list[tuple[str, Any]]],
) -> Status[dict[str, Any]]:
    posting = queries.get_for_staff(request.actor, code)
    refused = add(posting, files, actor=request.actor, now=timezone.now())
    if len(refused) == len(files):
        raise Invalid({"files": [str(refusal) for _name, refusal in refused]})
    told = [f"{name}: {refusal}" for name, refusal in refused]
    notice = desk_out(queries.get_for_staff(request.actor, code))
    return Status(201, {"notice": notice, "refused": told})


@router.post("/notices/{code}/files/{file}/drop", response=NoticeDeskOut)
def drop_file(request: Request, code: str, file: str) -> dict[str, Any]:
    """Take a photo away, or a paper of what is being written; what was published stays."""
    posting = queries.get_for_staff(request.actor, code)
    services.drop_file(posting, file, actor=request.actor, now=timezone.now())
    return desk_out(queries.get_for_staff(request.actor, code))


@router.post("/notices/{code}/print", response={201: NoticePrintOut})
def print_notice(request: Request, code: str, given: NoticePrintIn) -> Status[dict[str, Any]]:
    """Issue a published notice as a numbered paper that everybody can check."""
    posting = queries.get_for_staff(request.actor, code)
    size = Size(one_of("size", given.size, Size) or Size.A4)
    language = one_of("language", given.language, ("zh-hans", "en")) or "zh-hans"
    paper = services.print_posting(
        posting, size=size, language=language, actor=request.actor, now=timezone.now()
    )
    return Status(201, {"code": paper.code, "number": paper.number})
