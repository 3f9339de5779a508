"""Plans as documents over the API: read in, looked through, corrected beside the text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, listed, one_of, paged
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.plan import imports, permits, queries, services
from linli.plan.api.frame import ListIn, WithVersion
from linli.plan.forms import CorrectionForm, ImportForm
from linli.plan.models import Correction, PlanDocument
from linli.plan.rules import corrections as rules
from linli.plan.types import Change, ItemKind, Origin

router = Router()
MAIN_FIRST = Keyset("main", ("-is_main", "code", "id"))
NEWEST = Keyset("-made", ("-made_at", "-id"))


class DocumentOut(Schema):
    code: str
    version: int
    title: str
    title_en: str
    document_number: str
    issued_on: date | None
    source: str
    is_main: bool
    imported_at: datetime


class DocumentsOut(Schema):
    count: int
    items: list[DocumentOut]
    next: str | None


class NoticedOut(Schema):
    line: int
    code: str
    raw: str
    reading: str


class DocumentDetailOut(DocumentOut):
    text: str
    sha256: str
    characters: int
    characters_in_items: int
    guesses: list[NoticedOut]
    unread: list[NoticedOut]


@router.get("/plan/documents/", response=DocumentsOut)
def list_documents(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """The plans of this installation as they hold now, the main one first."""
    page = page_of(
        queries.documents(), MAIN_FIRST, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _document)


@router.get("/plan/documents/{slug:code}/", response=DocumentDetailOut)
def get_document(request: Request, code: str) -> dict[str, Any]:
    """One plan with its text, what was guessed in reading it and what could not be read."""
    return _detail(queries.get_document(code))


def _document(plan: PlanDocument) -> dict[str, Any]:
    names = ("code", "version", "title", "title_en", "document_number", "issued_on", "source",
             "is_main", "imported_at")  # fmt: skip
    return {name: getattr(plan, name) for name in names}


def _detail(plan: PlanDocument) -> dict[str, Any]:
    return {
        **_document(plan), "text": plan.text, "sha256": plan.sha256, "characters": len(plan.text),
        "characters_in_items": plan.characters_in_items,
        "guesses": [_noticed(one) for one in plan.guesses],
        "unread": [_noticed(one) for one in plan.unread],
    }  # fmt: skip


def _noticed(one: dict[str, Any]) -> dict[str, Any]:
    return {"line": one["line"], "code": one["code"], "raw": one["raw"],
            "reading": str(one.get("reading") or "")}  # fmt: skip


class DocumentIn(Schema):
    """The text of a plan as it stands, faults and all."""

    code: str
    source: str
    text: str


@router.post("/plan/documents/", response={201: DocumentDetailOut})
def import_document(request: Request, given: DocumentIn) -> Status[dict[str, Any]]:
    """Read a plan from its text. A plan of this code that was there goes on as its next version."""
    path = next(iter(request.actor.paths(permits.IMPORT)), None)
    if path is None and not request.actor.is_system:
        raise NotFound()
    file = SimpleUploadedFile("plan.txt", given.text.encode())
    data = ImportForm({"code": given.code, "source": given.source}, {"file": file}).accepted()
    origin = Origin(data["code"], data["source"], path or CITY_PATH)
    kept = imports.import_file(data["file"].read(), origin, actor=request.actor, now=timezone.now())
    return Status(201, _detail(queries.get_document(kept.code)))


class CorrectionOut(Schema):
    id: int
    kind: str
    item: int
    label: str
    field: str
    read_value: str
    value_before: str
    value: str
    why: str
    why_en: str
    made_by: str
    made_at: datetime


class CorrectionsOut(Schema):
    count: int
    items: list[CorrectionOut]
    next: str | None


class CorrectionsIn(ListIn):
    kind: str = ""
    item: int | None = None


@router.get("/plan/corrections/", response=CorrectionsOut)
def list_corrections(request: Request, asked: Query[CorrectionsIn]) -> dict[str, Any]:
    """What people corrected beside the text, the newest first; of Party tasks without values."""
    plan = queries.current_document(asked.plan)
    found = queries.visible_corrections(
        request.actor, plan, kind=one_of("kind", asked.kind, ItemKind), item_id=asked.item
    )
    return paged(found, NEWEST, asked, _correction)


def _correction(row: Correction) -> dict[str, Any]:
    names = ("kind", "label", "field", "read_value", "value_before", "value", "why", "why_en",
             "made_by", "made_at")  # fmt: skip
    return {"id": row.pk, "item": row.item_id, **{name: getattr(row, name) for name in names}}


class CorrectionIn(WithVersion):
    """`item` is the id of a task, target, measure or stage; days as 2026-11-24."""

    plan: str = ""
    kind: str
    item: int
    field: str
    value: str
    why: str


@router.post("/plan/corrections/", response={201: CorrectionOut})
def correct_item(request: Request, given: CorrectionIn) -> Status[dict[str, Any]]:
    """Correct one field of what was read, and say why; the value as read stays beside it."""
    plan = queries.current_document(given.plan)
    require(request.actor, permits.CORRECT, at=plan.path)
    item = queries.get_item(plan, given.kind, given.item)
    if given.field not in rules.FIELDS.get(given.kind, {}):
        raise Invalid({"field": [", ".join(rules.FIELDS.get(given.kind, {}))]})
    form = CorrectionForm(
        given.field, {"value": given.value, "why": given.why, "version": given.version}
    )
    data = form.accepted()
    change = Change(given.field, form.words(), data["why"], version=data["version"])
    made = services.correct_item(
        ItemKind(given.kind), item.pk, change, actor=request.actor, now=timezone.now()
    )
    return Status(201, _correction(made))
