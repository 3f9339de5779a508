"""Households and dwellings: who lives with whom, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.people.models.persons import Person
from linli.people.models.shapes import NOTE, TEXT, WORD, Located, Period, by_place, in_order, one_of
from linli.people.types import DwellingKind, HouseholdKind, PartyRole, Relation


class Dwelling(Located):
    """A place to live: a flat, a house, a room of a dormitory. Empty ones count too.

    The police hold the registration of let dwellings; here stands only what was declared there.
    """

    address = models.CharField(max_length=TEXT)
    address_key = models.CharField(max_length=TEXT, db_collation="C")
    kind = models.CharField(max_length=WORD)
    beds = models.PositiveIntegerField(null=True)
    employer = models.CharField(max_length=100, blank=True, default="", db_default="")
    declared_on = models.DateField(null=True)
    declared_until = models.DateField(null=True)
    declared_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    note = models.CharField(max_length=NOTE, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("dwelling_kind_known", "kind", DwellingKind),
            models.CheckConstraint(
                name="dwelling_declared_in_order",
                condition=Q(declared_on__isnull=True)
                | Q(declared_until__isnull=True)
                | Q(declared_on__lte=F("declared_until")),
            ),
            models.UniqueConstraint(fields=["village_id", "address_key"], name="dwelling_once"),
        ]
        indexes = [
            models.Index(fields=["city_id", "address_key", "id"], name="dwelling_city"),
            models.Index(fields=["town_id", "address_key", "id"], name="dwelling_town"),
            models.Index(
                fields=["village_id", "declared_until", "id"],
                condition=Q(declared_until__isnull=False),
                name="dwelling_declared",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class DwellingParty(Period):
    """Who answers for a dwelling: its landlord, or who rented it to let it again (二房东)."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+")
    role = models.CharField(max_length=WORD)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            one_of("dwellingparty_role_known", "role", PartyRole),
            in_order("dwellingparty_in_order"),
            models.CheckConstraint(
                name="dwellingparty_somebody", condition=Q(person__isnull=False) | ~Q(name="")
            ),
            models.UniqueConstraint(
                fields=["dwelling", "role"],
                condition=Q(until__isnull=True),
                name="dwellingparty_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person_id)


class Household(Located, Period):
    """People who live together: a family, or the residents of a dormitory (集体户)."""

    kind = models.CharField(max_length=WORD)
    number = models.CharField(max_length=40, db_collation="C")
    name = models.CharField(max_length=100, blank=True, default="", db_default="")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            one_of("household_kind_known", "kind", HouseholdKind),
            in_order("household_in_order"),
            models.UniqueConstraint(
                fields=["village_id", "number"],
                condition=Q(until__isnull=True),
                name="household_number_once",
            ),
        ]
        indexes = by_place("household", "number", "id")

    def __str__(self) -> str:
        return self.number


class HouseholdMember(Period):
    """Somebody belongs to a household, and what she is to its head."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=WORD)
    bed = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            one_of("householdmember_relation_known", "relation", Relation),
            in_order("householdmember_in_order"),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation=Relation.HEAD.value, until__isnull=True),
                name="householdmember_one_head",
            ),
            models.UniqueConstraint(
                fields=["person", "household"],
                condition=Q(until__isnull=True),
                name="householdmember_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation}"
