"""Persons, where they live, and the terms by which they are found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.people.models.shapes import (
    NAME,
    NOTE,
    WORD,
    Located,
    Period,
    by_place,
    in_order,
    one_of,
)
from linli.people.types import Basis, Sex, Standing


class Person(models.Model):
    """One human being, wherever she lives. A person that was joined to another points to it."""

    name = models.CharField(max_length=NAME)
    other_name = models.CharField(max_length=NAME, blank=True, default="", db_default="")
    sex = models.CharField(max_length=7, default=Sex.UNKNOWN.value)
    born_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False, db_default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("person_sex_known", "sex", Sex),
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=Q(died_on__isnull=True)
                | Q(born_on__isnull=True)
                | Q(died_on__gte=F("born_on")),
            ),
            models.CheckConstraint(
                name="person_not_into_itself", condition=~Q(merged_into=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["died_on"], name="person_died", condition=Q(died_on__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name


class Residency(Located, Period):
    """Somebody lives at a place, on some basis, for a time: the head that lists of people read.

    Name key, sex and birth date are copies of the person's, so that a list is one index scan.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    dwelling = models.ForeignKey("people.Dwelling", models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=40, blank=True, default="", db_default="")
    standing = models.CharField(max_length=WORD)
    basis = models.CharField(max_length=WORD)
    basis_until = models.DateField(null=True)
    employer = models.CharField(max_length=100, blank=True, default="", db_default="")
    ended_because = models.CharField(max_length=NOTE, blank=True, default="", db_default="")
    # a second entry of one person at one place, hidden after joining
    is_shadowed = models.BooleanField(default=False, db_default=False)
    name_key = models.CharField(max_length=120, db_collation="C")
    sex = models.CharField(max_length=7)
    born_on = models.DateField()
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            one_of("residency_standing_known", "standing", Standing),
            one_of("residency_basis_known", "basis", Basis),
            in_order("residency_in_order"),
            models.UniqueConstraint(
                fields=["person", "village_id"],
                condition=Q(until__isnull=True, is_shadowed=False),
                name="residency_one_open",
            ),
        ]
        indexes = [
            *by_place("residency_name", "name_key", "id"),
            *by_place("residency_born", "born_on", "id"),
            *by_place(
                "residency_permit",
                "basis_until",
                "id",
                condition=Q(basis_until__isnull=False, until__isnull=True),
            ),
            # who may be gone for long: stays that ended, and those that another one stands for
            models.Index(
                fields=["until", "person"],
                name="residency_ended",
                condition=Q(until__isnull=False),
            ),
            models.Index(
                fields=["person"], name="residency_shadowed", condition=Q(is_shadowed=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.path}"


class NameTerm(models.Model):
    """A beginning by which a person is found at a place: a part of the name, a reading, initials."""

    pk = models.CompositePrimaryKey("village_id", "term", "person_id")
    term = models.CharField(max_length=48, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField()
    village_id = models.BigIntegerField()
    # no foreign key: the row is derived, and rebuilt whenever in doubt
    person_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["city_id", "term", "person_id"], name="nameterm_city"),
            models.Index(fields=["town_id", "term", "person_id"], name="nameterm_town"),
        ]

    def __str__(self) -> str:
        return self.term
