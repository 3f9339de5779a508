"""The joint meeting of units that reside in an area, with its three lists. Level 6."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.orgs.models.register import Organisation
from linli.orgs.models.shapes import NAME, NOTE, Located, Period, in_order, one_of
from linli.orgs.types import EntryState, ListKind


class JointMeeting(Located, Period):
    """The standing joint meeting that a working committee leads with the units in its area."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            in_order("jointmeeting_in_order"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(until__isnull=True),
                name="jointmeeting_one_open",
            ),
        ]
        indexes = [models.Index(fields=["path"], name="jointmeeting_path")]

    def __str__(self) -> str:
        return self.name


class JointMember(Period):
    """A unit that takes part, known to the register or by its name alone."""

    meeting = models.ForeignKey(JointMeeting, models.PROTECT, related_name="members")
    unit_name = models.CharField(max_length=NAME)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            in_order("jointmember_in_order"),
            models.UniqueConstraint(
                fields=["meeting", "unit_name"],
                condition=Q(until__isnull=True),
                name="jointmember_once",
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name


class JointEntry(models.Model):
    """A line of one of the three lists; a project names the need and the resource it joins."""

    meeting = models.ForeignKey(
        JointMeeting, models.PROTECT, related_name="entries", db_index=False
    )
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=NAME)
    detail = models.CharField(max_length=NOTE, blank=True)
    member = models.ForeignKey(JointMember, models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    resource = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default=EntryState.OPEN.value)
    entered_on = models.DateField()
    due_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("jointentry_kind_known", "kind", ListKind),
            one_of("jointentry_state_known", "state", EntryState),
            models.CheckConstraint(
                name="jointentry_projects_join",
                condition=Q(kind=ListKind.PROJECT.value)
                | Q(need__isnull=True, resource__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["meeting", "kind", "id"], name="jointentry_list")]

    def __str__(self) -> str:
        return self.title
