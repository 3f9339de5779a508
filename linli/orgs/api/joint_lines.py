"""Lines of the three lists of a joint meeting over the API: entered, corrected, moved on. Level 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Schema

from linli.kernel.web import Request
from linli.orgs.api.frame import WithEdition
from linli.orgs.api.joint import (
    ONE,
    LineOut,
    MeetingDetailOut,
    kept_meeting,
    line_out,
    meeting_detail,
    router,
)
from linli.orgs.forms.joint import LineCorrectForm, LineForm, LineStateForm
from linli.orgs.forms.joint_choice import LineChoice
from linli.orgs.queries import joint
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import joint_lines
from linli.orgs.types import EntryState, ListKind


class LineIn(Schema):
    """`unit`, `need` and `resource` are the numbers of what is on the lists already."""

    kind: str
    title: str
    detail: str = ""
    unit: int | None = None
    need: int | None = None
    resource: int | None = None
    due_on: date | None = None


@router.post(ONE + "enter", response=MeetingDetailOut)
def enter_line(request: Request, meeting_id: int, given: LineIn) -> dict[str, Any]:
    """Enter a line of one of the three lists."""
    meeting = kept_meeting(request, meeting_id)
    choice = LineChoice(meeting)
    data = LineForm(_typed(given), lists=choice.options).accepted()
    facts = choice.facts(ListKind(data["kind"]), data)
    joint_lines.enter_line(meeting, facts, actor=request.actor, now=timezone.now())
    return meeting_detail(meeting)


def _typed(given: LineIn) -> dict[str, Any]:
    tied = {"member": given.unit, "need": given.need, "resource": given.resource}
    return {**given.dict(), **{name: str(pk or "") for name, pk in tied.items()}}


class LineCorrectIn(LineIn, WithEdition):
    """What a line says from now on, as a whole. It stays on its list."""

    state: str


@router.post("/lines/{int:entry_id}/correct", response=LineOut)
def correct_line(request: Request, entry_id: int, given: LineCorrectIn) -> dict[str, Any]:
    """Put right what a line says, and say where it stands."""
    entry = joint.get_entry(request.actor, entry_id)
    must_keep_party(request.actor, entry.meeting.path)
    choice = LineChoice(entry.meeting, entry)
    data = LineCorrectForm(_typed(given), lists=choice.options).accepted()
    kind = next((one for one in ListKind if one == given.kind), ListKind(entry.kind))
    corrected = joint_lines.correct_line(
        entry, choice.facts(kind, data), state=EntryState(data["state"]), edition=data["edition"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return line_out(corrected)


class LineStateIn(WithEdition):
    state: str


@router.post("/lines/{int:entry_id}/move", response=LineOut)
def move_line(request: Request, entry_id: int, given: LineStateIn) -> dict[str, Any]:
    """Say where a line stands."""
    entry = joint.get_entry(request.actor, entry_id)
    must_keep_party(request.actor, entry.meeting.path)
    data = LineStateForm(given.dict()).accepted()
    moved = joint_lines.move_line(
        entry, state=EntryState(data["state"]), edition=data["edition"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return line_out(moved)
