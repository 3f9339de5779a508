"""Lines of the three lists of a joint meeting: entered, corrected, moved on. Level 6. Basis: PO-08."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import PROTECTED, Actor, require
from linli.orgs import permits
from linli.orgs.models import JointEntry, JointMeeting, JointMember
from linli.orgs.services.joint import meeting_to_keep, note
from linli.orgs.types import EntryState, ListKind

SAID = ("title", "detail", "member", "need", "resource", "due_on")


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
def enter_line(
    meeting: JointMeeting, facts: EntryFacts, *, actor: Actor, now: datetime
) -> JointEntry:
    """Enter a resource, a need, or a project that joins the two.

    Refuses with NotAllowed, Invalid, MeetingOver.
    """
    require(actor, permits.PARTY_KEEP, at=meeting.path, level=PROTECTED)
    meeting = meeting_to_keep(meeting, actor=actor)
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
    note("orgs.joint_line_entered", meeting, actor, now)
    return entry


@transaction.atomic
def move_line(
    entry: JointEntry, *, state: EntryState, edition: int, actor: Actor, now: datetime
) -> JointEntry:
    """Say where a line stands: open, agreed, done or dropped.

    Refuses with NotAllowed, MeetingOver, Stale.
    """
    entry = _locked(entry, edition, "move", actor)
    entry.state = state.value
    entry.edition += 1
    entry.save(update_fields=["state", "edition"])
    note("orgs.joint_line_moved", entry.meeting, actor, now)
    return entry


@transaction.atomic
def correct_line(
    entry: JointEntry,
    facts: EntryFacts,
    *,
    state: EntryState,
    edition: int,
    actor: Actor,
    now: datetime,
) -> JointEntry:
    """Put right what a line says, and where it stands; it stays on its list.

    Refuses with NotAllowed, MeetingOver, Invalid, Stale.
    """
    entry = _locked(entry, edition, "correct", actor)
    if facts.kind != entry.kind:
        raise Invalid({"kind": [_("A line stays on its list; drop it and enter another.")]})
    _check(entry.meeting, facts)
    said = {name: getattr(facts, name) for name in SAID}
    is_corrected = any(getattr(entry, name) != value for name, value in said.items())
    is_moved = entry.state != state
    if not (is_corrected or is_moved):
        return entry
    for name, value in said.items():
        setattr(entry, name, value)
    entry.state, entry.edition = state.value, entry.edition + 1
    entry.save(update_fields=[*SAID, "state", "edition"])
    if is_corrected:
        note("orgs.joint_line_corrected", entry.meeting, actor, now)
    if is_moved:
        note("orgs.joint_line_moved", entry.meeting, actor, now)
    return entry


def _locked(entry: JointEntry, edition: int, move: str, actor: Actor) -> JointEntry:
    require(actor, permits.PARTY_KEEP, at=entry.meeting.path, level=PROTECTED)
    meeting = meeting_to_keep(entry.meeting, actor=actor)
    entry = JointEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    entry.meeting = meeting
    if entry.edition != edition:
        raise Stale(move=move, state=entry.state)
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
