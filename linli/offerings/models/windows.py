"""Windows of service centres, when they are open, and what is different on single days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import Period, in_order, one_of
from linli.offerings.types.visits import Why


class ServiceWindow(models.Model):
    """A window of a centre. `items` are keys of what is served here; an empty list means everything.

    `edition` goes up with every change of the window, its hours or its closings: what was read before is
    recognised as old when somebody books by it.
    """

    centre = models.ForeignKey("orgs.ServiceCentre", models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    items = models.JSONField(default=list)
    is_low = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "number"],
                condition=Q(closed_on__isnull=True),
                name="offerings_window_number_once",
            )
        ]
        indexes = [models.Index(fields=["path"], name="offerings_window_path")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class WindowHours(Period):
    """Weekly opening of a window, in minutes of the day; `since` and `until` say for how long."""

    window = models.ForeignKey(ServiceWindow, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    kept_phone = models.PositiveSmallIntegerField(default=0)
    kept_counter = models.PositiveSmallIntegerField(default=0)
    post = models.ForeignKey("orgs.Post", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            in_order("offerings_hours_in_order", may_be_empty=True),
            models.CheckConstraint(
                name="offerings_hours_of_a_day",
                condition=Q(weekday__lte=6, opens__lt=F("closes"), closes__lte=1440, step__gte=5),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.weekday} {self.opens}–{self.closes}"


class DayOff(models.Model):
    """A closing (or an extra opening) of a centre or one of its windows on one day.

    Taken back by `ended_at`; the row stays, since visits were cancelled for it.
    """

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    window = models.ForeignKey(ServiceWindow, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    on = models.DateField()
    opens = models.PositiveSmallIntegerField(default=0)
    closes = models.PositiveSmallIntegerField(default=1440)
    is_open = models.BooleanField(default=False)
    step = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=12)
    note = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_dayoff_why_known", "why", Why),
            models.CheckConstraint(
                name="offerings_dayoff_of_a_day",
                condition=Q(opens__lt=F("closes"), closes__lte=1440)
                & (Q(is_open=False) | Q(step__gte=5)),
            ),
        ]
        indexes = [models.Index(fields=["centre", "on"], name="offerings_dayoff_of_centre")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.on}"
