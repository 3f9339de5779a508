"""How the plan is built, over the API: its parts, stages and requirements. All published."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router, Schema

from linli.kernel.api import listed, paged
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.plan import queries
from linli.plan.api.frame import ListIn
from linli.plan.models import Part, Passage, PlanDocument, Stage

router = Router()
IN_ORDER = Keyset("start", ("start", "id"))


class PartOut(Schema):
    number: int
    label: str
    title: str
    kind: str


class PartsOut(Schema):
    count: int
    items: list[PartOut]
    next: str | None


class StageOut(Schema):
    id: int
    version: int
    number: int
    name: str
    name_en: str
    first_on: date | None
    last_on: date | None
    text: str


class StagesOut(Schema):
    count: int
    items: list[StageOut]
    next: str | None


class RequirementOut(Schema):
    number: int
    title: str
    text: str


class RequirementsOut(Schema):
    count: int
    items: list[RequirementOut]
    next: str | None


@router.get("/plan/parts/", response=PartsOut)
def list_parts(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The numbered parts of the plan in its order."""
    found = queries.parts_of(queries.current_document(asked.plan))
    return paged(found, IN_ORDER, asked, _part)


def _part(part: Part) -> dict[str, Any]:
    return {"number": part.number, "label": part.label, "title": part.title, "kind": part.kind}


@router.get("/plan/stages/", response=StagesOut)
def list_stages(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The stages of the work with their first and last day; a day that nobody knows is null."""
    document = queries.get_document(asked.plan)
    found = queries.stages_of(document)
    page = page_of(found, IN_ORDER, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, lambda stage: _stage(document, stage))


def _stage(document: PlanDocument, stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.pk, "version": stage.version, "number": stage.number, "name": stage.name,
        "name_en": stage.name_en, "first_on": stage.first_on, "last_on": stage.last_on,
        "text": document.text[stage.start : stage.end],
    }  # fmt: skip


@router.get("/plan/requirements/", response=RequirementsOut)
def list_requirements(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """What the plan requires of the work as a whole, in its own words."""
    document = queries.get_document(asked.plan)
    found = queries.requirements_of(document)
    page = page_of(found, IN_ORDER, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, lambda passage: _requirement(document, passage))


def _requirement(document: PlanDocument, passage: Passage) -> dict[str, Any]:
    text = document.text[passage.start : passage.end]
    return {"number": passage.number, "title": passage.title, "text": text}
