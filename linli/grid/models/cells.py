"""Who looks after a cell, and whom its households may turn to.

A cell is named by layer and code: a redrawn cell is another row of places, and the same cell.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.grid.types import Consent, Role, Shift
from linli.kernel.shapes import in_order, one_of


class InCell(models.Model):
    """Something in a cell of a village; `path` is the village's."""

    path = models.CharField(max_length=120, db_collation="C")
    layer = models.ForeignKey("places.Layer", models.PROTECT, related_name="+")
    cell_code = models.CharField(max_length=24, db_collation="C")
    since = models.DateField()
    until = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class CellDuty(InCell):
    """A post that looks after a cell, in a shift; never a person."""

    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=12)
    shift = models.CharField(max_length=12)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("grid_duty_role_known", "role", Role),
            one_of("grid_duty_shift_known", "shift", Shift),
            in_order("grid_duty_in_order", may_be_empty=True),
        ]
        indexes = [
            models.Index(fields=["path", "layer", "cell_code"], name="grid_duty_of_cell"),
            models.Index(fields=["post"], name="grid_duty_of_post"),
        ]

    def __str__(self) -> str:
        return f"{self.cell_code}: {self.role}"


class CellPart(models.Model):
    """A group or building that lies in a cell: people, homes and bodies found by its name are its."""

    path = models.CharField(max_length=120, db_collation="C")
    layer = models.ForeignKey("places.Layer", models.PROTECT, related_name="+", db_index=False)
    cell_code = models.CharField(max_length=24, db_collation="C")
    part = models.ForeignKey("places.Place", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "part"], name="grid_part_in_one_cell")
        ]
        indexes = [models.Index(fields=["path", "layer", "cell_code"], name="grid_part_of_cell")]

    def __str__(self) -> str:
        return f"{self.cell_code}: {self.part_id}"


class CellContact(InCell):
    """A neighbour who agreed to be named to some households; here masked, in full in the vault.

    No list of members of anything: nobody is asked what she belongs to. `person_id` is her entry in
    the register, if it is known.
    """

    masked_name = models.CharField(max_length=40)
    masked_phone = models.CharField(max_length=40, blank=True)
    covers = models.CharField(max_length=120)
    consent = models.CharField(max_length=12)
    consent_on = models.DateField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            one_of("grid_contact_consent_known", "consent", Consent),
            in_order("grid_contact_in_order", may_be_empty=True),
            models.CheckConstraint(
                name="grid_contact_after_consent", condition=Q(since__gte=models.F("consent_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["path", "layer", "cell_code"], name="grid_contact_of_cell"),
            models.Index(
                fields=["person_id"],
                condition=Q(person_id__isnull=False),
                name="grid_contact_of_person",
            ),
        ]

    def __str__(self) -> str:
        return self.masked_name


class ContactVault(models.Model):
    """Name and telephone of a contact person, sealed. Goes when she does not want it any more.

    Row security lets those see it who may see personal data of the village.
    """

    contact = models.OneToOneField(CellContact, models.PROTECT, primary_key=True, related_name="+")
    name = models.BinaryField()
    phone = models.BinaryField()

    def __str__(self) -> str:
        return str(self.contact_id)
