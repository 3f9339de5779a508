"""Who is enrolled for an event and who came, over the API for the office."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.activities.api.events import SessionOut
from linli.activities.forms.taking_part import OthersForm
from linli.activities.queries import events as queries
from linli.activities.services import attending
from linli.kernel.api import plain
from linli.kernel.web import Request

router = Router()


class CameIn(Schema):
    """`code` is on the page of the family; `people` how many of it came. Staff are never counted."""

    code: str
    people: int = 1


class CameOut(Schema):
    code: str
    people: int
    came: int


class DeskSeatOut(Schema):
    """A family that is enrolled; its name is masked, who takes part stays sealed."""

    code: str
    state: str
    people: int
    masked_name: str


class DeskSessionOut(SessionOut):
    """`others` is how many came without signing up, empty as long as nobody counted."""

    id: int
    others: int | None


class OthersIn(Schema):
    """How many came without signing up, by heads. Staff are never counted."""

    others: int


class DeskEventOut(Schema):
    id: int
    sessions: list[DeskSessionOut]
    enrolments: list[DeskSeatOut]


@router.get("/desk/events/{int:event_id}/enrolments/", response=DeskEventOut)
def list_enrolments(request: Request, event_id: int) -> dict[str, Any]:
    """Who is enrolled, masked, with the sessions at which one checks in."""
    event = queries.kept_event(request.actor, event_id)
    return {
        "id": event.pk,
        "sessions": [plain(one, "id", "starts_at", "ends_at", "others") for one in queries.sessions_of(event)],
        "enrolments": [plain(one, "code", "state", "people", "masked_name") for one in queries.enrolled(event)],
    }  # fmt: skip


@router.post("/desk/events/{int:event_id}/sessions/{int:session_id}/came", response=CameOut)
def check_in(request: Request, event_id: int, session_id: int, given: CameIn) -> dict[str, Any]:
    """Record how many of a family came to a session; sent again it corrects the number."""
    event = queries.kept_event(request.actor, event_id)
    session = queries.session_of(event, session_id)
    found = queries.enrolment_by_code(given.code)
    made = attending.check_in(session, found, given.people, actor=request.actor, now=timezone.now())
    return {"code": found.code, "people": made.people, "came": sum(queries.came(event).values())}


@router.post(
    "/desk/events/{int:event_id}/sessions/{int:session_id}/others", response=DeskSessionOut
)
def count_others(
    request: Request, event_id: int, session_id: int, given: OthersIn
) -> dict[str, Any]:
    """Record how many came to a session without signing up; sent again it corrects the number."""
    event = queries.kept_event(request.actor, event_id)
    said = OthersForm({"others": given.others}).accepted()["others"]
    session = queries.session_of(event, session_id)
    made = attending.count_others(session, said, actor=request.actor, now=timezone.now())
    return plain(made, "id", "starts_at", "ends_at", "others")
