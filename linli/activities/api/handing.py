"""Steps of the office at a venue over the API: handed out, taken back by mistake, out of use; whom to call."""

from __future__ import annotations

from typing import Any, Literal

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.activities.api.bookings import DeskBookingOut, desk_out
from linli.activities.forms.handing import DecideForm, WhyForm
from linli.activities.queries import bookings, culture, events, rounds, venues
from linli.activities.services import bookers, groups, handing, takers, talents
from linli.activities.services import venues as services
from linli.kernel.web import Request

router = Router()


class OutIn(Schema):
    """What was taken as deposit, at most that of the venue, and anything to remember."""

    deposit_fen: int = 0
    note: str = ""


class HandedOut(Schema):
    booking: int
    deposit_fen: int
    note: str


class UndoIn(Schema):
    edition: int | None = None


class EndVenueIn(Schema):
    """`reason` is told to whoever booked: all bookings ahead are cancelled."""

    reason: str
    edition: int | None = None


class VenueEndOut(Schema):
    id: int
    ended_on: Any


class WhyIn(Schema):
    """Why somebody is looked up: to call, to hand over, or because of damage. The look is recorded."""

    why: Literal["call", "hand", "damage"]


class WhoOut(Schema):
    """Whom to ask for and under which number; empty once it was forgotten."""

    name: str
    phone: str


class FamilyOut(WhoOut):
    """Who of a family takes part, its number, and who agreed for a child."""

    code: str
    guardian: str


@router.post("/desk/bookings/{int:booking_id}/out", response={201: HandedOut})
def hand_out(request: Request, booking_id: int, given: OutIn) -> Status[dict[str, Any]]:
    """Hand a venue out, with what was taken as deposit."""
    found = bookings.get_booking(request.actor, booking_id)
    made = handing.hand_out(
        found, deposit_fen=given.deposit_fen, note=given.note, actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, {"booking": found.pk, "deposit_fen": made.deposit_fen, "note": made.note})


@router.post("/desk/bookings/{int:booking_id}/undo", response=DeskBookingOut)
def undo_end(request: Request, booking_id: int, given: UndoIn) -> dict[str, Any]:
    """Take back that a booking took place, or that nobody came; a report that was made stays."""
    found = bookings.get_booking(request.actor, booking_id)
    done = handing.undo_end(found, edition=given.edition, actor=request.actor, now=timezone.now())
    return desk_out(done)


@router.post("/venues/{int:venue_id}/end", response=VenueEndOut)
def end_venue(request: Request, venue_id: int, given: EndVenueIn) -> dict[str, Any]:
    """Take a venue out of use from today; all bookings ahead are cancelled, and everybody is told why."""
    found = venues.kept_venue(request.actor, venue_id)
    reason = DecideForm({"reason": given.reason}).accepted()["reason"]
    ended = services.end_venue(
        found, drops=True, reason=reason, edition=given.edition, actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return {"id": ended.pk, "ended_on": ended.ended_on}


@router.post("/desk/bookings/{int:booking_id}/who", response=WhoOut)
def read_booker(request: Request, booking_id: int, given: WhyIn) -> dict[str, str]:
    """Name and telephone of a booker; the look and its reason are recorded."""
    found = bookings.get_booking(request.actor, booking_id)
    return _who(bookers.read_booker(found, _words(given), actor=request.actor, now=timezone.now()))


@router.post("/desk/groups/{int:group_id}/who", response=WhoOut)
def read_group(request: Request, group_id: int, given: WhyIn) -> dict[str, str]:
    """Whom to ask for in a group; the look and its reason are recorded."""
    found = rounds.get_group(request.actor, group_id)
    return _who(groups.read_group(found, _words(given), actor=request.actor, now=timezone.now()))


@router.post("/desk/talents/{int:talent_id}/who", response=WhoOut)
def read_talent(request: Request, talent_id: int, given: WhyIn) -> dict[str, str]:
    """Whom to ask for a local talent; the look and its reason are recorded."""
    found = culture.get_talent(request.actor, talent_id)
    return _who(talents.read_talent(found, _words(given), actor=request.actor, now=timezone.now()))


@router.post("/desk/events/{int:event_id}/who", response=list[FamilyOut])
def read_takers(request: Request, event_id: int, given: WhyIn) -> list[dict[str, str]]:
    """Who takes part in an event, family by family; the look and its reason are recorded."""
    event = events.kept_event(request.actor, event_id)
    told = takers.read_takers(event, _words(given), actor=request.actor, now=timezone.now())
    return [
        {"code": one.code, **dict(zip(("name", "phone", "guardian"), told[one.pk], strict=True))}
        for one in events.enrolled(event)
        if one.pk in told
    ]


def _words(given: WhyIn) -> str:
    form = WhyForm({"why": given.why})
    form.accepted()
    return form.reason


def _who(told: tuple[str, str]) -> dict[str, str]:
    return {"name": told[0], "phone": told[1]}
