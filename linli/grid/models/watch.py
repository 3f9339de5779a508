"""Duty rosters: teams by number, posts by shift, what was handed over, and swaps that both agree to.

A roster says who is to be there. Nothing here says who came, when, or for how long.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.grid.states import SWAP, SwapState
from linli.grid.types import Shift
from linli.grid.types.watch import Days, Part, TeamKind
from linli.kernel.shapes import one_of


class Team(models.Model):
    """A team of a village. `people` is how many belong to it, unknown if None; no names."""

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    people = models.PositiveSmallIntegerField(null=True)
    days = models.CharField(max_length=8)
    shifts = models.JSONField()
    seats = models.PositiveSmallIntegerField(default=1)
    ended_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("grid_team_kind_known", "kind", TeamKind),
            one_of("grid_team_days_known", "days", Days),
            models.CheckConstraint(name="grid_team_seats", condition=Q(seats__range=(1, 20))),
            models.UniqueConstraint(
                fields=["path", "name"], condition=Q(ended_on__isnull=True), name="grid_team_named_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class InShift(models.Model):
    """Something in a shift of a team."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    shift = models.CharField(max_length=12)

    class Meta:
        abstract = True


class WatchSeat(InShift):
    """A post that is on duty in a shift; whoever holds the post on the day is meant."""

    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=8)

    class Meta:
        constraints = [
            one_of("grid_seat_shift_known", "shift", Shift),
            one_of("grid_seat_part_known", "part", Part),
            models.UniqueConstraint(fields=["team", "on", "shift", "post"], name="grid_seat_once"),
        ]
        indexes = [models.Index(fields=["post", "on"], name="grid_seat_of_post")]

    def __str__(self) -> str:
        return f"{self.on} {self.shift}"


class WatchNote(InShift):
    """What a shift leaves to the next one."""

    text = models.CharField(max_length=1000)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "on", "shift"], name="grid_note_once")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.shift}"


class WatchSwap(models.Model):
    """One post asks another to take its shift, or to change shifts; the other agrees or not."""

    seat = models.ForeignKey(WatchSeat, models.CASCADE, related_name="+")
    to_post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+", db_index=False)
    back = models.ForeignKey(WatchSeat, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=12, default=SWAP.start.value)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("grid_swap_state_known", "state", SwapState),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="asked"), name="grid_swap_asked_once"
            ),
        ]
        indexes = [models.Index(fields=["to_post", "state"], name="grid_swap_of_post")]

    def __str__(self) -> str:
        return f"{self.seat_id} → {self.to_post_id}"
