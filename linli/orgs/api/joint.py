"""Joint meetings of resident units over the API: members and the three lists. Level 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.kernel.api import paged, plain
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.orgs import permits
from linli.orgs.api.frame import ListIn, WithEdition, place_for
from linli.orgs.forms.party import LineForm, LineStateForm, MeetingForm, UnitForm
from linli.orgs.models import JointEntry, JointMeeting
from linli.orgs.queries import joint, party
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import joint as services
from linli.orgs.services.joint import EntryFacts
from linli.orgs.types import EntryState, ListKind
from linli.places import queries as places

router = Router()
BY_PLACE = Keyset("place", ("path", "id"))
ONE = "/meetings/{int:meeting_id}/"


class MeetingOut(Schema):
    id: int
    place: str
    name: str
    since: date | None


class MeetingsOut(Schema):
    count: int
    items: list[MeetingOut]
    next: str | None


class UnitOut(Schema):
    id: int
    name: str
    since: date | None


class LineOut(Schema):
    id: int
    edition: int
    kind: str
    title: str
    detail: str
    unit: int | None
    need: int | None
    resource: int | None
    state: str
    entered_on: date
    due_on: date | None


class MeetingDetailOut(MeetingOut):
    units: list[UnitOut]
    resources: list[LineOut]
    needs: list[LineOut]
    projects: list[LineOut]


@router.get("/meetings/", response=MeetingsOut)
def list_meetings(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The joint meetings that stand at a place and below."""
    path = place_for(request.actor, asked.place, permits.PARTY)
    found = joint.joint_meetings(request.actor, path)
    return paged(found, BY_PLACE, asked, _meeting)


@router.get(ONE, response=MeetingDetailOut)
def get_meeting(request: Request, meeting_id: int) -> dict[str, Any]:
    """One joint meeting: its units, and what they have, need and do together."""
    return _detail(joint.get_meeting(request.actor, meeting_id))


def _meeting(meeting: JointMeeting) -> dict[str, Any]:
    return {"id": meeting.pk, "place": code_of(meeting.path), **plain(meeting, "name", "since")}


def _detail(meeting: JointMeeting) -> dict[str, Any]:
    lists = joint.lists_of(meeting)
    return {
        **_meeting(meeting),
        "units": [
            {"id": one.pk, "name": one.unit_name, "since": one.since}
            for one in joint.members_of(meeting)
        ],
        **{f"{kind.value}s": [_line(row) for row in lists[kind.value]] for kind in ListKind},
    }


def _line(row: JointEntry) -> dict[str, Any]:
    names = ("edition", "kind", "title", "detail", "state", "entered_on", "due_on")
    return {
        "id": row.pk, "unit": row.member_id, "need": row.need_id, "resource": row.resource_id,
        **plain(row, *names),
    }  # fmt: skip


class MeetingIn(Schema):
    place: str
    name: str
    since: date


@router.post("/meetings/", response={201: MeetingDetailOut})
def found_meeting(request: Request, given: MeetingIn) -> Status[dict[str, Any]]:
    """Found the joint meeting of a village."""
    place = places.open_place(given.place)
    must_keep_party(request.actor, place.path)
    data = MeetingForm(given.dict()).accepted()
    leader = party.working_committee(request.actor, place.path, on=localdate())
    if leader is None:
        raise Invalid({"name": [_("This place has no working committee on record.")]})
    made = services.found_joint_meeting(leader, **data, actor=request.actor, now=timezone.now())
    return Status(201, _detail(made))


class UnitIn(Schema):
    name: str


@router.post(ONE + "join", response=MeetingDetailOut)
def join_meeting(request: Request, meeting_id: int, given: UnitIn) -> dict[str, Any]:
    """Take a resident unit in."""
    meeting = _kept(request, meeting_id)
    name = UnitForm({"unit_name": given.name}).accepted()["unit_name"].strip()
    services.join_meeting(meeting, unit_name=name, actor=request.actor, now=timezone.now())
    return _detail(meeting)


@router.post("/units/{int:member_id}/leave", response=MeetingDetailOut)
def leave_meeting(request: Request, member_id: int) -> dict[str, Any]:
    """Record that a unit takes part no longer."""
    member = joint.get_member(request.actor, member_id)
    services.leave_meeting(member, actor=request.actor, now=timezone.now())
    return _detail(member.meeting)


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
    meeting = _kept(request, meeting_id)
    lists, members = joint.lists_of(meeting), list(joint.members_of(meeting))
    options = {
        "member": [(str(row.pk), row.unit_name) for row in members],
        "need": [(str(row.pk), row.title) for row in lists[ListKind.NEED]],
        "resource": [(str(row.pk), row.title) for row in lists[ListKind.RESOURCE]],
    }
    picked = {"member": given.unit, "need": given.need, "resource": given.resource}
    typed = {name: str(pk or "") for name, pk in picked.items()}
    data = LineForm({**given.dict(), **typed}, lists=options).accepted()
    facts = EntryFacts(
        kind=ListKind(data["kind"]), title=data["title"], detail=data["detail"],
        member=_picked(members, given.unit), need=_picked(lists[ListKind.NEED], given.need),
        resource=_picked(lists[ListKind.RESOURCE], given.resource), due_on=data["due_on"],
    )  # fmt: skip
    services.enter_line(meeting, facts, actor=request.actor, now=timezone.now())
    return _detail(meeting)


def _picked(rows: list[Any], pk: int | None) -> Any:
    return next((row for row in rows if row.pk == pk), None)


class LineStateIn(WithEdition):
    state: str


@router.post("/lines/{int:entry_id}/move", response=LineOut)
def move_line(request: Request, entry_id: int, given: LineStateIn) -> dict[str, Any]:
    """Say where a line stands."""
    entry = joint.get_entry(request.actor, entry_id)
    must_keep_party(request.actor, entry.meeting.path)
    data = LineStateForm(given.dict()).accepted()
    moved = services.move_line(
        entry, state=EntryState(data["state"]), edition=data["edition"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _line(moved)


def _kept(request: Request, meeting_id: int) -> Any:
    meeting = joint.get_meeting(request.actor, meeting_id)
    must_keep_party(request.actor, meeting.path)
    return meeting
