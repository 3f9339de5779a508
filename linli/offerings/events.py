"""What happened to what is offered, for jobs and for apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordAsked:
    """A register of the city is to be asked for an application."""

    question_id: int


@dataclass(frozen=True, slots=True)
class RoundDrawn:
    """A draw for dates was made: who won is to be booked, everybody to be told."""

    round_id: int
