"""Requests about personal data, printed lists of rights, and imports of staff."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.access.models.accounts import Account
from linli.access.states import DATA_REQUEST, RequestState
from linli.access.types import RequestKind


class DataRequest(models.Model):
    """A person asks for a copy, a correction, a deletion or an explanation (PIPL 44–50)."""

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=DATA_REQUEST.start.value)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # of a relative of somebody who died (PIPL 49): who, and how related
    for_deceased = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=120, db_collation="C")
    text = models.TextField(max_length=2000)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    # what the rulebook said on the day: value, unit, source, certainty
    due_by_rule = models.JSONField(default=dict)
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="data_request_kind_known",
                condition=Q(kind__in=[k.value for k in RequestKind]),
            ),
            models.CheckConstraint(
                name="data_request_state_known",
                condition=Q(state__in=[s.value for s in RequestState]),
            ),
            models.CheckConstraint(
                name="data_request_answer_given",
                condition=~Q(state__in=[RequestState.ANSWERED.value, RequestState.REFUSED.value])
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "due_on", "id"], name="data_request_due"),
            models.Index(fields=["account", "-received_at"], name="data_request_mine"),
        ]

    def __str__(self) -> str:
        return self.number


class RightsList(models.Model):
    """The list of who may do what at a place, as it was printed for signature in a quarter."""

    path = models.CharField(max_length=120, db_collation="C")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    document_number = models.CharField(max_length=60, blank=True)
    document_code = models.CharField(max_length=20, blank=True)
    rows = models.JSONField()
    content_hash = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rights_list_quarter", condition=Q(quarter__gte=1, quarter__lte=4)
            )
        ]
        indexes = [models.Index(fields=["path", "-made_at"], name="rights_list_of_place")]

    def __str__(self) -> str:
        return f"{self.path} {self.year} Q{self.quarter}"


class StaffImport(models.Model):
    """One file of staff and posts that was brought in; the links are shown once."""

    name = models.CharField(max_length=120)
    path = models.CharField(max_length=120, db_collation="C")
    rows_count = models.PositiveIntegerField(default=0)
    made_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list)
    is_dry_run = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
