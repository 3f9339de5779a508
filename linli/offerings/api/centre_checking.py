"""The check of the six norms over the API: begun, read, filed or put away; norm by norm it is answered in `centre_checks`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema, Status

from linli.kernel.api import plain
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings.forms.centres import FileCheckForm
from linli.offerings.models import CentreCheck
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries import centres as queries
from linli.offerings.queries.norms import norms
from linli.offerings.services import centre_checks as services

router = Router()


class PointOut(Schema):
    """A point of a norm and what was found: `met` is yes, no, none (does not apply) or empty, not answered.

    `case` is the number of the task that it became; `files` are codes of its evidence.
    """

    key: str
    norm: str
    zh: str
    en: str
    met: str
    words: str
    due_on: date | None
    case: str
    files: list[str]


class CheckDetailOut(Schema):
    id: int
    edition: int
    by: str
    body: str
    on: date
    state: str
    summary: str
    filed_at: datetime | None
    points: list[PointOut]


class BeginCheckIn(Schema):
    """`by` is self or third; `body` the organisation that visits."""

    by: str
    on: date
    body: str = ""


class EndCheckIn(Schema):
    summary: str = ""
    edition: int | None = None


@router.post("/centre-records/{slug:code}/checks", response={201: CheckDetailOut})
def begin_check(request: Request, code: str, given: BeginCheckIn) -> Status[dict[str, Any]]:
    """Begin a check of the six norms: by the centre itself, or by a third party that visits."""
    centre = queries.seen_centre(request.actor, code, localdate())
    made = services.begin_check(
        centre, given.by, given.on, given.body, actor=request.actor, now=timezone.now()
    )
    return Status(201, _told(made))


@router.get("/centre-checks/{int:check_id}/", response=CheckDetailOut)
def read_check(request: Request, check_id: int) -> dict[str, Any]:
    """A check with every point of the six norms."""
    return _told(held_checks.get_check(request.actor, check_id))


@router.post("/centre-checks/{int:check_id}/{slug:move}", response=CheckDetailOut)
def end_check(request: Request, check_id: int, move: str, given: EndCheckIn) -> dict[str, Any]:
    """File a check that is whole (`file`), or put one away that was begun by mistake (`drop`)."""
    check, now = held_checks.get_check(request.actor, check_id), timezone.now()
    if move == "drop":
        dropped = services.drop_check(check, edition=given.edition, actor=request.actor, now=now)
        return _told(dropped)
    if move != "file":
        raise NotFound(move=move)
    said = FileCheckForm({"edition": given.edition or check.edition, "summary": given.summary}).accepted()  # fmt: skip
    filed = services.file_check(
        check, said["summary"], edition=given.edition, actor=request.actor, now=now
    )
    return _told(filed)


def _told(check: CentreCheck) -> dict[str, Any]:
    said = held_checks.said_of(check)
    evidence = held_checks.evidence_of(said)
    points = []
    for norm in norms():
        for point in norm.points:
            row = said.get(point.key)
            points.append({
                **plain(point, "key", "norm", "zh", "en"), "met": row.met if row else "",
                "words": row.words if row else "", "due_on": row.due_on if row else None,
                "case": row.case_number if row else "",
                "files": [one.code for one in evidence.get(point.key, ())],
            })  # fmt: skip
    columns = ("id", "edition", "by", "body", "on", "state", "summary", "filed_at")
    return {**plain(check, *columns), "points": points}
