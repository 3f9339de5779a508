"""The list of responsibilities over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.cases.forms.routing import EndForm
from linli.cases.queries import duties as duty_queries
from linli.cases.queries.categories import ids_of_codes
from linli.cases.services import duties
from linli.cases.types.keeping import Charge
from linli.cases.types.routing import Duty
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.web import Request

router = Router()


class DutyOut(Schema):
    """Who is in charge of a category at a place, or is to know; `place` is where it was named."""

    id: int
    category: str
    place: str
    duty: str
    post_id: int
    post: str
    since: date | None
    until: date | None
    basis: str
    edition: int


class DutiesOut(Schema):
    count: int
    items: list[DutyOut]
    next: str | None


class DutiesIn(PagedIn):
    place: str = ""
    on: date | None = None


class DutyIn(Schema):
    category: str
    place: str
    duty: str = "responsible"
    post_id: int
    since: date
    basis: str = ""


class DutyEndIn(Schema):
    until: date
    edition: int


@router.get("/routing/responsibilities/", response=DutiesOut)
def list_duties(request: Request, asked: Query[DutiesIn]) -> dict[str, Any]:
    """The list of responsibilities of a place on a day, with what the places above it named."""
    path = path_of(asked.place, empty=CITY_PATH)
    rows = duty_queries.lines_on(path, asked.on or localdate())
    found = [duty_out(category, line) for category, line in rows]
    limit = clean_limit(asked.limit)
    return listed(page_of_rows(found, lambda row: str(row["id"]), cursor=asked.cursor, limit=limit))


def duty_out(category: Any, line: Any) -> dict[str, Any]:
    """Return a line of the list as the API shows it."""
    return {
        "id": line.id, "category": category.code, "place": code_of(line.path),
        "duty": str(line.duty), "post_id": line.post_id, "post": line.post, "since": line.since,
        "until": line.until, "basis": line.basis, "edition": line.edition,
    }  # fmt: skip


def _duty_shown(line_id: int) -> dict[str, Any]:
    row = duty_queries.get_line(line_id)
    return duty_out(row.category, duty_queries.line_of(row))


@router.post("/routing/responsibilities/", response={201: DutyOut})
def name_responsible(request: Request, given: DutyIn) -> Status[dict[str, Any]]:
    """Put a post in charge of a category at a place, or have it informed."""
    category = ids_of_codes([given.category]).get(given.category)
    if category is None:
        raise Invalid({"category": [_("Choose a category that is in use.")]})
    if given.duty not in list(Duty):
        raise Invalid({"duty": [", ".join(Duty)]})
    if not given.place:
        raise Invalid({"place": [_("This is needed here.")]})
    path = path_of(given.place)
    charge = Charge(category, path, Duty(given.duty), given.post_id, given.since, given.basis)
    made = duties.name_responsible(charge, actor=request.actor, now=timezone.now())
    return Status(201, _duty_shown(made.pk))


@router.post("/routing/responsibilities/{int:line_id}/end", response=DutyOut)
def end_responsibility(request: Request, line_id: int, given: DutyEndIn) -> dict[str, Any]:
    """End a line of the list on a day."""
    until = EndForm({"until": given.until, "edition": given.edition}).accepted()["until"]
    duties.end_responsibility(
        line_id, until, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _duty_shown(line_id)
