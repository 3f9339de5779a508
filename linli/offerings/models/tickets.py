"""Tickets of the queue of a centre: one row for each, so that a restart loses none."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.shapes import one_of
from linli.offerings.models.appointments import Appointment
from linli.offerings.models.windows import ServiceWindow
from linli.offerings.states import TicketState
from linli.offerings.types.tickets import Priority, Source


class Ticket(models.Model):
    """A ticket of a day: letter and number are read aloud, the code opens its page and is the
    visitor's alone: desks call it by its handle. It names nobody.

    `told_minutes` is the wait that was forecast when it was drawn; `window` where it was called last,
    `sent_to` the window to which it was sent on. `item` is what one comes for, or `group` any of the windows
    that do it; neither means anything. `is_first` is set for old, disabled and others who come first.
    """

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    on = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, default=TicketState.WAITING.value)
    priority = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=8)
    item = models.CharField(max_length=60, blank=True)
    group = models.ForeignKey(ServiceWindow, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, default="zh-hans")
    visit = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="tickets")
    window = models.ForeignKey(ServiceWindow, models.PROTECT, null=True, related_name="+")
    sent_to = models.ForeignKey(ServiceWindow, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    told_minutes = models.PositiveSmallIntegerField(null=True)
    called_at = models.DateTimeField(null=True)
    first_called_at = models.DateTimeField(null=True)
    # told by message because nothing was printed
    texted_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_ticket_state_known", "state", TicketState),
            one_of("offerings_ticket_priority_known", "priority", Priority),
            one_of("offerings_ticket_source_known", "source", Source),
            models.UniqueConstraint(
                fields=["centre", "on", "letter", "number"], name="offerings_ticket_once"
            ),
            # a visit has one ticket a day, unless the one before was given up
            models.UniqueConstraint(
                fields=["visit", "on"],
                condition=~Q(state="left"),
                name="offerings_one_ticket_a_visit",
            ),
            # a window has one ticket before it
            models.UniqueConstraint(
                fields=["window"], condition=Q(state="called"), name="offerings_one_at_a_window"
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "on", "drawn_at"],
                condition=Q(state="waiting"),
                name="offerings_tickets_waiting",
            ),
            models.Index(fields=["centre", "ended_at"], name="offerings_tickets_done"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def handle(self) -> str:
        """Return what desk and screen call it by: the code is the visitor's alone, who follows and rates by it."""
        return str(self.pk)

    @property
    def name(self) -> str:
        """Return what stands on the ticket: A012."""
        return f"{self.letter}{self.number:03d}"
