"""Tickets are drawn, called, called again, skipped, sent on and finished; each centre has one line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import LineFull, NobodyWaits, WindowBusy
from linli.offerings.models import Appointment, ServiceWindow, Ticket
from linli.offerings.queries import held_tickets as held
from linli.offerings.queries import tickets as queries
from linli.offerings.queries.item_versions import refuse_unknown
from linli.offerings.queries.visits import UNBOOKED, held_visit
from linli.offerings.rules.queueing import next_for, refuse_stale
from linli.offerings.services.serving import receive
from linli.offerings.services.ticket_ends import end_left_at, take_move
from linli.offerings.states import TICKET, TicketState, VisitState
from linli.offerings.types.tickets import BOOKED, FIRST, ORDINARY, DrawWish, Priority, Source
from linli.trail.services import record

CODE_SIGNS, MOST_TICKETS = 10, 9999


@open_to_all("whoever comes to the hall draws a ticket")
@transaction.atomic
def draw_ticket(
    centre_id: int, path: str, wish: DrawWish, *, actor: Actor, now: datetime
) -> Ticket:
    """Draw a ticket for today; with the code of a visit of today it is called when its time has come.

    A visit has one ticket a day: the code gives the same one back, unless it was given up.

    Refuses with Invalid, NotServed for what no window here does, NotFound for a code of another centre or
    day, LineFull.
    """
    if wish.priority not in set(Priority) or wish.source not in set(Source):
        raise Invalid({"priority": [_("Choose one of these.")]})
    on = localdate(now)
    refuse_unknown(wish.item, path, on)
    queries.refuse_unserved(centre_id, wish.item, wish.group)
    hold("offerings.queue", centre_id)
    visit = _visit(wish.visit_code, centre_id, now) if wish.visit_code else None
    if visit is not None and (known := held.ticket_drawn(visit, on)):
        if known.state in TICKET.ends:
            # desks know the code of a visit: what is over gives the code of its ticket to nobody
            raise NotFound()
        return known
    letter = BOOKED if visit else FIRST if wish.priority else ORDINARY
    last = Ticket.objects.filter(centre_id=centre_id, on=on, letter=letter).aggregate(Max("number"))
    number = (last["number__max"] or 0) + 1
    if number > MOST_TICKETS:
        raise LineFull()
    made = Ticket.objects.create(
        centre_id=centre_id, path=path, on=on, letter=letter, number=number,
        code=public_code(CODE_SIGNS), priority=wish.priority, source=wish.source,
        item=visit.item if visit else wish.item, group_id=_group(wish, visit), language=wish.language,
        visit=visit, drawn_at=now,
    )  # fmt: skip
    if visit is None:
        made.told_minutes = min(queries.ahead_of(made, now).minutes, 32767)
        made.save(update_fields=["told_minutes"])
    record("offerings.ticket_drawn", on=made, actor=actor, now=now, place=path, source=wish.source)
    return made


def _group(wish: DrawWish, visit: Appointment | None) -> int | None:
    """Return any window of those that a ticket is for; who booked without an item stays with hers."""
    if visit is not None:
        return None if visit.item else visit.window_id
    return None if wish.item else wish.group


def _visit(code: str, centre_id: int, now: datetime) -> Appointment:
    """Return a visit of today at a centre by its code, held so that it does not move away. Refuses with NotFound."""
    found = held_visit(code)
    is_today = localdate(found.starts_at) == localdate(now)
    is_off = found.state in (VisitState.CANCELLED, *UNBOOKED)
    if found.window.centre_id != centre_id or not is_today or is_off:
        raise NotFound()
    return found


@transaction.atomic
def call_next(
    window: ServiceWindow, *, shown: str | None = None, actor: Actor, now: datetime
) -> Ticket | None:
    """Finish who stands at a window and call the next one there; None if nobody waits any more.

    `shown` is the handle of who stands there as the caller sees it, empty for nobody: if it is somebody else
    by now, nobody is finished or called. Refuses with NotAllowed, CalledMeanwhile, GoneMeanwhile, NobodyWaits
    if there is nobody to finish either.
    """
    require(actor, permits.SERVE, at=window.path)
    on = localdate(now)
    hold("offerings.queue", window.centre_id)
    end_left_at(window, actor=actor, now=now)
    before = held.held_at(window, on)
    if shown is not None:
        refuse_stale(shown, before)
    if before is not None:
        take_move(before, "finish", actor=actor, now=now)
    ticket = _next(window, now)
    if ticket is None and before is None:
        raise NobodyWaits()
    return ticket and _call(ticket, window, actor=actor, now=now)


def _next(window: ServiceWindow, now: datetime) -> Ticket | None:
    """Return whom a window calls next, held; who gives up at this moment is passed over."""
    caller, on = queries.caller_of(window), localdate(now)
    streak = queries.streak_of(window.centre_id, on)
    while chosen := next_for(
        caller, queries.waiting_at(window.centre_id, on), now=now, streak=streak
    ):
        ticket = held.held_to_call(chosen.id)
        if ticket.state == TicketState.WAITING:
            return ticket
    return None


@transaction.atomic
def call_ticket(handle: str, window: ServiceWindow, *, actor: Actor, now: datetime) -> Ticket:
    """Call one ticket out of turn: somebody who was skipped came back, or must not wait.

    Refuses with NotFound, NotAllowed, WindowBusy, WrongState.
    """
    require(actor, permits.SERVE, at=window.path)
    hold("offerings.queue", window.centre_id)
    ticket = held.held_to_call(_found(handle, actor).pk)
    if ticket.centre_id != window.centre_id or ticket.on != localdate(now):
        raise NotFound()
    end_left_at(window, actor=actor, now=now)
    if queries.at_window(window, localdate(now)) is not None:
        raise WindowBusy()
    if ticket.state == TicketState.MISSED:
        ticket.state = TICKET.after(ticket.state, "put_back")
    return _call(ticket, window, actor=actor, now=now)


def _call(ticket: Ticket, window: ServiceWindow, *, actor: Actor, now: datetime) -> Ticket:
    ticket.state = TICKET.after(ticket.state, "call")
    ticket.window, ticket.sent_to, ticket.called_at = window, None, now
    ticket.first_called_at, ticket.calls = ticket.first_called_at or now, ticket.calls + 1
    ticket.save()
    if (visit := _visit_to_note(ticket)) is not None:
        receive(visit.code, actor=actor, now=now)
    record("offerings.ticket_called", on=ticket, actor=actor, now=now, place=ticket.path)
    return ticket


def _visit_to_note(ticket: Ticket) -> Appointment | None:
    """Return the visit of this day for which somebody is called, unless it is written down already."""
    visit = ticket.visit
    if visit is None or localdate(visit.starts_at) != ticket.on:
        return None
    return visit if visit.state in (VisitState.BOOKED, VisitState.NO_SHOW) else None


@transaction.atomic
def recall(handle: str, *, actor: Actor, now: datetime) -> Ticket:
    """Call the ticket at a window once more. Refuses with NotFound, WrongState."""
    ticket = _locked(handle, actor)
    require(actor, permits.SERVE, at=ticket.path)
    ticket.state = TICKET.after(ticket.state, "recall")
    ticket.called_at, ticket.calls = now, ticket.calls + 1
    ticket.save(update_fields=["called_at", "calls"])
    record("offerings.ticket_called", on=ticket, actor=actor, now=now, place=ticket.path)
    return ticket


@transaction.atomic
def finish(handle: str, *, actor: Actor, now: datetime) -> Ticket:
    """Finish a ticket without calling the next one. Refuses with NotFound, WrongState."""
    ticket = _locked(handle, actor)
    require(actor, permits.SERVE, at=ticket.path)
    return take_move(ticket, "finish", actor=actor, now=now)


@transaction.atomic
def skip(handle: str, *, actor: Actor, now: datetime) -> Ticket:
    """Skip a ticket that does not come; it may be put back. Refuses with NotFound, WrongState."""
    ticket = _locked(handle, actor)
    require(actor, permits.SERVE, at=ticket.path)
    return take_move(ticket, "skip", actor=actor, now=now)


@transaction.atomic
def put_back(handle: str, *, actor: Actor, now: datetime) -> Ticket:
    """Put a skipped ticket back into the line, where it stood. Refuses with NotFound, WrongState."""
    ticket = _locked(handle, actor)
    require(actor, permits.SERVE, at=ticket.path)
    return take_move(ticket, "put_back", actor=actor, now=now)


@transaction.atomic
def send_on(handle: str, window: ServiceWindow, *, actor: Actor, now: datetime) -> Ticket:
    """Send whoever stands at a window on to another one, where she comes first.

    Refuses with NotFound, WrongState, Invalid for a window of another centre or the same one.
    """
    ticket = _locked(handle, actor)
    require(actor, permits.SERVE, at=ticket.path)
    if window.centre_id != ticket.centre_id or window.pk == ticket.window_id:
        raise Invalid({"window": [_("Choose another window of this centre.")]})
    ticket.sent_to = window
    return take_move(ticket, "send_on", actor=actor, now=now)


@open_to_all("whoever has the code of a ticket may give it up")
@transaction.atomic
def leave(code: str, *, actor: Actor, now: datetime) -> Ticket:
    """Give a ticket up. Refuses with NotFound, WrongState."""
    found = queries.ticket_called(code)
    ticket = Ticket.objects.select_for_update().get(pk=found.pk)
    return take_move(ticket, "leave", actor=actor, now=now)


def _locked(handle: str, actor: Actor) -> Ticket:
    """Return a ticket at a centre where the actor serves, held. Refuses with NotFound."""
    found = _found(handle, actor)
    return Ticket.objects.select_for_update(of=("self",)).select_related("visit").get(pk=found.pk)


def _found(handle: str, actor: Actor) -> Ticket:
    found = held.ticket_held(handle)
    if not actor.may(permits.SERVE, at=found.path):
        raise NotFound()
    return found
