"""The register of printed papers over the API. The paper itself is had as a file, by its code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.documents import permits, queries, services
from linli.documents.api.frame import ListIn, filter_of, require_any
from linli.documents.api.seals import SealUseOut, shown_uses
from linli.documents.forms import ReprintForm, WithdrawForm
from linli.documents.models import Document
from linli.documents.types import TEMPLATES
from linli.kernel.api import COUNTED, listed, plain
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class PaperOut(Schema):
    """`file` is the code under which the PDF is fetched."""

    code: str
    number: str
    kind: str
    title: str
    language: str
    office: str
    place: str
    state: str
    level: int
    needs_seal: bool
    issued_at: datetime
    issued_by: str
    print_count: int
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str
    sha256: str
    file: str | None
    log_index: int | None
    is_demo: bool


class PapersOut(Schema):
    count: int = Field(description=COUNTED)
    items: list[PaperOut]
    next: str | None


class PrintingOut(Schema):
    at: datetime
    label: str
    copies: int
    reason: str


class PaperDetailOut(PaperOut):
    """With its latest 50 printings and every use of a seal on it, newest first."""

    printings: list[PrintingOut]
    seal_uses: list[SealUseOut]


@router.get("/documents/", response=PapersOut)
def list_papers(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Papers at the places whose register the caller reads, newest first."""
    require_any(request.actor, [permits.READ])
    shown = filter_of(asked, queries.DOCUMENT_WORDS, [one.key for one in TEMPLATES])
    page = queries.list_documents(
        request.actor, shown, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, shown_paper)


def shown_paper(document: Document) -> dict[str, Any]:
    """Return a paper as lists show it."""
    names = (
        "code", "number", "title", "language", "office", "state", "level", "needs_seal",
        "issued_at", "issued_by", "print_count", "withdrawn_at", "withdrawn_by",
        "withdrawn_reason", "sha256", "log_index", "is_demo",
    )  # fmt: skip
    return {
        **plain(document, *names), "kind": document.template, "place": code_of(document.place),
        "file": document.file.code if document.file else None,
    }  # fmt: skip


@router.get("/documents/{code}/", response=PaperDetailOut)
def one_paper(request: Request, code: str) -> dict[str, Any]:
    """One paper with its printings and the uses of a seal on it."""
    return _whole(queries.get_document(request.actor, code))


class ReprintIn(Schema):
    copies: int
    reason: str


@router.post("/documents/{code}/reprint", response=PaperDetailOut)
def reprint(request: Request, code: str, given: ReprintIn) -> dict[str, Any]:
    """Enter that a paper is printed again; the file stays the same."""
    document = queries.get_document(request.actor, code)
    data = ReprintForm(given.dict()).accepted()
    services.reprint_document(
        document, copies=data["copies"], reason=data["reason"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _whole(queries.get_document(request.actor, code))


class WithdrawIn(Schema):
    """The check page shows the reason to everybody: it names no person."""

    reason: str


@router.post("/documents/{code}/withdraw", response=PaperDetailOut)
def withdraw(request: Request, code: str, given: WithdrawIn) -> dict[str, Any]:
    """Declare a paper invalid; what still waits for a seal on it is taken back."""
    document = queries.get_document(request.actor, code)
    reason = WithdrawForm(given.dict()).accepted()["reason"]
    services.withdraw_document(document, reason=reason, actor=request.actor, now=timezone.now())
    return _whole(queries.get_document(request.actor, code))


def _whole(document: Document) -> dict[str, Any]:
    return {
        **shown_paper(document),
        "printings": list(document.prints.order_by("-id")[:50]),
        "seal_uses": shown_uses(list(document.seal_uses.order_by("-id"))),
    }
