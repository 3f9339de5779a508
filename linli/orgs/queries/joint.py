"""Reads on joint meetings and their three lists. Level 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.permits import PUBLIC, Actor
from linli.orgs import permits
from linli.orgs.models import JointEntry, JointMeeting, JointMember
from linli.orgs.queries.register import bodies_at, inside, inside_any, must_see
from linli.orgs.types import ListKind

BY_PLACE = Keyset("place", ("path", "pk"))


def joint_meetings(actor: Actor, path: str) -> QuerySet[JointMeeting]:
    """Joint meetings that stand, at a place and below. Refuses with NotFound."""
    must_see(actor, path)
    return JointMeeting.objects.filter(inside(path), until=None).order_by("path", "pk")


def get_meeting(actor: Actor, meeting_id: int) -> JointMeeting:
    """Return one joint meeting. Refuses with NotFound."""
    found = JointMeeting.objects.filter(pk=meeting_id)
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.PARTY)))
    meeting = found.select_related("organisation").first()
    if meeting is None:
        raise NotFound(id=meeting_id)
    return meeting


def members_of(meeting: JointMeeting) -> QuerySet[JointMember]:
    """Units that take part now."""
    return (
        meeting.members.filter(until=None)
        .select_related("organisation")
        .order_by("unit_name", "pk")
    )


def bodies_of(meeting: JointMeeting) -> list[int]:
    """Ids of the bodies of the register that take part now."""
    known = members_of(meeting).filter(organisation__isnull=False)
    return [pk for pk in known.values_list("organisation_id", flat=True) if pk]


def possible_units(actor: Actor, meeting: JointMeeting, *, on: date) -> list[Any]:
    """Public bodies of the register that may take part: those of the village, then of its town."""
    here = bodies_at(actor, meeting.path, on=on)
    town = meeting.path.removesuffix(f"{code_of(meeting.path)}/")
    above = bodies_at(actor, town, on=on)
    return [one for one in (*here, *above) if one.level == PUBLIC]


def get_member(actor: Actor, member_id: int) -> JointMember:
    """Return one unit of a joint meeting that the actor may see. Refuses with NotFound."""
    found = JointMember.objects.filter(pk=member_id)
    member = found.select_related("meeting", "organisation").first()
    if member is None or not actor.may(permits.PARTY, at=member.meeting.path):
        raise NotFound(id=member_id)
    return member


def lists_of(meeting: JointMeeting) -> dict[str, list[JointEntry]]:
    """Return the three lists: resources, needs, projects; one query."""
    lists: dict[str, list[JointEntry]] = {kind.value: [] for kind in ListKind}
    for entry in meeting.entries.select_related("member", "need", "resource").order_by("pk"):
        lists[entry.kind].append(entry)
    return lists


def get_entry(actor: Actor, entry_id: int) -> JointEntry:
    """Return one line of a list that the actor may see. Refuses with NotFound."""
    found = JointEntry.objects.filter(pk=entry_id).select_related("meeting", "member")
    entry = found.first()
    if entry is None or not actor.may(permits.PARTY, at=entry.meeting.path):
        raise NotFound(id=entry_id)
    return entry
