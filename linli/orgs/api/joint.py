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
from linli.orgs.api.frame import ListIn, place_for
from linli.orgs.forms.joint import (
    MeetingChangeForm,
    MeetingForm,
    UnitForm,
)
from linli.orgs.forms.joint_choice import unit_of
from linli.orgs.models import JointEntry, JointMeeting
from linli.orgs.queries import joint, party
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import joint as services
from linli.orgs.types import ListKind
from linli.places import queries as places

router = Router()
BY_PLACE = Keyset("place", ("path", "id"))
ONE = "/meetings/{int:meeting_id}/"


class MeetingOut(Schema):
    id: int
    place: str
    name: str
    since: date | None
    until: date | None


class MeetingsOut(Schema):
    count: int
    items: list[MeetingOut]
    next: str | None


class UnitOut(Schema):
    """`organisation` is the code of the body in the register, if it is one."""

    id: int
    name: str
    organisation: str
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
    return meeting_detail(joint.get_meeting(request.actor, meeting_id))


def _meeting(meeting: JointMeeting) -> dict[str, Any]:
    return {
        "id": meeting.pk,
        "place": code_of(meeting.path),
        **plain(meeting, "name", "since", "until"),
    }


def meeting_detail(meeting: JointMeeting) -> dict[str, Any]:
    """Return a meeting with its units and lists."""
    lists = joint.lists_of(meeting)
    return {
        **_meeting(meeting),
        "units": [
            {
                "id": one.pk,
                "name": one.unit_name,
                "since": one.since,
                "organisation": one.organisation.code if one.organisation else "",
            }
            for one in joint.members_of(meeting)
        ],
        **{f"{kind.value}s": [line_out(row) for row in lists[kind.value]] for kind in ListKind},
    }


def line_out(row: JointEntry) -> dict[str, Any]:
    """Return a line as programs read it."""
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
    return Status(201, meeting_detail(made))


class MeetingChangeIn(Schema):
    """`until` is the day from which on it is no more, today at the latest; left out while it stands."""

    name: str
    until: date | None = None


@router.post(ONE + "change", response=MeetingDetailOut)
def change_meeting(request: Request, meeting_id: int, given: MeetingChangeIn) -> dict[str, Any]:
    """Rename a joint meeting, or end it."""
    meeting = kept_meeting(request, meeting_id)
    data = MeetingChangeForm(given.dict()).accepted()
    changed = services.change_joint_meeting(
        meeting, **data, actor=request.actor, now=timezone.now()
    )
    return meeting_detail(changed)


class UnitIn(Schema):
    """`organisation` is the code of a body of the register; without a name the unit is called as it."""

    name: str = ""
    organisation: str = ""


@router.post(ONE + "join", response=MeetingDetailOut)
def join_meeting(request: Request, meeting_id: int, given: UnitIn) -> dict[str, Any]:
    """Take a resident unit in."""
    meeting = kept_meeting(request, meeting_id)
    said = _unit(request, meeting, given)
    services.join_meeting(meeting, **said, actor=request.actor, now=timezone.now())
    return meeting_detail(meeting)


@router.post("/units/{int:member_id}/correct", response=MeetingDetailOut)
def correct_unit(request: Request, member_id: int, given: UnitIn) -> dict[str, Any]:
    """Put right what a unit is called, and which body of the register it is."""
    member = joint.get_member(request.actor, member_id)
    meeting = kept_meeting(request, member.meeting_id)
    said = _unit(request, meeting, given)
    services.correct_unit(member, **said, actor=request.actor, now=timezone.now())
    return meeting_detail(meeting)


def _unit(request: Request, meeting: JointMeeting, given: UnitIn) -> dict[str, Any]:
    bodies = joint.possible_units(request.actor, meeting, on=localdate())
    typed = {"unit_name": given.name, "organisation": given.organisation}
    form = UnitForm(typed, organisations=[(one.code, one.name) for one in bodies])
    return unit_of(form.accepted(), bodies)


@router.post("/units/{int:member_id}/leave", response=MeetingDetailOut)
def leave_meeting(request: Request, member_id: int) -> dict[str, Any]:
    """Record that a unit takes part no longer."""
    member = joint.get_member(request.actor, member_id)
    services.leave_meeting(member, actor=request.actor, now=timezone.now())
    return meeting_detail(member.meeting)


def kept_meeting(request: Request, meeting_id: int) -> Any:
    """Return a meeting that the caller keeps. Refuses with NotFound, NotAllowed."""
    meeting = joint.get_meeting(request.actor, meeting_id)
    must_keep_party(request.actor, meeting.path)
    return meeting
