"""Tickets move on and end: at their window, with their visit, with their day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.each import each
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import Appointment, ServiceWindow, Ticket
from linli.offerings.queries import held_tickets as held
from linli.offerings.states import TICKET, TicketState, VisitState
from linli.trail.services import record


@open_to_all("the step of the ticket asked for its own permit")
def take_move(
    ticket: Ticket, move: str, *, actor: Actor, now: datetime, ended_at: datetime | None = None
) -> Ticket:
    """Take a move of a ticket that is held, and write it down; it ends now, or when it did. Refuses with WrongState."""
    ticket.state = TICKET.after(ticket.state, move)
    ticket.ended_at = (ended_at or now) if ticket.state in TICKET.ends else None
    ticket.save(update_fields=["state", "ended_at", "sent_to"])
    record("offerings.ticket_moved", on=ticket, actor=actor, now=now, place=ticket.path, move=move)
    return ticket


@open_to_all("the step of the visit asked for its own permit")
def follow_visit(visit: Appointment, *, actor: Actor, now: datetime) -> None:
    """Let the ticket with which somebody waits follow her visit, which is held.

    At another time of its day it stays in line; on another day, or cancelled, it ends.
    """
    for ticket in held.waiting_of([visit.pk]):
        if visit.state != VisitState.BOOKED or localdate(visit.starts_at) != ticket.on:
            take_move(ticket, "leave", actor=actor, now=now)
        elif not visit.item and ticket.group_id != visit.window_id:
            ticket.group_id = visit.window_id
            ticket.save(update_fields=["group"])


@open_to_all("whoever cancels the visits asked for their permit")
def leave_with(visit_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """End the tickets with which people wait for visits that are held and were cancelled."""
    for ticket in held.waiting_of(visit_ids):
        take_move(ticket, "leave", actor=actor, now=now)


@open_to_all("whoever calls at the window asked for their permit")
def end_left_at(window: ServiceWindow, *, actor: Actor, now: datetime) -> None:
    """End what was called to a window on an earlier day: it would keep the window from calling."""
    for ticket in held.left_at(window, localdate(now)):
        _finish_late(ticket, actor=actor, now=now)


@open_to_all("run by its job alone, which acts for the system")
def end_days(*, actor: Actor, now: datetime) -> int:
    """End the tickets of earlier days that were called or wait; return how many. Safe to run twice.

    Each in a transaction of its own: one that breaks is told and keeps no other one.
    """
    left = held.left_of_days(localdate(now))
    broken = each("offerings.end_tickets", left, lambda pk: _end_late(pk, actor=actor, now=now))
    return len(left) - len(broken)


@transaction.atomic
def _end_late(pk: int, *, actor: Actor, now: datetime) -> None:
    ticket = held.held_if_free(pk)
    if ticket is not None and ticket.state == TicketState.CALLED:
        _finish_late(ticket, actor=actor, now=now)
    elif ticket is not None and ticket.state == TicketState.WAITING:
        take_move(ticket, "leave", actor=actor, now=now)


def _finish_late(ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """Finish a ticket of an earlier day; its call is the last that is known of it, how long it took is not."""
    take_move(ticket, "finish", actor=actor, now=now, ended_at=ticket.called_at)
