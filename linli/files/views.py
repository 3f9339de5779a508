"""Handing out files, and taking them in while a form is being filled in."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from linli.files import queries, rules, services
from linli.files.services.list_files import order_list_file
from linli.files.types import UPLOADS, FileKind
from linli.kernel.errors import NotFound
from linli.kernel.permits import PERSONAL, PUBLIC
from linli.kernel.web import Request, done, page
from linli.runtime.types import account_or_address, limited

if TYPE_CHECKING:
    from linli.files.models import StoredFile

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def download(request: Request, code: str, side: str = "") -> HttpResponseBase:
    """Hand out a file: photos are shown, everything else is saved, nothing of it is run."""
    file = queries.get_file(request.actor, code)
    etag = f'"{file.code}-{side or "whole"}"'
    if request.headers.get("If-None-Match") == etag and not file.is_sealed:
        return HttpResponseNotModified(headers={"ETag": etag})
    kind = FileKind(file.kind)
    shown_as = FileKind.JPEG if side else kind
    response = FileResponse(_content(request, file, side), content_type=shown_as.mime)
    response["Content-Disposition"] = rules.disposition(file.name, inline=kind.is_photo)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["ETag"] = etag
    response["Cache-Control"] = cache_control(file.level)
    return response


@require_safe
def content(request: Request, code: str) -> HttpResponseBase:
    """Hand out a file to a program, `?side=480` a smaller copy of a photo."""
    side = request.GET.get("side", "")
    if side and side not in rules.SIDES:
        raise NotFound()
    return download(request, code, side)


@require_POST
def list_file(request: Request) -> HttpResponse:
    """Order a file of the list from whose page this was sent, with the filters of its address."""
    given = request.POST
    job = order_list_file(
        given.get("list", ""), given.get("query", ""), given.get("form", ""),
        place=given.get("place", "")[:24], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("runtime:job_detail", args=[job.code]))


def _content(request: Request, file: StoredFile, side: str) -> IO[Any]:
    if not file.is_sealed:
        return services.open_content(file, side, actor=request.actor)
    return BytesIO(services.read_content(file, side, actor=request.actor, now=timezone.now()))


def cache_control(level: int) -> str:
    """Public files may be kept by everybody, personal ones by nobody."""
    if level <= PUBLIC:
        return "public, max-age=3600"
    return "private, max-age=300" if level < PERSONAL else "private, no-store"


@require_POST
@limited("files.drafts", UPLOADS, account_or_address)
def draft_add(request: Request) -> HttpResponse:
    """Take in files while their form is still open, so that they outlive a lost connection."""
    uploads = request.FILES.getlist("files")
    kept, refused = services.take_drafts(uploads, actor=request.actor, now=timezone.now())
    context = {"files": kept, "refused": [refusal for _name, refusal in refused]}
    status = 422 if refused and not kept else 200
    return page(request, "files/drafts.html", context, part="files/_drafts.html", status=status)
