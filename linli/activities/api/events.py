"""Events over the API: the programme, enrolment by code, and the office's steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.activities.engine.calendars import calendar_of
from linli.activities.queries import events as queries
from linli.activities.queries import rooms
from linli.activities.queries.certificates import certificate_called
from linli.activities.queries.outcomes import released_words
from linli.activities.services import bookings, certificates, enrolling
from linli.activities.types.events import EnrolFacts, EventKind, Taker
from linli.documents.queries import printed_address
from linli.kernel.api import PagedIn, gives, one_of, paged, plain
from linli.kernel.calendar_files import KIND
from linli.kernel.errors import Invalid
from linli.kernel.identity import NotAPhone, read_phone
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.web import Request, calendar_answer
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

router = Router()
SOONEST = Keyset("soon", ("first_at", "id"))
COLUMNS = ("code", "kind", "state", "title", "title_en", "about", "where", "first_at", "last_at", "places",
           "enrol_until", "least_age", "most_age", "for_neighbours", "fee_fen", "phone", "reason")  # fmt: skip


class SessionOut(Schema):
    starts_at: datetime
    ends_at: datetime


class EventOut(Schema):
    """A published event; `place` is the code of its village."""

    code: str
    place: str
    kind: str
    state: str
    title: str
    title_en: str
    about: str
    where: str
    first_at: datetime
    last_at: datetime
    places: int
    enrol_until: datetime
    least_age: int | None
    most_age: int | None
    for_neighbours: bool
    fee_fen: int
    phone: str
    reason: str


class EventsOut(Schema):
    count: int
    items: list[EventOut]
    next: str | None


class EventsIn(PagedIn):
    place: str = ""
    kind: str = ""


class OneEventOut(EventOut):
    """With its times, how many places are free, how many people wait of those who may, and released words on it.

    `is_open`: it takes enrolments; `is_full`: nobody finds a place, not on the waiting list either.
    """

    words: list[str]
    sessions: list[SessionOut]
    free: int
    waiting: int
    waiting_most: int
    is_open: bool
    is_full: bool


class TakerIn(Schema):
    """Who takes part; `born` is the year of birth, where the event asks for an age."""

    name: str
    born: int | None = None


class EnrolIn(Schema):
    """A family in one go; `guardian` is who cares for a child under 14 and agreed. Where a year of birth is not
    told, `has_child` says whether a child under 14 is among it."""

    takers: list[TakerIn]
    phone: str
    guardian: str = ""
    is_neighbour: bool = False
    language: str = "zh-hans"
    has_child: bool | None = None


class EnrolmentOut(Schema):
    """`state` is in, waits or withdrawn; `turn` how many families wait up to this one.

    Where `event_state` is cancelled the event does not take place, whatever the state.
    """

    code: str
    event: str
    event_state: str
    state: str
    people: int
    turn: int


class CertificateOut(Schema):
    """`people` of the family came to all `times` of the event; `address` is what the code on the paper leads to."""

    event: str
    title: str
    first_at: datetime
    last_at: datetime
    times: int
    people: int
    address: str


class ThoughtIn(Schema):
    grade: int
    words: str = ""


class ThoughtOut(Schema):
    grade: int


@router.get("/events/", response=EventsOut)
def list_events(request: Request, asked: Query[EventsIn]) -> dict[str, Any]:
    """What goes on at a place and below from today on, soonest first."""
    kind = one_of("kind", asked.kind, EventKind)
    found = queries.programme(path_of(asked.place, empty=CITY_PATH), localdate(), kind=kind)
    return paged(found, SOONEST, asked, event_out)


def event_out(one: Any) -> dict[str, Any]:
    return {**plain(one, *COLUMNS), "place": code_of(one.path)}


@router.get("/events/{code}/", response=OneEventOut)
def read_event(request: Request, code: str) -> dict[str, Any]:
    """One event with its times."""
    event = queries.get_event(code)
    room = queries.room_of(event)
    sessions = [plain(one, "starts_at", "ends_at") for one in queries.sessions_of(event)]
    return {
        **event_out(event),
        "sessions": sessions, "words": released_words(event),
        **plain(room, "free", "waiting"), "waiting_most": event.waiting,
        "is_open": rooms.is_open(event, timezone.now()), "is_full": rooms.is_full(event, room),
    }  # fmt: skip


@router.post("/events/{code}/enrol", response={201: EnrolmentOut})
@limited("activities.enrolments", enrolling.ENROLLED, account_or_address, counts=is_fresh)
def enrol(request: Request, code: str, given: EnrolIn) -> Status[dict[str, Any]]:
    """Enrol a family; without an account too."""
    try:
        phone = read_phone(given.phone, "CN")
    except NotAPhone as fault:
        raise Invalid({"phone": [str(fault)]}) from fault
    takers = tuple(Taker(one.name, one.born) for one in given.takers)
    language = "en" if given.language == "en" else "zh-hans"
    facts = EnrolFacts(takers, phone, given.guardian, given.is_neighbour, language, given.has_child)
    made = enrolling.enrol(
        queries.get_event(code), facts, address=client_address(request), actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _enrolment(queries.enrolment_by_code(made.code)))


def _enrolment(one: Any) -> dict[str, Any]:
    return {
        **plain(one, "code", "state", "people"), "event": one.event.code,
        "event_state": one.event.state, "turn": queries.turn_of(one),
    }  # fmt: skip


@router.get("/enrolments/{code}/", response=EnrolmentOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def read_enrolment(request: Request, code: str) -> dict[str, Any]:
    """An enrolment by the code that its family has."""
    return _enrolment(queries.enrolment_by_code(code))


@router.post("/enrolments/{code}/withdraw", response=EnrolmentOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def withdraw(request: Request, code: str) -> dict[str, Any]:
    """Give places back; whoever waits longest moves up."""
    found = queries.enrolment_by_code(code)
    return _enrolment(enrolling.withdraw(found, actor=request.actor, now=timezone.now()))


@router.post("/enrolments/{code}/thought", response=ThoughtOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def say_what_you_thought(request: Request, code: str, given: ThoughtIn) -> dict[str, Any]:
    """Say once how it was, from 5 (very satisfied) to 1."""
    found = queries.enrolment_by_code(code)
    made = enrolling.say_what_you_thought(
        found, given.grade, given.words, actor=request.actor, now=timezone.now()
    )
    return {"grade": made.grade}


@router.get("/enrolments/{code}/calendar/", openapi_extra=gives(KIND, type="string"))
@limited("activities.codes", bookings.LOOKS, client_address)
def read_calendar(request: Request, code: str) -> HttpResponse:
    """The times of one's own places, for a calendar."""
    found = queries.enrolment_by_code(code)
    return calendar_answer(calendar_of([found.event], "", now=timezone.now()), found.code)


@router.post("/enrolments/{code}/certificate/", response={201: CertificateOut})
@limited("activities.codes", bookings.LOOKS, client_address)
def make_certificate(request: Request, code: str) -> Status[dict[str, Any]]:
    """Get the certificate of a family that came every time, once the event is over; again, it is the same."""
    found, now = queries.enrolment_by_code(code), timezone.now()
    made = certificates.make_certificate(found, actor=request.actor, now=now)
    return Status(201, _certificate(made, now))


@router.get("/certificates/{code}/", response=CertificateOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def read_certificate(request: Request, code: str) -> dict[str, Any]:
    """What a certificate says, by the code printed on it: nobody's name, no code of a family."""
    return _certificate(code, timezone.now())


def _certificate(code: str, now: datetime) -> dict[str, Any]:
    found = certificate_called(code, now)
    return {
        **plain(found.event, "title", "first_at", "last_at"), **plain(found, "times", "people"),
        "event": found.event.code, "address": printed_address(code),
    }  # fmt: skip
