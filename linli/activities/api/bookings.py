"""Bookings over the API: by code for whoever booked, by id for the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.activities import permits
from linli.activities.forms.handing import BackForm
from linli.activities.queries import bookings as queries
from linli.activities.queries import desk, venues
from linli.activities.services import bookings as services
from linli.activities.services import changing, handing
from linli.activities.types.venues import BookingFacts, BookingState
from linli.kernel.api import Moment, PagedIn, one_of, paged, plain
from linli.kernel.errors import Invalid
from linli.kernel.identity import NotAPhone, read_phone
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

router = Router()
SOONEST = Keyset("soon", ("starts_at", "id"))


class BookIn(Schema):
    """A time to book: whole pieces of the venue's opening.

    `purpose` is sport, dance, meeting, family, course or other; `is_neighbour`: the booker lives or works there.
    """

    starts_at: Moment
    ends_at: Moment
    name: str
    phone: str
    purpose: str = "other"
    people: int = 1
    is_neighbour: bool = False
    language: str = "zh-hans"


class BookingOut(Schema):
    """A booking; `code` opens it for its booker, `edition` keeps two from changing it at once."""

    id: int
    code: str
    venue: int
    place: str
    starts_at: datetime
    ends_at: datetime
    state: str
    purpose: str
    people: int
    fee_fen: int
    deposit_fen: int
    reason: str
    edition: int


class DeskBookingOut(BookingOut):
    """As the office sees it: the name masked."""

    masked_name: str
    booked_at: datetime


class DeskBookingsOut(Schema):
    count: int
    items: list[DeskBookingOut]
    next: str | None


class DeskBookingsIn(PagedIn):
    """`fee` is open (still to be paid) or back (goes back), else all."""

    fee: Literal["", "open", "back"] = ""
    place: str = ""
    venue: int | None = None
    state: str = ""
    first: date | None = None
    last: date | None = None


class SpanIn(Schema):
    starts_at: Moment
    ends_at: Moment
    edition: int | None = None


class EditionIn(Schema):
    edition: int | None = None


class DecideIn(Schema):
    """`move` is agree or refuse; a refusal has a reason."""

    move: str
    reason: str = ""
    edition: int | None = None


class CancelIn(Schema):
    ids: list[int]
    reason: str


class CancelledOut(Schema):
    cancelled: int


class BackIn(Schema):
    """`bad` are lines of the check list, from 0; `damage` in words becomes a report."""

    bad: list[int] = []
    damage: str = ""
    deposit_fen: int = 0
    note: str = ""


class BackOut(Schema):
    booking: int
    bad: list[str]
    deposit_fen: int
    case: str


COLUMNS = ("id", "code", "starts_at", "ends_at", "state", "purpose", "people", "fee_fen", "deposit_fen",
           "reason", "edition")  # fmt: skip


def _own(one: Any) -> dict[str, Any]:
    return {**plain(one, *COLUMNS), "venue": one.venue_id, "place": code_of(one.path)}


def desk_out(one: Any) -> dict[str, Any]:
    """Return a booking as the office reads it."""
    return {**_own(one), **plain(one, "masked_name", "booked_at")}


@router.post("/venues/{int:venue_id}/book", response={201: BookingOut})
@limited("activities.bookings", services.BOOKED, account_or_address, counts=is_fresh)
def book(request: Request, venue_id: int, given: BookIn) -> Status[dict[str, Any]]:
    """Book a time; without an account too."""
    try:
        phone = read_phone(given.phone, "CN")
    except NotAPhone as fault:
        raise Invalid({"phone": [str(fault)]}) from fault
    said = given.dict() | {"phone": phone}
    said["language"] = "en" if given.language == "en" else "zh-hans"
    venue = venues.get_venue(venue_id)
    made = services.book(
        venue, BookingFacts(**said), address=client_address(request), actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _own(made))


@router.get("/bookings/{code}/", response=BookingOut)
@limited("activities.codes", services.LOOKS, client_address)
def read_booking(request: Request, code: str) -> dict[str, Any]:
    """A booking by the code that its booker has."""
    return _own(queries.booking_by_code(code))


@router.post("/bookings/{code}/move", response=BookingOut)
@limited("activities.codes", services.LOOKS, client_address)
def move_booking(request: Request, code: str, given: SpanIn) -> dict[str, Any]:
    """Move a booking to another time of its venue; one that was called off is booked again."""
    span = (given.starts_at, given.ends_at)
    moved = changing.move_booking(
        queries.booking_by_code(code), span, edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _own(moved)


@router.post("/bookings/{code}/cancel", response=BookingOut)
@limited("activities.codes", services.LOOKS, client_address)
def cancel_booking(request: Request, code: str, given: EditionIn) -> dict[str, Any]:
    """Give a time back before it begins."""
    booking = queries.booking_by_code(code)
    return _own(
        changing.cancel_booking(
            booking, edition=given.edition, actor=request.actor, now=timezone.now()
        )
    )


@router.get("/desk/bookings/", response=DeskBookingsOut)
def list_bookings(request: Request, asked: Query[DeskBookingsIn]) -> dict[str, Any]:
    """Bookings of the places where one decides them, soonest first; names masked."""
    require_somewhere(request.actor, permits.BOOKINGS)
    one_of("state", asked.state, BookingState)
    wanted = desk.Wanted(
        path_of(asked.place), asked.state, asked.venue, asked.first, asked.last, fee=asked.fee
    )  # fmt: skip
    return paged(desk.filtered(request.actor, wanted), SOONEST, asked, desk_out)


@router.post("/desk/bookings/{int:booking_id}/decide", response=DeskBookingOut)
def decide_booking(request: Request, booking_id: int, given: DecideIn) -> dict[str, Any]:
    """Say yes or no to a booking that waits."""
    booking = queries.get_booking(request.actor, booking_id)
    decided = changing.decide_booking(
        booking, given.move, reason=given.reason, edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return desk_out(decided)


@router.post("/desk/bookings/cancel", response=CancelledOut)
def cancel_many(request: Request, given: CancelIn) -> dict[str, int]:
    """Cancel several bookings with one reason; all of them or none."""
    count = changing.cancel_many(given.ids, given.reason, actor=request.actor, now=timezone.now())
    return {"cancelled": count}


@router.post("/desk/bookings/{int:booking_id}/back", response=BackOut)
def take_back(request: Request, booking_id: int, given: BackIn) -> dict[str, Any]:
    """Take a venue back by its check list."""
    booking = queries.get_booking(request.actor, booking_id)
    typed = {**given.dict(exclude={"bad", "deposit_fen"}), "bad": [str(n) for n in given.bad]}
    BackForm(typed, lines=booking.venue.check_lines).accepted()
    made = handing.take_back(
        booking, given.bad, damage=given.damage, deposit_fen=given.deposit_fen, note=given.note,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return {
        "booking": booking.pk,
        "bad": made.bad,
        "deposit_fen": made.deposit_fen,
        "case": made.case_number,
    }


@router.post("/desk/bookings/{int:booking_id}/missed", response=DeskBookingOut)
def mark_missed(request: Request, booking_id: int, given: EditionIn) -> dict[str, Any]:
    """Record that nobody came."""
    booking = queries.get_booking(request.actor, booking_id)
    return desk_out(
        handing.mark_missed(booking, edition=given.edition, actor=request.actor, now=timezone.now())
    )
