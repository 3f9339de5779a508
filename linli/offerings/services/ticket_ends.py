"""Tickets move on and end: at their window, with their visit, with their day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import Appointment, ServiceWindow, Ticket
from linli.offerings.queries import held_tickets as held
from linli.offerings.states import TICKET, TicketState, VisitState
from linli.trail.services import record


@open_to_all("the step of the ticket asked for its own permit")
def take_move(ticket: Ticket, move: str, *, actor: Actor, now: datetime) -> Ticket:
    """Take a move of a ticket that is held, and write it down. Refuses with WrongState."""
    ticket.state = TICKET.after(ticket.state, move)
    ticket.ended_at = now if ticket.state in TICKET.ends else None
    ticket.save(update_fields=["state", "ended_at", "sent_to"])
    record("offerings.ticket_moved", on=ticket, actor=actor, now=now, place=ticket.path, move=move)
    return ticket


@open_to_all("the step of the visit asked for its own permit")
def follow_visit(visit: Appointment, *, actor: Actor, now: datetime) -> None:
    """Let the ticket with which somebody waits follow her visit, which is held.

    At another time of its day it stays in line; on another day, or cancelled, it ends.
    """
    for ticket in held.waiting_of(visit):
        if visit.state != VisitState.BOOKED or localdate(visit.starts_at) != ticket.on:
            take_move(ticket, "leave", actor=actor, now=now)
        elif not visit.item and ticket.group_id != visit.window_id:
            ticket.group_id = visit.window_id
            ticket.save(update_fields=["group"])


@open_to_all("whoever calls at the window asked for her permit")
def end_left_at(window: ServiceWindow, *, actor: Actor, now: datetime) -> None:
    """End what was called to a window on an earlier day: it would keep the window from calling."""
    for ticket in held.left_at(window, localdate(now)):
        _finish_late(ticket, actor=actor, now=now)


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def end_days(*, actor: Actor, now: datetime, limit: int = 500) -> int:
    """End the tickets of earlier days that were called or wait; return how many. Safe to run twice."""
    on = localdate(now)
    called = held.left_of_days(TicketState.CALLED, on, limit)
    for ticket in called:
        _finish_late(ticket, actor=actor, now=now)
    waiting = held.left_of_days(TicketState.WAITING, on, limit)
    for ticket in waiting:
        take_move(ticket, "leave", actor=actor, now=now)
    return len(called) + len(waiting)


def _finish_late(ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """Finish a ticket of an earlier day; its call is the last that is known of it, how long it took is not."""
    take_move(ticket, "finish", actor=actor, now=now)
    ticket.ended_at = ticket.called_at
    ticket.save(update_fields=["ended_at"])
