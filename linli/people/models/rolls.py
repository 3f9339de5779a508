"""Rolls: lists with a meaning in law, each kept for itself and never derived from another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.people.models.persons import Person
from linli.people.models.shapes import NOTE, TEXT, WORD, Located, Period, in_order, one_of
from linli.people.types import RollKind


class Roll(Located):
    """One roll of one body: the voters of a village, the members of a collective, the owners here."""

    kind = models.CharField(max_length=WORD)
    name = models.CharField(max_length=TEXT)
    basis = models.CharField(max_length=TEXT)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("roll_kind_known", "kind", RollKind),
            models.UniqueConstraint(
                fields=["village_id", "kind", "name"],
                condition=Q(closed_on__isnull=True),
                name="roll_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["village_id", "kind", "id"], name="roll_village"),
            models.Index(fields=["town_id", "kind", "id"], name="roll_town"),
        ]

    def __str__(self) -> str:
        return self.name


class RollEntry(Period):
    """Somebody is on a roll for a time, by some evidence."""

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=TEXT)
    # shares held, or square metres owned; the roll's kind says which
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    detail = models.CharField(max_length=TEXT, blank=True, default="", db_default="")
    ended_because = models.CharField(max_length=NOTE, blank=True, default="", db_default="")
    name_key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints = [
            in_order("rollentry_in_order"),
            models.UniqueConstraint(
                fields=["roll", "person", "detail"],
                condition=Q(until__isnull=True),
                name="rollentry_once",
            ),
        ]
        indexes = [models.Index(fields=["roll", "name_key", "id"], name="rollentry_name")]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.person_id}"
