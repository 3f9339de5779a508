"""What a line of a joint meeting can be tied to, as options of a field and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linli.orgs.forms.posts import Option
from linli.orgs.models import JointEntry, JointMeeting
from linli.orgs.queries import joint
from linli.orgs.services.joint_lines import EntryFacts
from linli.orgs.types import ListKind


class LineChoice:
    """Units, needs and resources of a meeting; those of a line are offered though they have gone."""

    def __init__(self, meeting: JointMeeting, entry: JointEntry | None = None) -> None:
        lists, members = joint.lists_of(meeting), list(joint.members_of(meeting))
        if entry and entry.member and entry.member not in members:
            members.append(entry.member)
        self.known: dict[str, list[Any]] = {
            "member": members,
            "need": lists[ListKind.NEED],
            "resource": lists[ListKind.RESOURCE],
        }

    @property
    def options(self) -> dict[str, list[Option]]:
        """Return the options of each field."""
        return {
            name: [(str(row.pk), str(row)) for row in rows] for name, rows in self.known.items()
        }

    def facts(self, kind: ListKind, data: Mapping[str, Any]) -> EntryFacts:
        """Return what was typed about a line."""
        tied = {
            name: next((row for row in rows if str(row.pk) == data[name]), None)
            for name, rows in self.known.items()
        }
        return EntryFacts(
            kind=kind, title=data["title"], detail=data["detail"], due_on=data["due_on"], **tied
        )

    @staticmethod
    def typed(entry: JointEntry) -> dict[str, Any]:
        """Return a line as the form shows it first."""
        return {
            "title": entry.title, "detail": entry.detail, "due_on": entry.due_on, "state": entry.state,
            "member": entry.member_id, "need": entry.need_id, "resource": entry.resource_id,
            "edition": entry.edition,
        }  # fmt: skip


def unit_of(data: Mapping[str, Any], bodies: Iterable[Any]) -> dict[str, Any]:
    """Return the name of a unit and the body that it is; without a name it is called as the body."""
    body = next((one for one in bodies if one.code == data["organisation"]), None)
    name = data["unit_name"].strip() or (body.name if body else "")
    return {"unit_name": name, "organisation": body}
