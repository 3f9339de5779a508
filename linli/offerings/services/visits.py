"""Visits are booked, moved, cancelled, kept or missed. No time is given twice: the database's own constraint.

A booking is one statement: it takes the time only if the window is still as it was read (its edition), holds
the window against a closing that runs at the same moment, and finds out whether somebody was faster.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.hoarding import holds_enough
from linli.kernel.ids import public_code
from linli.kernel.locks import hold_ahead
from linli.kernel.moments import day_of
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.contacts import as_kept, mark_of, origin_of
from linli.offerings.errors import NoSuchTime, NotServed, TimeTaken, TooManyHere, TooManyVisits
from linli.offerings.models import Appointment
from linli.offerings.models.appointments import HELD
from linli.offerings.queries import visits as queries
from linli.offerings.queries.item_versions import refuse_unknown
from linli.offerings.queries.slots import caps_at, moment_of, offered_at, terms_at
from linli.offerings.queries.windows import Ground, ground_of
from linli.offerings.services.draw_offers import Time, offer_freed
from linli.offerings.services.ticket_ends import follow_visit
from linli.offerings.states import VISIT, VisitState
from linli.offerings.types.visits import Contact, Way, Wish
from linli.trail.services import ALONGSIDE, given_alongside, record

MOST_NAME, MOST_ITEM, CODE_SIGNS = 40, 60, 8
BOOKED, KIND = "offerings.visit_booked", "offerings.appointment"
# The window as it was read, or nothing; the visit, unless the time is taken; its line of the trail. A time seen
# to be taken locks and writes nothing: in a rush most wishes are for those.
INSERT = f"""
WITH seen AS (
    SELECT EXISTS (SELECT 1 FROM offerings_appointment
                    WHERE window_id = %(window)s AND starts_at = %(starts_at)s AND state IN {HELD}) AS is_taken
      FROM offerings_servicewindow WHERE id = %(window)s AND edition = %(edition)s AND closed_on IS NULL
), held AS (
    SELECT id, path FROM offerings_servicewindow
     WHERE id = %(window)s AND edition = %(edition)s AND closed_on IS NULL
       AND NOT (SELECT is_taken FROM seen) FOR SHARE
), made AS (
    INSERT INTO offerings_appointment (id, code, window_id, path, starts_at, ends_at, state, way, item,
        language, contact, contact_mark, origin_mark, phone_masked, may_ask, moves, why, made_at, edition)
    SELECT %(id)s, %(code)s, id, path, %(starts_at)s, %(ends_at)s, 'booked', %(way)s, %(item)s,
           %(language)s, %(contact)s, %(contact_mark)s, %(origin_mark)s,
           %(phone_masked)s, %(may_ask)s, 0, '', %(now)s, 1
      FROM held
    ON CONFLICT DO NOTHING
    RETURNING id
), told AS ({ALONGSIDE} FROM made)
SELECT EXISTS (SELECT 1 FROM held) OR EXISTS (SELECT 1 FROM seen WHERE is_taken), EXISTS (SELECT 1 FROM made)
"""  # noqa: S608  constants alone
IDS = "offerings_appointment_id_seq"


@open_to_all("anybody may book a visit, without an account; for others only who serves there")
def book(
    wish: Wish, contact: Contact, *, way: Way = Way.ONLINE, address: str = "", actor: Actor,
    now: datetime,
) -> Appointment:  # fmt: skip
    """Book a time at a window; who booked gets a code by which it is found, moved and cancelled.

    `address` is from where somebody books by herself: one address or account does not take the day of a centre.

    Refuses with NotFound, NotAllowed for another's booking, NoSuchTime, KeptTime, TimeTaken,
    TooManyVisits, TooManyHere, NotServed, Suspended, Invalid.
    """
    contact, item = _tidy(contact), clean_text(wish.item).strip()[:MOST_ITEM]
    ground = ground_of(wish.window_id, day_of(now))
    refuse_unknown(item, ground.path, day_of(now))
    if way is not Way.ONLINE:
        require(actor, permits.SERVE, at=ground.path)
    origin = _origin(address, way, ground, actor)
    asked = replace(wish, item=item)
    if not contact.phone and origin is None:
        return _taken(asked, contact, way, actor, now)
    # inside the transaction of a request no second one is begun
    with nullcontext() if sql.in_transaction() else transaction.atomic():
        if origin is not None:
            _refuse_hoarding(origin, bool(contact.phone), ground, wish.starts_at, now)
        if contact.phone:
            _refuse_many(mark_of(contact.phone), ground, now)
        return _taken(asked, contact, way, actor, now, origin)


def _taken(
    wish: Wish, contact: Contact, way: Way, actor: Actor, now: datetime, origin: bytes | None = None
) -> Appointment:
    """Take the time by one statement, and by another if the window has changed since it was read."""
    pk, code = sql.next_id(IDS), public_code(CODE_SIGNS)
    kept = {
        **as_kept(contact, code), "id": pk, "code": code, "starts_at": wish.starts_at, "way": str(way),
        "item": wish.item, "origin_mark": origin, "language": wish.language, "now": now, "may_ask": contact.may_ask and bool(contact.phone),
    }  # fmt: skip
    for is_anew in (False, True):
        ground = ground_of(wish.window_id, day_of(now), anew=is_anew)
        try:
            slot = offered_at(ground, wish.starts_at, way, now, wish.item)
        except (NoSuchTime, NotServed):
            if is_anew:
                raise
            continue  # it may have been opened since the ground was read
        given = {
            **kept, "window": ground.window_id, "edition": ground.edition,
            "ends_at": moment_of(day_of(wish.starts_at), slot.closes),
            **given_alongside(BOOKED, on=(KIND, pk), actor=actor, now=now, place=ground.path, way=str(way)),
        }  # fmt: skip
        ((is_as_read, is_made),) = sql.tuples("visits.book", INSERT, given)
        if is_made:
            return _made(pk, given, ground)
        if is_as_read:
            raise TimeTaken()
    raise TimeTaken()


def _made(pk: int, given: dict[str, Any], ground: Ground) -> Appointment:
    columns = ("code", "starts_at", "ends_at", "way", "item", "language", "contact", "phone_masked")
    made = Appointment(
        pk=pk, window_id=ground.window_id, path=ground.path, made_at=given["now"],
        **{name: given[name] for name in columns},
    )  # fmt: skip
    made._state.adding = False
    return made


def _origin(address: str, way: Way, ground: Ground, actor: Actor) -> bytes | None:
    """Return who books by herself; nothing of whoever books for others: who serves there, and programs."""
    if way is not Way.ONLINE or _is_for_others(ground, actor):
        return None
    return origin_of(address, actor.account_id)


def _is_for_others(ground: Ground, actor: Actor) -> bool:
    return actor.is_machine or actor.may(permits.SERVE, at=ground.path)


def _refuse_hoarding(
    origin: bytes, has_number: bool, ground: Ground, starts_at: datetime, now: datetime
) -> None:
    """Refuse with TooManyHere who holds enough times of a day; two at once wait for each other."""
    hold_ahead("offerings.visits.origin", origin.hex())
    caps = caps_at(ground.path, day_of(now))
    held = queries.held_from(origin, ground.centre_id, day_of(starts_at))
    if holds_enough(held, has_number=has_number, most_unnamed=caps.unnamed, most=caps.every):
        raise TooManyHere()


def _refuse_many(mark: bytes, ground: Ground, now: datetime) -> None:
    """Refuse with TooManyVisits a number that holds enough times; two at once wait for each other."""
    hold_ahead("offerings.visits", mark.hex())
    most = terms_at(ground.path, day_of(now)).most_open
    if queries.held_by_number(mark, now, most) >= most:
        raise TooManyVisits(most=most)


def _tidy(contact: Contact) -> Contact:
    if len(name := clean_text(contact.name).strip()) > MOST_NAME:
        raise Invalid({"name": [_("At most %(most)s characters.") % {"most": MOST_NAME}]})
    return Contact(name, contact.phone, contact.may_ask)


@open_to_all("whoever has the code of a visit may move it")
@transaction.atomic
def move(code: str, wish: Wish, *, actor: Actor, now: datetime) -> Appointment:
    """Give a visit another time at its centre; the old time is free at once, or offered down the line of its draw.
    A ticket drawn for it ends, unless the day stays the same. What the office had to cancel is booked again.

    Refuses with NotFound, WrongState, NoSuchTime, KeptTime, TimeTaken, TooManyVisits, TooManyHere, NotServed.
    """
    visit = queries.held_with_windows(code, wish.window_id)
    was_off, state = visit.state == VisitState.CLOSED, VISIT.after(visit.state, "move")
    if not queries.may_move(visit, now):
        raise NoSuchTime()
    ground = ground_of(wish.window_id, day_of(now), anew=True)
    if ground.centre_id != visit.window.centre_id:
        raise NotFound()
    if not _is_for_others(ground, actor):
        _refuse_hoarded_day(visit, ground, wish.starts_at, now)
    if was_off and visit.contact_mark is not None:
        _refuse_many(bytes(visit.contact_mark), ground, now)
    slot = offered_at(ground, wish.starts_at, Way(visit.way), now, visit.item)
    was = _time_of(visit)
    visit.window_id, visit.starts_at, visit.state = ground.window_id, wish.starts_at, state
    visit.ends_at = moment_of(day_of(wish.starts_at), slot.closes)
    visit.moves, visit.reminded_at, visit.edition = visit.moves + 1, None, visit.edition + 1
    visit.why, visit.ended_at = "", None
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError:
        raise TimeTaken() from None
    record("offerings.visit_moved", on=visit, actor=actor, now=now, place=visit.path)
    follow_visit(visit, actor=actor, now=now)
    if not was_off:
        offer_freed(visit, was, actor=actor, now=now)
    return visit


def _refuse_hoarded_day(
    visit: Appointment, ground: Ground, starts_at: datetime, now: datetime
) -> None:
    """Refuse with TooManyHere another day of which whoever booked holds enough times already."""
    holds_it = visit.state == VisitState.BOOKED
    if visit.origin_mark is None or (holds_it and day_of(starts_at) == day_of(visit.starts_at)):
        return
    origin, has_number = bytes(visit.origin_mark), visit.contact_mark is not None
    _refuse_hoarding(origin, has_number, ground, starts_at, now)


@open_to_all("whoever has the code of a visit may cancel it")
@transaction.atomic
def cancel(code: str, *, actor: Actor, now: datetime) -> Appointment:
    """Cancel a visit; its time is free at once, or offered to the next in line of its draw.

    Refuses with NotFound, WrongState.
    """
    visit = queries.held_with_windows(code)
    visit = end(visit, "cancel", "offerings.visit_cancelled", actor=actor, now=now)
    follow_visit(visit, actor=actor, now=now)
    offer_freed(visit, _time_of(visit), actor=actor, now=now)
    return visit


def _time_of(visit: Appointment) -> Time:
    return visit.window_id, visit.starts_at, visit.ends_at


@open_to_all("the step of the visit that ends asked for its own permit")
def end(
    visit: Appointment, move_name: str, verb: str, *, actor: Actor, now: datetime
) -> Appointment:
    """Take a move that ends a visit, and write it down."""
    if move_name:
        visit.state = VISIT.after(visit.state, move_name)
    visit.ended_at, visit.edition = now, visit.edition + 1
    visit.save(update_fields=["state", "ended_at", "edition"])
    record(verb, on=visit, actor=actor, now=now, place=visit.path)
    return visit
