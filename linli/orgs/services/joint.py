"""The joint meeting of resident units and its three lists. Level 6. Basis: PO-07, PO-08, plan task 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import PROTECTED, Actor, require
from linli.orgs import permits
from linli.orgs.models import JointEntry, JointMeeting, JointMember, Organisation
from linli.orgs.models.rows import located
from linli.orgs.queries.party import WORKING_COMMITTEE
from linli.orgs.types import EntryState, ListKind
from linli.trail.services import record


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One line of a list; a project joins a need and a resource."""

    kind: ListKind
    title: str
    detail: str = ""
    member: JointMember | None = None
    need: JointEntry | None = None
    resource: JointEntry | None = None
    due_on: date | None = None


@transaction.atomic
def found_joint_meeting(
    organisation: Organisation, *, name: str, since: date, actor: Actor, now: datetime
) -> JointMeeting:
    """Found the joint meeting that a working committee leads. Refuses with NotAllowed, Invalid."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(actor, permits.PARTY_KEEP, at=organisation.path, level=PROTECTED)
    if organisation.kind_id != WORKING_COMMITTEE or not name.strip():
        raise Invalid({"name": [_("A working committee founds it; give it a name.")]})
    if JointMeeting.objects.filter(organisation=organisation, until=None).exists():
        raise Invalid({"name": [_("This working committee has a joint meeting already.")]})
    meeting = JointMeeting.objects.create(
        organisation=organisation,
        name=name,
        since=since,
        **located(organisation),
    )
    _record("orgs.joint_meeting_founded", meeting, actor, now)
    return meeting


@transaction.atomic
def join_meeting(
    meeting: JointMeeting,
    *,
    unit_name: str,
    organisation: Organisation | None = None,
    actor: Actor,
    now: datetime,
) -> JointMember:
    """Take a resident unit into the joint meeting. Refuses with NotAllowed, Invalid."""
    meeting = JointMeeting.objects.select_for_update().get(pk=meeting.pk)
    require(actor, permits.PARTY_KEEP, at=meeting.path, level=PROTECTED)
    if not unit_name.strip():
        raise Invalid({"unit_name": [_("Give the name of the unit.")]})
    if meeting.members.filter(unit_name=unit_name, until=None).exists():
        raise Invalid({"unit_name": [_("This unit takes part already.")]})
    member = JointMember.objects.create(
        meeting=meeting, unit_name=unit_name, organisation=organisation, since=localdate(now)
    )
    _record("orgs.joint_meeting_joined", meeting, actor, now)
    return member


@transaction.atomic
def leave_meeting(member: JointMember, *, actor: Actor, now: datetime) -> JointMember:
    """Record that a unit takes part no longer. Refuses with NotAllowed."""
    member = (
        JointMember.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .get(pk=member.pk)
    )
    require(actor, permits.PARTY_KEEP, at=member.meeting.path, level=PROTECTED)
    if member.until is None:
        today = localdate(now)
        # who came in by mistake and leaves the same day leaves no period behind
        member.since = None if member.since == today else member.since
        member.until = today
        member.save(update_fields=["since", "until"])
        _record("orgs.joint_meeting_left", member.meeting, actor, now)
    return member


@transaction.atomic
def enter_line(
    meeting: JointMeeting, facts: EntryFacts, *, actor: Actor, now: datetime
) -> JointEntry:
    """Enter a resource, a need, or a project that joins the two. Refuses with NotAllowed, Invalid."""
    require(actor, permits.PARTY_KEEP, at=meeting.path, level=PROTECTED)
    _check(meeting, facts)
    entry = JointEntry.objects.create(
        meeting=meeting,
        kind=facts.kind.value,
        title=facts.title,
        detail=facts.detail,
        member=facts.member,
        need=facts.need,
        resource=facts.resource,
        entered_on=localdate(now),
        due_on=facts.due_on,
    )
    _record("orgs.joint_line_entered", meeting, actor, now)
    return entry


@transaction.atomic
def move_line(
    entry: JointEntry, *, state: EntryState, edition: int, actor: Actor, now: datetime
) -> JointEntry:
    """Say where a line stands: open, agreed, done or dropped. Refuses with NotAllowed, Stale."""
    entry = (
        JointEntry.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .get(pk=entry.pk)
    )
    require(actor, permits.PARTY_KEEP, at=entry.meeting.path, level=PROTECTED)
    if entry.edition != edition:
        raise Stale(move="move", state=entry.state)
    entry.state = state.value
    entry.edition += 1
    entry.save(update_fields=["state", "edition"])
    _record("orgs.joint_line_moved", entry.meeting, actor, now)
    return entry


def _check(meeting: JointMeeting, facts: EntryFacts) -> None:
    faults: dict[str, list[str]] = {}
    if not facts.title.strip():
        faults["title"] = [_("Say what it is.")]
    joined = (facts.need, facts.resource)
    if facts.kind is not ListKind.PROJECT and any(joined):
        faults["need"] = [_("Only a project joins a need and a resource.")]
    if facts.need and (facts.need.kind, facts.need.meeting_id) != (ListKind.NEED, meeting.pk):
        faults["need"] = [_("Choose a need of this meeting.")]
    if facts.resource and (facts.resource.kind, facts.resource.meeting_id) != (
        ListKind.RESOURCE,
        meeting.pk,
    ):
        faults["resource"] = [_("Choose a resource of this meeting.")]
    if facts.member and facts.member.meeting_id != meeting.pk:
        faults["member"] = [_("Choose a unit of this meeting.")]
    if faults:
        raise Invalid(faults)


def _record(verb: str, meeting: JointMeeting, actor: Actor, now: datetime) -> None:
    record(verb, on=meeting, actor=actor, now=now, place=meeting.path, level=PROTECTED)
