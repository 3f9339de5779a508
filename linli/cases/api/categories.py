"""Categories of cases over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.cases.forms.routing import CategoryForm, NewCategoryForm
from linli.cases.queries import categories as tree
from linli.cases.services import categories
from linli.kernel.api import PagedIn, listed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request

router = Router()


class CategoryOut(Schema):
    """A category; `group` is the short name of its group, null for a group itself."""

    code: str
    group: str | None
    title: str
    title_en: str
    words: list[str]
    order: int
    promise: str
    promise_en: str
    until: date | None
    edition: int


class CategoriesOut(Schema):
    count: int
    items: list[CategoryOut]
    next: str | None


class CategoriesIn(PagedIn):
    ended: bool = False


class CategoryIn(Schema):
    code: str
    parent: str = ""
    title: str
    title_en: str
    words: list[str] = []
    order: int = 500
    promise: str = ""
    promise_en: str = ""


class CategoryChangeIn(Schema):
    title: str
    title_en: str
    words: list[str] = []
    order: int = 500
    promise: str = ""
    promise_en: str = ""
    edition: int


class CategoryEndIn(Schema):
    """`until` null takes an ended category into use again."""

    until: date | None = None
    edition: int


@router.get("/routing/categories/", response=CategoriesOut)
def list_categories(request: Request, asked: Query[CategoriesIn]) -> dict[str, Any]:
    """Categories of cases, each group before what belongs to it; `ended=true` adds those that are over."""
    groups = tree.category_tree(None if asked.ended else localdate())
    rows = [
        _category(one, group.category.code)
        for group in groups
        for one in (group.category, *group.items)
    ]
    limit = clean_limit(asked.limit)
    return listed(page_of_rows(rows, lambda row: row["code"], cursor=asked.cursor, limit=limit))


def _category(one: Any, group: str) -> dict[str, Any]:
    return {
        "code": one.code, "group": None if one.parent_id is None else group, "title": one.title,
        "title_en": one.title_en, "words": [w for w in one.words.split("\n") if w],
        "order": one.order, "promise": one.promise, "promise_en": one.promise_en,
        "until": one.until, "edition": one.version,
    }  # fmt: skip


def _shown(code: str) -> dict[str, Any]:
    one = tree.get_category(code)
    return _category(one, one.parent.code if one.parent else "")


@router.post("/routing/categories/", response={201: CategoryOut})
def add_category(request: Request, given: CategoryIn) -> Status[dict[str, Any]]:
    """Add a group, or a category of a group."""
    form = NewCategoryForm({**given.dict(), "words": "\n".join(given.words)})
    accepted = form.accepted()
    made = categories.add_category(
        accepted["code"], form.details(), parent=accepted["parent"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _shown(made.code))


@router.get("/routing/categories/{code}/", response=CategoryOut)
def get_category(request: Request, code: str) -> dict[str, Any]:
    """One category."""
    return _shown(code)


@router.post("/routing/categories/{code}/change", response=CategoryOut)
def change_category(request: Request, code: str, given: CategoryChangeIn) -> dict[str, Any]:
    """Put the words of a category right."""
    form = CategoryForm({**given.dict(), "words": "\n".join(given.words)})
    form.accepted()
    categories.change_category(
        code, form.details(), edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _shown(code)


@router.post("/routing/categories/{code}/end", response=CategoryOut)
def end_category(request: Request, code: str, given: CategoryEndIn) -> dict[str, Any]:
    """Let nobody choose a category from a day on, or take it into use again."""
    categories.end_category(
        code, given.until, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _shown(code)
