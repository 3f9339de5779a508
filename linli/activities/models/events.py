"""Events and courses, who is enrolled, who came, and what they thought of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.activities.models.venues import Venue
from linli.activities.types.culture import WishState
from linli.activities.types.events import EventKind, EventState, SeatState
from linli.kernel.shapes import one_of


class Event(models.Model):
    """Something that goes on, once or in several sessions. `first_at` and `last_at` are of its sessions."""

    path = models.CharField(max_length=120, db_collation="C")
    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=EventState.DRAFT.value)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=1500, blank=True)
    where = models.CharField(max_length=120)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    places = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    enrol_until = models.DateTimeField()
    least_age = models.PositiveSmallIntegerField(null=True)
    most_age = models.PositiveSmallIntegerField(null=True)
    for_neighbours = models.BooleanField(default=False)
    fee_fen = models.PositiveIntegerField(default=0)
    phone = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("activities_event_kind_known", "kind", EventKind),
            one_of("activities_event_state_known", "state", EventState),
            models.CheckConstraint(
                name="activities_event_in_order",
                condition=Q(first_at__lt=F("last_at")) & Q(enrol_until__lte=F("last_at")) & Q(places__gte=1),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["path", "first_at", "id"], name="activities_event_of_place"),
            models.Index(fields=["state", "first_at", "id"], name="activities_event_coming"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_en(self) -> str:
        return self.title_en


class EventSession(models.Model):
    """One time of an event; at a venue it is a booking, so that nobody else gets the time.

    `others` is how many came without signing up, counted by heads.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booking = models.ForeignKey("activities.Booking", models.PROTECT, null=True, related_name="+")
    others = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            # two times may change places with each other in one step
            models.UniqueConstraint(
                fields=["event", "starts_at"],
                name="activities_session_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="activities_session_in_order", condition=Q(starts_at__lt=F("ends_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Enrolment(models.Model):
    """A family that takes part, under one telephone. Names and number lie sealed.

    `origin_mark` tells two of one address or account apart until a day after the last time.
    `owed_fen` is what it owes where that is not the fee: it came to an event or left it once that had begun,
    or the event was called off then. `moved_up_at` says since when one that waited has its places.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10)
    people = models.PositiveSmallIntegerField()
    masked_name = models.CharField(max_length=60, blank=True)
    has_guardian = models.BooleanField(default=False)
    account_id = models.BigIntegerField(null=True)
    origin_mark = models.BinaryField(null=True)
    language = models.CharField(max_length=10)
    owed_fen = models.PositiveIntegerField(null=True)
    moved_up_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("activities_enrolment_state_known", "state", SeatState),
            models.CheckConstraint(
                name="activities_enrolment_people", condition=Q(people__range=(1, 8))
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "entered_at", "id"], name="activities_enrolled"),
            models.Index(
                fields=["account_id"], name="activities_enrolled_by",
                condition=Q(account_id__isnull=False),
            ),
            models.Index(
                fields=["event", "id"], name="activities_enrolled_to_forget",
                condition=Q(forgotten_at__isnull=True) | Q(origin_mark__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.event_id} {self.code}"


class EnrolmentVault(models.Model):
    """Who takes part, sealed: names with years of birth, the telephone, who agreed for a child."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, primary_key=True, related_name="+")
    takers = models.BinaryField()
    phone = models.BinaryField()
    guardian = models.BinaryField()
    phone_index = models.BinaryField(null=True)
    phone_index_next = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="activities_taker"),
            models.Index(fields=["phone_index_next"], name="activities_taker_next"),
        ]

    def __str__(self) -> str:
        return str(self.enrolment_id)


class Attendance(models.Model):
    """How many of a family came to a session: people at the event are counted, never staff.

    `who` has a bit for each of the family whom a door named, so that two doors count nobody twice;
    `lowered_at` is when the office corrected the number downwards: what doors saw before is in it.
    """

    session = models.ForeignKey(EventSession, models.PROTECT, related_name="+", db_index=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    people = models.PositiveSmallIntegerField()
    who = models.PositiveSmallIntegerField(default=0, db_default=0)
    at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="activities_came_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id}"


class EventFeedback(models.Model):
    """What a family thought of an event, once, from 5 (very satisfied) to 1.

    Its words are the office's to read; everybody reads them as `shown`, once somebody released them.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    enrolment = models.OneToOneField(Enrolment, models.SET_NULL, null=True, related_name="+")
    grade = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=6, default=WishState.WAITS.value, db_default="waits")
    shown = models.CharField(max_length=500, blank=True, default="", db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="activities_grade_known", condition=Q(grade__range=(1, 5))),
            one_of("activities_thought_state_known", "state", WishState),
        ]
        indexes = [
            models.Index(
                fields=["event"], name="activities_thought_waits",
                condition=Q(state="waits") & ~Q(words=""),
            ),
            models.Index(
                fields=["at", "id"], name="activities_thought_to_forget", condition=~Q(words="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.event_id} {self.grade}"
