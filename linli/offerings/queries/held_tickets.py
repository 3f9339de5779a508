"""Tickets held for a step until the transaction ends: before a window, of a visit, left over from earlier days.

A visit is held before its ticket: whoever moves or cancels it comes that way too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.wholes import whole_number
from linli.offerings.models import Appointment, ServiceWindow, Ticket
from linli.offerings.queries.tickets import called_to
from linli.offerings.states import TicketState


def ticket_held(handle: str) -> Ticket:
    """Return a ticket as desks call it. Refuses with NotFound."""
    found = Ticket.objects.filter(pk=whole_number(handle, least=1) or 0).first()
    if found is None:
        raise NotFound()
    return found


def held_at(window: ServiceWindow, on: date) -> Ticket | None:
    """Return the ticket that stands before a window on a day, held."""
    return called_to(window).filter(on=on).select_for_update().first()


def left_at(window: ServiceWindow, on: date) -> list[Ticket]:
    """Return what was called to a window on a day before this one and never ended, held."""
    return list(called_to(window).filter(on__lt=on).select_for_update().order_by("pk"))


def left_of_days(on: date) -> list[int]:
    """Return the ids of tickets of the days before one that were called or wait."""
    left: list[int] = []
    # one state after the other: each has an index of its own
    for state in (TicketState.CALLED, TicketState.WAITING):
        found = Ticket.objects.filter(on__lt=on, state=state)
        left += found.order_by("pk").values_list("pk", flat=True)
    return left


def held_if_free(pk: int) -> Ticket | None:
    """Return a ticket held, or nothing while somebody else holds it."""
    return Ticket.objects.select_for_update(skip_locked=True).filter(pk=pk).first()


def held_to_call(pk: int) -> Ticket:
    """Return a ticket held for its call, after its visit."""
    visit_id = Ticket.objects.values_list("visit_id", flat=True).get(pk=pk)
    if visit_id is not None:
        Appointment.objects.select_for_update().get(pk=visit_id)
    return Ticket.objects.select_for_update(of=("self",)).select_related("visit").get(pk=pk)


def waiting_of(visit_ids: Collection[int]) -> list[Ticket]:
    """Return the tickets with which people wait for these visits, held."""
    found = Ticket.objects.select_for_update().filter(
        visit__in=visit_ids, state=TicketState.WAITING
    )
    return list(found.order_by("pk"))


def ticket_drawn(visit: Appointment, on: date) -> Ticket | None:
    """Return the ticket of a day that was drawn for a visit, unless it was given up."""
    drawn: QuerySet[Ticket] = Ticket.objects.filter(visit=visit, on=on)
    return drawn.exclude(state=TicketState.LEFT).first()
