"""The joint meeting of resident units: founded, renamed, ended, and who takes part. Level 6. Basis: PO-07, PO-08, plan task 2."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import PROTECTED, Actor, open_to_all, require
from linli.orgs import permits
from linli.orgs.errors import MeetingOver
from linli.orgs.models import JointMeeting, JointMember, Organisation
from linli.orgs.models.rows import located
from linli.orgs.queries.party import WORKING_COMMITTEE
from linli.trail.services import record


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
    note("orgs.joint_meeting_founded", meeting, actor, now)
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
    """Take a resident unit into the joint meeting, known to the register or by its name alone.

    Refuses with NotAllowed, Invalid, MeetingOver.
    """
    meeting = _to_keep(meeting, actor)
    _check_unit(meeting, unit_name)
    member = JointMember.objects.create(
        meeting=meeting, unit_name=unit_name, organisation=organisation, since=localdate(now)
    )
    note("orgs.joint_meeting_joined", meeting, actor, now)
    return member


@transaction.atomic
def leave_meeting(member: JointMember, *, actor: Actor, now: datetime) -> JointMember:
    """Record that a unit takes part no longer. Refuses with NotAllowed, MeetingOver."""
    meeting = _to_keep(member.meeting, actor)
    member = JointMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.until is None:
        today = localdate(now)
        # who came in by mistake and leaves the same day leaves no period behind
        member.since = None if member.since == today else member.since
        member.until = today
        member.save(update_fields=["since", "until"])
        note("orgs.joint_meeting_left", meeting, actor, now)
    return member


@transaction.atomic
def change_joint_meeting(
    meeting: JointMeeting, *, name: str, until: date | None = None, actor: Actor, now: datetime
) -> JointMeeting:
    """Rename a joint meeting, or end it from a day on that has come; its lists stay on record.

    Refuses with NotAllowed, Invalid, MeetingOver.
    """
    meeting = _to_keep(meeting, actor)
    faults: dict[str, list[str]] = {}
    if not name.strip():
        faults["name"] = [_("Give the name.")]
    if until is not None and until <= (meeting.since or date.min):
        faults["until"] = [_("The day must be after the day on which it began.")]
    elif until is not None and until > localdate(now):
        # what has an end is over for every reader, so an end to come is entered when it comes
        faults["until"] = [_("This day has not come yet.")]
    if faults:
        raise Invalid(faults)
    is_renamed, meeting.name, meeting.until = meeting.name != name, name, until
    meeting.save(update_fields=["name", "until"])
    if is_renamed:
        note("orgs.joint_meeting_renamed", meeting, actor, now)
    if until is not None:
        _end_units(meeting, until)
        note("orgs.joint_meeting_ended", meeting, actor, now)
    return meeting


@transaction.atomic
def correct_unit(
    member: JointMember,
    *,
    unit_name: str,
    organisation: Organisation | None,
    actor: Actor,
    now: datetime,
) -> JointMember:
    """Put right what a unit is called, and which body of the register it is.

    Refuses with NotAllowed, Invalid, MeetingOver.
    """
    meeting = _to_keep(member.meeting, actor)
    member = JointMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    _check_unit(meeting, unit_name, but=member.pk)
    member.unit_name, member.organisation = unit_name, organisation
    member.save(update_fields=["unit_name", "organisation"])
    note("orgs.joint_unit_corrected", meeting, actor, now)
    return member


def meeting_to_keep(meeting: JointMeeting, *, actor: Actor) -> JointMeeting:
    """Return a joint meeting, locked, into which something is entered.

    Refuses with NotAllowed, and with MeetingOver after its end.
    """
    return _to_keep(meeting, actor)


def _to_keep(meeting: JointMeeting, actor: Actor) -> JointMeeting:
    meeting = JointMeeting.objects.select_for_update().get(pk=meeting.pk)
    require(actor, permits.PARTY_KEEP, at=meeting.path, level=PROTECTED)
    if meeting.until is not None:
        raise MeetingOver(move="change", state="ended")
    return meeting


def _check_unit(meeting: JointMeeting, unit_name: str, *, but: int = 0) -> None:
    if not unit_name.strip():
        raise Invalid({"unit_name": [_("Give the name of the unit.")]})
    same = meeting.members.filter(unit_name=unit_name, until=None).exclude(pk=but)
    if same.exists():
        raise Invalid({"unit_name": [_("This unit takes part already.")]})


def _end_units(meeting: JointMeeting, until: date) -> None:
    """Who would have come only on that day or later leaves no period behind."""
    still = meeting.members.filter(until=None)
    still.filter(since__gte=until).update(since=None, until=until)
    still.filter(until=None).update(until=until)


@open_to_all("who calls it has asked for the permit")
def note(verb: str, meeting: JointMeeting, actor: Actor, now: datetime) -> None:
    """Record what happened to a joint meeting; its words stay in the level 6 tables."""
    record(verb, on=meeting, actor=actor, now=now, place=meeting.path, level=PROTECTED)
