"""The queue of a centre as everybody sees it: who was called where, who waits, for how long about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import code_typed
from linli.kernel.permits import Actor
from linli.offerings import permits
from linli.offerings.errors import HallClosed, NotServed
from linli.offerings.models import ServiceWindow, Ticket
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.paces import LOOK_BACK, pace_of
from linli.offerings.queries.windows import grounds_of
from linli.offerings.rules.queueing import (
    in_order,
    median_error,
    refuse_stale,
    rivals_of,
)
from linli.offerings.rules.window_groups import grouped, served_by
from linli.offerings.states import TicketState
from linli.offerings.types.centres import OpenNow
from linli.offerings.types.tickets import Caller, Honesty, Waiting

LAST_CALLS = 6
WAITING = """
SELECT t.id, t.drawn_at, t.number, t.priority <> '' AS is_first, v.starts_at AS due_at,
       t.sent_to_id AS window_id, t.item, t.group_id
  FROM offerings_ticket t LEFT JOIN offerings_appointment v ON v.id = t.visit_id
 WHERE t.centre_id = %s AND t."on" = %s AND t.state = 'waiting'
 ORDER BY t.drawn_at, t.id
"""
ERRORS = """
SELECT told_minutes, extract(epoch FROM first_called_at - drawn_at)::float / 60
  FROM offerings_ticket
 WHERE centre_id = %s AND drawn_at > %s AND drawn_at <= %s AND first_called_at IS NOT NULL
   AND told_minutes IS NOT NULL AND visit_id IS NULL
"""
CALLERS = """
SELECT id, name, name_en, items FROM offerings_servicewindow
 WHERE centre_id = %s AND closed_on IS NULL ORDER BY number, id
"""
STREAK = """
SELECT priority <> '' FROM offerings_ticket
 WHERE centre_id = %s AND "on" = %s AND first_called_at IS NOT NULL AND visit_id IS NULL
 ORDER BY first_called_at DESC LIMIT 4
"""


@dataclass(frozen=True, slots=True)
class Board:
    """What the big screen shows: the last calls, newest first, and how many wait how long."""

    calls: list[Ticket]
    waiting: int
    minutes: int
    honesty: Honesty
    at: datetime
    # the windows do not open any more today
    is_over: bool
    opens: OpenNow
    # its windows do not all do the same: it is said what each does
    is_parted: bool

    @property
    def opens_at(self) -> str:
        """The clock at which the windows open today, nothing while one is open."""
        return "" if self.is_over or self.opens.is_open else self.opens.next_at


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where a ticket stands: how many are called before it, and the minutes that this takes about.

    `opens_at` is the clock at which its windows open, nothing while one of them is open.
    """

    before: int
    minutes: int
    opens_at: str = ""


def waiting_at(centre_id: int, on: date) -> list[Waiting]:
    """Return who waits at a centre, in the order in which the tickets were drawn."""
    return sql.rows("tickets.waiting", WAITING, [centre_id, on], Waiting)


def streak_of(centre_id: int, on: date) -> int:
    """Return how many who come first were called in a row just now."""
    streak = 0
    for (is_first,) in sql.tuples("tickets.streak", STREAK, [centre_id, on]):
        if not is_first:
            break
        streak += 1
    return streak


def callers_of(centre_id: int) -> list[Caller]:
    """Return the windows in use of a centre as the rule of the order needs them."""
    rows = [
        (pk, name, name_en, json.loads(items))
        for pk, name, name_en, items in sql.tuples("tickets.callers", CALLERS, [centre_id])
    ]
    group_by_id = {pk: frozenset(one.windows) for one in grouped(rows) for pk in one.windows}
    known, served = frozenset(group_by_id), served_by([items for *_names, items in rows])
    return [
        Caller(pk, tuple(items), group_by_id[pk], known, served)
        for pk, _name, _english, items in rows
    ]


def honesty_of(centre_id: int, now: datetime) -> Honesty:
    """Return how far the forecasts of the last thirty days were off."""
    rows = sql.tuples("tickets.errors", ERRORS, [centre_id, now - LOOK_BACK, now])
    return Honesty(len(rows), median_error([(said, real) for said, real in rows]))


def refuse_unserved(centre_id: int, item: str, group: int | None) -> None:
    """Refuse what no window of a centre does: with NotServed an item, with Invalid a group that is not there."""
    if not item and group is None:
        return
    callers = callers_of(centre_id)
    if item and not any(one.served is None or item in one.served for one in callers):
        raise NotServed()
    if group is not None and all(one.window_id != group for one in callers):
        raise Invalid({"group": [_("The centre has no such window.")]})


def caller_of(window: ServiceWindow) -> Caller:
    """Return a window as the rule of the order needs it. Refuses with NotFound one that is not in use any more."""
    found = next((one for one in callers_of(window.centre_id) if one.window_id == window.pk), None)
    if found is None:
        raise NotFound(id=window.pk)
    return found


def board_of(centre_id: int, now: datetime) -> Board:
    """Return what the big screen of a centre shows now."""
    on = localdate(now)
    calls = (
        Ticket.objects.filter(
            centre_id=centre_id, on=on, called_at__isnull=False, state__in=("called", "done")
        )
        .select_related("window")
        .order_by("-called_at", "-pk")[:LAST_CALLS]
    )
    waiting, grounds = waiting_at(centre_id, on), grounds_of(centre_id, on)
    minutes = pace_of(centre_id, now, grounds).minutes_for(len(waiting))
    opens = open_at(centre_id, now, grounds)
    is_over = opens.is_over(on)
    honesty = honesty_of(centre_id, now)
    is_parted = len({one.group for one in callers_of(centre_id)}) > 1
    return Board(list(calls), len(waiting), minutes, honesty, now, is_over, opens, is_parted)


def refuse_closed(centre_id: int, now: datetime) -> None:
    """Refuse with HallClosed a ticket that nobody would call any more today."""
    if open_at(centre_id, now).is_over(localdate(now)):
        raise HallClosed()


def ahead_of(ticket: Ticket, now: datetime) -> Ahead:
    """Return where a waiting ticket stands among those for the same windows; nobody before one that does not wait."""
    if ticket.state != TicketState.WAITING:
        return Ahead(0, 0)
    waiting = waiting_at(ticket.centre_id, ticket.on)
    mine = next((one for one in waiting if one.id == ticket.pk), None)
    if mine is None:
        return Ahead(0, 0)
    rivals, windows = rivals_of(mine, waiting, callers_of(ticket.centre_id))
    line = in_order(rivals, now=now, streak=streak_of(ticket.centre_id, ticket.on))
    before = next(place for place, one in enumerate(line) if one.id == ticket.pk)
    pace = pace_of(ticket.centre_id, now)
    return Ahead(before, pace.minutes_for(before, windows), pace.opens_at(windows))


def ticket_called(code: str) -> Ticket:
    """Return a ticket for whoever has its code. Refuses with NotFound."""
    found = Ticket.objects.filter(code=code_typed(code)).select_related("window", "group").first()
    if found is None:
        raise NotFound()
    return found


def window_for(actor: Actor, window_id: int) -> ServiceWindow:
    """Return a window at which the actor may serve. Refuses with NotFound."""
    found = ServiceWindow.objects.filter(pk=window_id, closed_on__isnull=True).first()
    if found is None or not actor.may(permits.SERVE, at=found.path):
        raise NotFound(id=window_id)
    return found


def at_window(window: ServiceWindow, on: date) -> Ticket | None:
    """Return the ticket that stands before a window now."""
    return called_to(window).filter(on=on).select_related("group").first()


def called_to(window: ServiceWindow) -> QuerySet[Ticket]:
    """Return what was called to a window and did not end: of today one at most, of days before what was left."""
    return Ticket.objects.filter(window=window, state=TicketState.CALLED)


def handle_at(window: ServiceWindow, on: date, handle: str) -> str:
    """Return the handle of the ticket before a window, nothing for nobody. Refuses as `refuse_stale`."""
    refuse_stale(handle, at_window(window, on))
    return handle.strip()


def missed_today(centre_id: int, on: date) -> list[Ticket]:
    """Return the tickets of a day that did not come when they were called, the latest first."""
    found = Ticket.objects.filter(centre_id=centre_id, on=on, state=TicketState.MISSED)
    return list(found.order_by("-called_at", "-pk")[:20])


def named_tickets(ids: list[int]) -> dict[int, Ticket]:
    """Return tickets by their id."""
    return {
        one.pk: one for one in Ticket.objects.filter(pk__in=ids).select_related("visit", "group")
    }
