"""Events over the API for the office: entered, edited, published, called off; who is enrolled, who came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.activities import permits
from linli.activities.api.events import EventOut, event_out
from linli.activities.forms.events import EventWords
from linli.activities.forms.events_desk import CallOffForm
from linli.activities.queries import events as queries
from linli.activities.queries import venues
from linli.activities.queries.fees import stays_of
from linli.activities.queries.narrowing import Narrowed, events_wanted
from linli.activities.services import editing, events
from linli.activities.types.events import EventEdit, EventFacts, EventKind, EventState, SessionTime
from linli.kernel.api import Moment, PagedIn, one_of, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import path_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
NEWEST = Keyset("new", ("-first_at", "-id"))


class EventSpanIn(Schema):
    starts_at: Moment
    ends_at: Moment


class EventWordsIn(Schema):
    """As the form of the page: `fee` in yuan as text, ages and `venue_id` empty where there are none."""

    title: str
    kind: str
    where: str
    places: int
    title_en: str = ""
    about: str = ""
    venue_id: int | None = None
    waiting: int = 20
    least_age: int | None = None
    most_age: int | None = None
    for_neighbours: bool = False
    fee: str = "0"
    phone: str = ""
    enrol_until: Moment | None = None


class EventIn(EventWordsIn):
    """An event with its times, one for a single event, several for a course."""

    sessions: list[EventSpanIn]


class TimeIn(EventSpanIn):
    """A time to come: with the `id` of one that there is, without for a new one."""

    id: int | None = None


class EventEditIn(EventWordsIn):
    """An event as it is to be: `sessions` are all times to come, one that is not named falls out.

    Whoever is enrolled gets one message with the `reason` if name, times, place or fee change.
    """

    sessions: list[TimeIn]
    reason: str = ""
    edition: int | None = None


class OffIn(Schema):
    """`reason` is told to everybody who is enrolled. `stays` is asked for once an event with a fee has begun: what
    of the fee of a person stays for the times that took place, in yuan as text."""

    reason: str
    stays: str = ""
    edition: int | None = None


class KeptEventsIn(PagedIn):
    """Events as the office keeps them; `q` are words of name or place, `first` and `last` days on which they go on."""

    place: str = ""
    kind: str = ""
    state: str = ""
    q: str = ""
    first: date | None = None
    last: date | None = None


class KeptEventOut(EventOut):
    """As the office sees it, drafts too; `edition` keeps two from changing it at once."""

    id: int
    venue_id: int | None
    waiting_most: int
    edition: int


class OffOut(KeptEventOut):
    """`told` is how many families were enrolled or waited: each is told why."""

    told: int


class KeptEventsOut(Schema):
    count: int
    items: list[KeptEventOut]
    next: str | None


@router.get("/desk/events/", response=KeptEventsOut)
def list_kept_events(request: Request, asked: Query[KeptEventsIn]) -> dict[str, Any]:
    """Events of the places where one keeps them, newest first, drafts too."""
    require_somewhere(request.actor, permits.EVENTS)
    kind, state = one_of("kind", asked.kind, EventKind), one_of("state", asked.state, EventState)
    wanted = Narrowed(path_of(asked.place), asked.q[:60], kind, state, asked.first, asked.last)
    found = events_wanted(queries.kept_events(request.actor), wanted)
    return paged(found, NEWEST, asked, kept_out)


def kept_out(one: Any) -> dict[str, Any]:
    return {
        **event_out(one),
        **plain(one, "id", "venue_id", "edition"),
        "waiting_most": one.waiting,
    }


def _facts(given: EventWordsIn, path: str, sessions: tuple[Any, ...]) -> EventFacts:
    """Read the words by the form of the page. Refuses with Invalid."""
    rooms = [(str(one.pk), one.name) for one in venues.venues_at(path)]
    form = EventWords(
        given.dict(exclude={"sessions", "reason", "edition", "enrol_until"}), venues=rooms
    )
    form.accepted()
    return replace(form.facts_with(sessions), enrol_until=given.enrol_until)


@router.post("/places/{code}/events/", response={201: KeptEventOut})
def add_event(request: Request, code: str, given: EventIn) -> Status[dict[str, Any]]:
    """Enter an event as a draft; at a venue its times are booked with it."""
    place = places.open_place(code)
    require(request.actor, permits.EVENTS, at=place.path)
    sessions = tuple((one.starts_at, one.ends_at) for one in given.sessions)
    facts = _facts(given, place.path, sessions)
    return Status(
        201, kept_out(events.add_event(place, facts, actor=request.actor, now=timezone.now()))
    )


@router.post("/desk/events/{int:event_id}/edit", response=KeptEventOut)
def edit_event(request: Request, event_id: int, given: EventEditIn) -> dict[str, Any]:
    """Edit an event; bookings follow, and whoever is enrolled is told what matters."""
    event = queries.kept_event(request.actor, event_id)
    times = tuple(SessionTime(one.starts_at, one.ends_at, one.id) for one in given.sessions)
    edit = EventEdit(_facts(given, event.path, ()), times, given.reason)
    edited = editing.edit_event(
        event, edit, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return kept_out(edited)


@router.post("/desk/events/{int:event_id}/cancel", response=OffOut)
def cancel_event(request: Request, event_id: int, given: OffIn) -> dict[str, Any]:
    """Call an event off; everybody enrolled is told why, its venue is free again."""
    event = queries.kept_event(request.actor, event_id)
    now = timezone.now()
    stays = stays_of(event, now)
    if stays is None and given.stays.strip():
        # read too where nothing is asked: the service refuses what cannot stay
        stays = 0
    form = CallOffForm(given.dict(include={"reason", "stays"}), stays_fen=stays)
    reason = form.accepted()["reason"]
    off = events.cancel_event(
        event, reason, stays_fen=form.stays_fen, edition=given.edition, actor=request.actor, now=now
    )
    return {**kept_out(off), "told": len(queries.taking_part(off))}


@router.post("/desk/events/{int:event_id}/publish", response=EventOut)
def publish_event(request: Request, event_id: int) -> dict[str, Any]:
    """Show an event to everybody and take enrolments."""
    event = queries.kept_event(request.actor, event_id)
    return event_out(events.publish_event(event, actor=request.actor, now=timezone.now()))
