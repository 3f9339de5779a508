"""Keys and things are handed out and taken back by a check list; what is broken becomes a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.holding import held_booking
from linli.activities.errors import NotYet
from linli.activities.models import Booking, HandOver
from linli.activities.queries.bookings import get_booking, hand_overs
from linli.activities.states import BOOKING
from linli.activities.types.venues import BookingState, Hand
from linli.cases.services import filing, following
from linli.cases.types.filing import Filing
from linli.cases.types.words import Channel
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paths import code_of
from linli.kernel.permits import PERSONAL, Actor, require, system_actor
from linli.kernel.texts import clean_text
from linli.trail.services import record

# whoever keeps a hall need not take reports down: what is broken is told in the office's name
REPORTER = system_actor("activities.damage")


@transaction.atomic
def hand_out(
    booking: Booking, *, deposit_fen: int = 0, note: str = "", actor: Actor, now: datetime
) -> HandOver:
    """Hand the venue out, with what was taken as deposit. Refuses with NotFound, NotAllowed, WrongState, Invalid."""
    booking = _held(booking, actor, None)
    if booking.state != BookingState.HELD or Hand.OUT in hand_overs(booking):
        raise WrongState(move="hand out", state=booking.state)
    if not 0 <= deposit_fen <= booking.deposit_fen:
        raise Invalid({"deposit": [_("Not more than the deposit of this venue.")]})
    made = HandOver.objects.create(
        booking=booking, hand=Hand.OUT, at=now, note=_note(note), deposit_fen=deposit_fen
    )
    record(
        "activities.handed_out",
        on=booking,
        actor=actor,
        now=now,
        place=booking.path,
        level=PERSONAL,
    )
    return made


@transaction.atomic
def take_back(
    booking: Booking, bad: Sequence[int] = (), *, damage: str = "", deposit_fen: int = 0,
    note: str = "", actor: Actor, now: datetime,
) -> HandOver:  # fmt: skip
    """Take it back: `bad` are lines of the check list not in order; `damage` in words becomes a case.

    Taken back once more, what is broken besides is added to that case.
    Refuses with NotFound, NotAllowed, WrongState, NotYet, Invalid.
    """
    booking = _held(booking, actor, None)
    if booking.starts_at > now:
        raise NotYet()
    lines, out = booking.venue.check_lines, hand_overs(booking).get(Hand.OUT)
    if any(not 0 <= number < len(lines) for number in bad):
        raise Invalid({"bad": [_("Choose lines of the check list.")]})
    if not 0 <= deposit_fen <= (out.deposit_fen if out else 0):
        raise Invalid({"deposit": [_("Not more than was taken.")]})
    booking.state, booking.edition = BOOKING.after(booking.state, "use"), booking.edition + 1
    booking.save(update_fields=["state", "edition"])
    number = _reported(booking, clean_text(damage).strip(), [lines[n] for n in bad], now)
    made, _is_new = HandOver.objects.update_or_create(
        booking=booking, hand=Hand.BACK,
        defaults={"at": now, "bad": [lines[n] for n in bad], "note": _note(note),
                  "deposit_fen": deposit_fen, "case_number": number},
    )  # fmt: skip
    record(
        "activities.taken_back", on=booking, actor=actor, now=now, place=booking.path, level=PERSONAL,
        bad=len(bad), case=number,
    )  # fmt: skip
    return made


@transaction.atomic
def mark_missed(
    booking: Booking, *, edition: int | None = None, actor: Actor, now: datetime
) -> Booking:
    """Record that nobody came. Refuses with NotFound, NotAllowed, WrongState, NotYet, Stale."""
    booking = _held(booking, actor, edition)
    if booking.starts_at > now:
        raise NotYet()
    return _moved(booking, "miss", "activities.missed", actor, now)


@transaction.atomic
def undo_end(
    booking: Booking, *, edition: int | None = None, actor: Actor, now: datetime
) -> Booking:
    """Take back that it took place or that nobody came; a case that was opened stays.

    Refuses with NotFound, NotAllowed, WrongState, Stale.
    """
    booking = _held(booking, actor, edition)
    return _moved(booking, "undo", "activities.end_undone", actor, now)


def _held(booking: Booking, actor: Actor, edition: int | None) -> Booking:
    get_booking(actor, booking.pk)
    require(actor, permits.BOOKINGS, at=booking.path)
    return held_booking(booking, edition)


def _moved(booking: Booking, move: str, verb: str, actor: Actor, now: datetime) -> Booking:
    booking.state, booking.edition = BOOKING.after(booking.state, move), booking.edition + 1
    booking.save(update_fields=["state", "edition"])
    record(verb, on=booking, actor=actor, now=now, place=booking.path, level=PERSONAL)
    return booking


def _reported(booking: Booking, damage: str, bad: list[str], now: datetime) -> str:
    """Report what is broken and return the number of the case; nothing if nothing is.

    What was told before it was taken back by mistake is not told twice: more of it goes into that case.
    """
    before = hand_overs(booking).get(Hand.BACK)
    number = before.case_number if before else ""
    if not damage:
        return number
    first = _("%(name)s: %(what)s") % {"name": booking.venue.name, "what": damage}
    text = "\n".join([first, *bad])
    if number and following.tell_more(number, text, actor=REPORTER, now=now):
        return number
    return _case(booking, text, now)


def _case(booking: Booking, text: str, now: datetime) -> str:
    venue = booking.venue
    filed = filing.file_report(
        Filing(
            text=text, channel=Channel.STAFF, place=code_of(venue.path),
            where=venue.address, numbers_meant=True,
        ),
        actor=REPORTER, now=now,
    )  # fmt: skip
    return filed.number


def _note(note: str) -> str:
    return clean_text(note).strip()[:500]
