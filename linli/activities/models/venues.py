"""Venues, when they are open, and who has booked them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.activities.states import BOOKING
from linli.activities.types.venues import (
    DAY_MINUTES,
    Audience,
    BookingState,
    EndedBy,
    Hand,
    Owner,
    Purpose,
    VenueKind,
)
from linli.kernel.shapes import one_of


class Venue(models.Model):
    """A hall, room, field or piece of equipment that people book, with its rules."""

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    owner = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField()
    audience = models.CharField(max_length=12)
    step_minutes = models.PositiveSmallIntegerField()
    most_minutes = models.PositiveSmallIntegerField()
    ahead_days = models.PositiveSmallIntegerField()
    notice_minutes = models.PositiveIntegerField()
    open_most = models.PositiveSmallIntegerField()
    needs_approval = models.BooleanField(default=False)
    follows_calendar = models.BooleanField(default=False)
    hour_fen = models.PositiveIntegerField(default=0)
    deposit_fen = models.PositiveIntegerField(default=0)
    terms = models.CharField(max_length=1000, blank=True)
    checks = models.CharField(max_length=1000, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("activities_venue_kind_known", "kind", VenueKind),
            one_of("activities_venue_owner_known", "owner", Owner),
            one_of("activities_venue_audience_known", "audience", Audience),
            models.CheckConstraint(
                name="activities_venue_steps",
                condition=Q(step_minutes__gte=15) & Q(most_minutes__gte=F("step_minutes")),
            ),
        ]
        indexes = [models.Index(fields=["path", "name", "id"], name="activities_venue_of_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_lent(self) -> bool:
        """A thing that one borrows: nobody finds room in it, so no people are counted."""
        return self.kind == VenueKind.EQUIPMENT

    @property
    def check_lines(self) -> list[str]:
        """What is looked at when it is handed over, line by line."""
        return [line.strip() for line in self.checks.splitlines() if line.strip()]


class WeekHours(models.Model):
    """When a venue is open on a weekday (0 is Monday), in minutes after midnight."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="+", db_index=False)
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activities_hours_in_order",
                condition=Q(weekday__lte=6) & Q(opens__lt=F("closes")) & Q(closes__lte=DAY_MINUTES),
            )
        ]
        indexes = [models.Index(fields=["venue", "weekday"], name="activities_hours_of_venue")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class VenueDays(models.Model):
    """Days on which a venue is closed or open at other hours, with the reason that everybody reads."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="+", db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True)
    closes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activities_days_in_order", condition=Q(first_on__lte=F("last_on"))
            ),
            models.CheckConstraint(
                name="activities_days_hours",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__lt=F("closes"), closes__lte=DAY_MINUTES),
            ),
        ]
        indexes = [models.Index(fields=["venue", "last_on"], name="activities_days_of_venue")]

    def __str__(self) -> str:
        return f"{self.first_on} {self.reason}"


class Booking(models.Model):
    """A time that somebody has at a venue. Two that hold their time never overlap: the table refuses it.

    `origin_mark` tells two of one address or account apart until a day after the time.
    """

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=120, db_collation="C")
    code = models.CharField(max_length=12, unique=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=BOOKING.start.value)
    purpose = models.CharField(max_length=8)
    people = models.PositiveIntegerField()
    masked_name = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    origin_mark = models.BinaryField(null=True)
    language = models.CharField(max_length=10)
    fee_fen = models.PositiveIntegerField(default=0)
    deposit_fen = models.PositiveIntegerField(default=0)
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    moved_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("activities_booking_state_known", "state", BookingState),
            one_of("activities_booking_purpose_known", "purpose", Purpose),
            models.CheckConstraint(
                name="activities_booking_ended_by_known",
                condition=Q(ended_by__in=["", *(one.value for one in EndedBy)]),
            ),
            models.CheckConstraint(
                name="activities_booking_in_order", condition=Q(starts_at__lt=F("ends_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["venue", "starts_at"], name="activities_booking_of_venue"),
            models.Index(fields=["path", "starts_at", "id"], name="activities_booking_of_place"),
            models.Index(fields=["state", "ends_at"], name="activities_booking_of_state"),
            models.Index(
                fields=["origin_mark", "starts_at"], name="activities_booked_from",
                condition=Q(origin_mark__isnull=False),
            ),
            models.Index(
                fields=["account_id"], name="activities_booking_of_account",
                condition=Q(account_id__isnull=False),
            ),
            models.Index(
                fields=["ends_at", "id"], name="activities_booking_to_forget",
                condition=Q(forgotten_at__isnull=True) | Q(origin_mark__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.venue_id} {self.starts_at:%Y-%m-%d %H:%M}"


class BookingVault(models.Model):
    """Name and telephone of a booker, sealed. Row security as with the register of people."""

    booking = models.OneToOneField(Booking, models.CASCADE, primary_key=True, related_name="+")
    name = models.BinaryField()
    phone = models.BinaryField()
    phone_index = models.BinaryField(null=True)
    phone_index_next = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="activities_booker"),
            models.Index(fields=["phone_index_next"], name="activities_booker_next"),
        ]

    def __str__(self) -> str:
        return str(self.booking_id)


class HandOver(models.Model):
    """Keys and things handed out or taken back, by the venue's check list; what is broken is a case."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="+", db_index=False)
    hand = models.CharField(max_length=4)
    at = models.DateTimeField()
    bad = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    deposit_fen = models.IntegerField(default=0)
    case_number = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            one_of("activities_hand_known", "hand", Hand),
            models.UniqueConstraint(fields=["booking", "hand"], name="activities_hand_once"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.hand}"
