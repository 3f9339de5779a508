"""Events as everybody sees them: programme, one event, enrolment, one's places, what one thought; calendar feeds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.activities.engine.calendars import calendar_of, coming_first
from linli.activities.forms.lists import ProgrammeFilter
from linli.activities.forms.taking_part import EnrolForm, ThoughtForm
from linli.activities.queries import care, narrowing, outcomes, rooms, venues
from linli.activities.queries import events as queries
from linli.activities.queries.certificates import certificate_called, certified
from linli.activities.queries.fees import asking, fee_of, had_a_time
from linli.activities.rules.events import may_be_guarded
from linli.activities.services import bookings
from linli.activities.services import enrolling as services
from linli.activities.services.certificates import make_certificate
from linli.activities.types.events import (
    EVENT_STATES,
    EVENT_TITLES,
    EVENT_TONES,
    EventState,
    SeatState,
    seat_in_words,
)
from linli.activities.views.fees import about_family, back_frame, with_back
from linli.activities.views.frame import GET_POST
from linli.documents.queries import printed_address
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.fees import PAY_WAY
from linli.kernel.paging import Keyset, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request, calendar_answer, done, page
from linli.places import queries as places
from linli.runtime.types import account_or_address, client_address, is_fresh, limited
from linli.ui.jinja import named

PAGE = 30
WORDS: dict[str, Any] = {"kinds": EVENT_TITLES, "states": EVENT_STATES, "tones": EVENT_TONES}
FACES = {"a4": "leaflet", "a3": "leaflet"}
SOONEST, ON_TOUCH = Keyset("soon", ("first_at", "id")), 7


@require_safe
def programme(request: Request, code: str) -> HttpResponse:
    """What goes on in a place: on the page, the touch screen, as leaflet or poster."""
    place, form = venues.open_place(code), ProgrammeFilter(request.GET or None)
    wanted, face = form.wanted(place.path), request.GET.get("face", "")
    if face == "touch":
        return _touch(request, place, wanted.kind)
    first = max(wanted.since or localdate(), localdate())
    coming = narrowing.events_wanted(queries.programme(place.path, first), wanted)
    found = page_of(coming, SOONEST, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        **WORDS, "place": place, "found": found, "events": found.items, "form": form, "face": face,
        "sessions": queries.sessions_by_event(found.items),
        "address": f"{settings.LINLI_PUBLIC_URL}{reverse('activities:events', args=[place.code])}",
        "days_of": {one.pk: timezone.localtime(one.first_at).day for one in found.items},
        "feed": f"{settings.LINLI_PUBLIC_URL}/calendars/{place.code}.ics",
    }  # fmt: skip
    return page(request, f"activities/events/{FACES.get(face, 'list')}.html", context)


def _touch(request: Request, place: Any, kind: str) -> HttpResponse:
    """The programme on the touch screen, some events at a time; each leads to its code for the phone."""
    coming = queries.programme(place.path, localdate(), kind=kind)
    found = page_of(coming, SOONEST, cursor=request.GET.get("cursor"), limit=ON_TOUCH)
    context: dict[str, object] = {
        **WORDS, "place": place, "found": found, "sessions": queries.sessions_by_event(found.items), "kind": kind,
        "days_of": {one.pk: timezone.localtime(one.first_at).day for one in found.items},
        "here_kinds": [one for one in EVENT_TITLES if one in set(queries.kinds_of(place.path, localdate()))],
    }  # fmt: skip
    return page(request, "activities/events/touch.html", context)


def event_frame(event: Any) -> dict[str, object]:
    """Return what every page of an event takes."""
    place = places.get_place(code_of(event.path))
    to = reverse("activities:events", args=[place.code])
    room, now = queries.room_of(event), timezone.now()
    return {
        **WORDS, "event": event, "place": place, "sessions": queries.sessions_of(event),
        "grades": outcomes.grades_of(event), "room": room,
        "is_open": rooms.is_open(event, now), "is_full": rooms.is_full(event, room),
        "address": settings.LINLI_PUBLIC_URL + reverse("activities:event", args=[event.code]),
        "way": [(named(place), reverse("portal:place", args=[place.code])), (_("Events and courses"), to), (named(event), "")],
    }  # fmt: skip


@require_safe
def detail(request: Request, code: str) -> HttpResponse:
    """An event: when, where, for whom, how many places are free."""
    event = queries.get_event(code)
    context = {
        **event_frame(event),
        "shots": care.photos_of(event),
        "wishes": care.public_wishes(event),
        "said": outcomes.released_words(event),
    }
    name = "touch_event" if request.GET.get("face") == "touch" else "event"
    return page(request, f"activities/events/{name}.html", context)


@limited("activities.enrolments", services.ENROLLED, account_or_address, counts=is_fresh)
@require_http_methods(GET_POST)
def enrol(request: Request, code: str) -> HttpResponse:
    """Enrol a family in one go, without an account."""
    event = queries.get_event(code)
    frame = {**event_frame(event), "is_refused": False}
    form = EnrolForm(
        request.POST or None, asks_age=event.least_age is not None or event.most_age is not None,
        asks_neighbour=event.for_neighbours, asks_guardian=may_be_guarded(
            event.least_age, localdate(event.first_at).year, localdate().year,
            queries.guarded_age(event.path, localdate()),
        ),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.facts(get_language() or "zh-hans")
            made = services.enrol(
                event,
                facts,
                address=client_address(request),
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            # of what was refused nothing is promised any more
            form.add_error(None, str(fault))
            frame["is_refused"] = True
        else:
            return done(request, f"{reverse('activities:enrolment', args=[made.code])}?new=1")
    status = 422 if form.is_bound else 200
    return page(request, "activities/events/enrol.html", {**frame, "form": form}, status=status)


enrol.reads_freely = True  # type: ignore[attr-defined]  # opening the form enrols nobody


@never_cache
@limited("activities.codes", bookings.LOOKS, client_address)
@require_http_methods(GET_POST)
def enrolment(request: Request, code: str) -> HttpResponse:
    """One's own places by code: state, turn, calendar, certificate; afterwards what one thought."""
    found = queries.enrolment_by_code(code)
    if request.GET.get("format") == "ics":
        return _calendar([found.event], found.event.code, "")
    form = ThoughtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.say_what_you_thought(
                found, said["grade"], said["words"], actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("Thank you. It helps to plan the next one."))
            return done(request, reverse("activities:enrolment", args=[found.code]))
    now, fee = timezone.now(), fee_of(found)
    ask, goes_on = asking(found, fee), found.event.state == EventState.PUBLISHED
    is_held, is_waiting = (
        goes_on and found.state == one for one in (SeatState.IN, SeatState.WAITS)
    )
    context: dict[str, object] = {
        **event_frame(found.event), "enrolment": found, "turn": queries.turn_of(found), "form": form,
        "seat": seat_in_words(found.state, found.event.state),
        "is_new": "new" in request.GET and (is_held or is_waiting), "is_held": is_held, "is_waiting": is_waiting,
        "may_withdraw": found.state != "withdrawn" and queries.goes_on(found.event, now),
        "has_begun": had_a_time(found, now),
        "may_say": found.state == "in" and now >= found.event.first_at and queries.took_place(found),
        "fee": fee, "asking": ask, "ways": PAY_WAY, "now": now, **back_frame(found, fee, ask, now),
        "certified": certified(found, now),
        "own": settings.LINLI_PUBLIC_URL + reverse("activities:enrolment", args=[found.code]),
    }  # fmt: skip
    template = "events/enrolment"
    if request.GET.get("paper") == "1" and context["certified"]:
        code = make_certificate(found, actor=request.actor, now=now)
        template, context = "events/certificate", {**context, "check": printed_address(code)}
    if request.GET.get("paper") == "fee":
        template, context = (
            "fee_paper",
            {**context, "title": found.code, "about": about_family(found)},
        )
    status = 422 if form.is_bound else 200
    response = page(request, f"activities/{template}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


enrolment.reads_freely = True  # type: ignore[attr-defined]  # opening the page changes nothing


@limited("activities.codes", bookings.LOOKS, client_address)
@require_safe
def certificate(request: Request, code: str) -> HttpResponse:
    """What a certificate says, for whoever wants to know whether it is genuine: nobody's name, no code of a family."""
    found = certificate_called(code, timezone.now())
    context = {"found": found, "place": places.get_place(code_of(found.event.path))}
    response = page(request, "activities/events/certified.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@limited("activities.codes", bookings.LOOKS, client_address)
@require_POST
def withdraw(request: Request, code: str) -> HttpResponse:
    """Give places back; whoever waits longest moves up."""
    found = queries.enrolment_by_code(code)
    gone = services.withdraw(found, actor=request.actor, now=timezone.now())
    messages.success(request, with_back(_("Withdrawn. The next on the list is told."), gone))
    return done(request, reverse("activities:enrolment", args=[found.code]))


@limited("activities.feeds", bookings.LOOKS, client_address)
@require_safe
def feed(request: Request, code: str) -> HttpResponse:
    """The calendar of a place, or with `kind` of one subject, for telephones and office programs."""
    place, kind = venues.open_place(code), request.GET.get("kind", "")
    coming = queries.programme(place.path, localdate(), kind=kind if kind in EVENT_TITLES else "")
    return _calendar(coming_first(coming, timezone.now()), place.code, named(place))


def _calendar(events: list[Any], name: str, title: str) -> HttpResponse:
    text = calendar_of(events, title, now=timezone.now())
    return calendar_answer(text, name)
