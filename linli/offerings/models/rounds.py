"""Draws for scarce dates: the promise before, the entries, the published outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import one_of
from linli.offerings.models.appointments import Appointment
from linli.offerings.states import RoundState
from linli.offerings.types.visits import Way

# its days are kept back; its outcome is public
UNDECIDED = (RoundState.OPEN.value, RoundState.CLOSED.value, RoundState.BOOKING.value)
MADE = (RoundState.BOOKING.value, RoundState.DRAWN.value)


class DrawRound(models.Model):
    """Days of a centre that are given by draw: until it is drawn nobody books them first.

    `commitment` is published at once, the sealed `seed` with the outcome; `file` is what anybody checks
    (docs/formats/draw.md).
    """

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    item = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default=RoundState.OPEN.value)
    first = models.DateField()
    last = models.DateField()
    kept_phone = models.PositiveSmallIntegerField(default=0)
    kept_counter = models.PositiveSmallIntegerField(default=0)
    public = models.CharField(max_length=120, blank=True)
    public_value = models.CharField(max_length=100, blank=True)
    commitment = models.CharField(max_length=64)
    seed = models.BinaryField()
    list_hash = models.CharField(max_length=64, blank=True)
    file = models.JSONField(null=True)
    # which time each gets who was drawn, until all are booked: sign → [window, from, until]
    plan = models.JSONField(null=True)
    opened_at = models.DateTimeField()
    takes_until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_round_state_known", "state", RoundState),
            models.CheckConstraint(
                name="offerings_round_in_order",
                condition=Q(first__lte=F("last"), opened_at__lt=F("takes_until")),
            ),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="offerings_rounds_of_centre")]

    def __str__(self) -> str:
        return self.name


class DrawEntry(models.Model):
    """Somebody's entry: `sign` stands in the published list, `code` opens her own page; one for a number."""

    round = models.ForeignKey(DrawRound, models.PROTECT, related_name="entries")
    code = models.CharField(max_length=16, unique=True)
    sign = models.CharField(max_length=12, unique=True)
    wishes = models.JSONField()
    way = models.CharField(max_length=8, default=Way.ONLINE.value)
    language = models.CharField(max_length=10, default="zh-hans")
    contact = models.BinaryField(null=True)
    contact_mark = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    visit = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="entry")

    class Meta:
        constraints = [
            one_of("offerings_entry_way_known", "way", Way),
            models.UniqueConstraint(
                fields=["round", "contact_mark"],
                condition=Q(withdrawn_at__isnull=True),
                name="offerings_entry_once",
            ),
        ]
        indexes = [
            # empty but for a draw that was just made: the job asks every five minutes
            models.Index(
                fields=["round"],
                condition=Q(told_at__isnull=True, withdrawn_at__isnull=True),
                name="offerings_entries_untold",
            )
        ]

    def __str__(self) -> str:
        return self.sign
