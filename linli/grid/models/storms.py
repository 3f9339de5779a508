"""Flood, typhoon, drought: shelters, homes that are moved, and one sheet of numbers from each village.

Who is moved lies sealed and goes 30 days after the end; the sheets are numbers and stay.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.grid.states import HOME, HomeState
from linli.grid.types.storms import Need, StormKind
from linli.kernel.shapes import one_of


class Storm(models.Model):
    """A storm that a village, town or the city declared for its ground, until it is over."""

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=60)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    # when somebody last entered something for it or said that it goes on, and when its office was asked
    touched_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    # in which one of a wider place it goes on, with its homes and numbers
    went_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("grid_storm_kind_known", "kind", StormKind),
            models.CheckConstraint(
                name="grid_storm_in_order",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
        ]
        indexes = [models.Index(fields=["path", "ended_on"], name="grid_storm_of_place")]

    def __str__(self) -> str:
        return self.title


class Shelter(models.Model):
    """Where people of a village are brought. `stock` is what lies ready, in words."""

    path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=60)
    address = models.CharField(max_length=120)
    places = models.PositiveIntegerField()
    stock = models.CharField(max_length=500, blank=True)
    checked_on = models.DateField()
    ended_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["path"], name="grid_shelter_of_village")]

    def __str__(self) -> str:
        return self.title


class StormHome(models.Model):
    """A home that is moved in a storm, by a post. Names, telephone and address lie in the vault."""

    storm = models.ForeignKey(Storm, models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=120, db_collation="C")
    masked_name = models.CharField(max_length=40)
    people = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=8)
    helper = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+", db_index=False)
    shelter = models.ForeignKey(Shelter, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, default=HOME.start.value)
    # why it was taken off the list
    why = models.CharField(max_length=120, blank=True, db_default="")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("grid_home_state_known", "state", HomeState),
            one_of("grid_home_need_known", "need", Need),
            models.CheckConstraint(name="grid_home_people", condition=Q(people__range=(1, 99))),
        ]
        indexes = [
            models.Index(fields=["storm", "path"], name="grid_home_of_storm"),
            models.Index(fields=["helper", "state"], name="grid_home_of_helper"),
        ]

    def __str__(self) -> str:
        return self.masked_name


class StormHomeVault(models.Model):
    """Name, telephone and address of a home, sealed. Row security as with contact persons."""

    home = models.OneToOneField(StormHome, models.CASCADE, primary_key=True, related_name="+")
    name = models.BinaryField()
    phone = models.BinaryField()
    address = models.BinaryField()

    def __str__(self) -> str:
        return str(self.home_id)


class StormSheet(models.Model):
    """What a village typed about a storm, once; a later number takes the place of the earlier one."""

    storm = models.ForeignKey(Storm, models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=120, db_collation="C")
    houses = models.PositiveIntegerField()
    roads = models.PositiveIntegerField()
    rescuers = models.PositiveIntegerField()
    boats = models.PositiveIntegerField()
    typed_at = models.DateTimeField()
    # not while these are the numbers of villages that went into this one
    is_whole = models.BooleanField(default=True, db_default=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["storm", "path"], name="grid_one_sheet_of_village")
        ]

    def __str__(self) -> str:
        return self.path
