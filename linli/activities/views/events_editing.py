"""The editor of events: entered as a draft, and edited with a word to whoever is enrolled."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.activities import permits
from linli.activities.forms.events import EventEditForm, EventForm, as_typed
from linli.activities.queries import events as queries
from linli.activities.queries import venues
from linli.activities.services import editing, events
from linli.activities.types.events import SessionTime
from linli.activities.views.frame import GET_POST, answer, desk_way
from linli.kernel.money import Money
from linli.kernel.permits import require
from linli.kernel.web import Request, done
from linli.places import queries as places
from linli.ui.asking import Asking, answer_with
from linli.ui.jinja import named


def _rooms(path: str) -> list[tuple[str, str]]:
    return [(str(one.pk), named(one)) for one in venues.venues_at(path)]


@require_http_methods(GET_POST)
def event_new(request: Request, code: str) -> HttpResponse:
    """Enter an event or course; at a venue its times are booked with it."""
    place = venues.open_place(code)
    require(request.actor, permits.EVENTS, at=place.path)
    first = {"weeks": 1, "waiting": 20, "fee": Money(0), "places": 20}
    form = EventForm(request.POST or None, venues=_rooms(place.path), initial=first)
    made: list[Any] = []

    def act() -> None:
        made.append(
            events.add_event(
                places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
            )
        )

    title, to = _("Enter an event or course"), reverse("activities:events_desk")
    way = desk_way((_("Events and courses"), to), (title, ""))
    asking = Asking(
        title,
        form,
        way,
        to,
        _("Enter"),
        _("Entered as a draft. Look at it, then publish it."),
        named(place),
    )
    response = answer(request, asking, act)
    return done(request, reverse("activities:event_desk", args=[made[0].pk])) if made else response


@require_http_methods(GET_POST)
def event_edit(request: Request, event_id: int) -> HttpResponse:
    """Edit an event: its words, single times to come, room and capacity; families are told."""
    event = queries.kept_event(request.actor, event_id)
    sessions = [
        SessionTime(one.starts_at, one.ends_at, one.pk)
        for one in queries.sessions_of(event)
        if one.starts_at > timezone.now()
    ]
    form = EventEditForm(
        request.POST or None, sessions=sessions, venues=_rooms(event.path),
        initial=as_typed(event),
    )  # fmt: skip

    def act() -> None:
        editing.edit_event(
            event, form.edit, edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now()
        )  # fmt: skip

    title, to = _("Edit the event"), reverse("activities:event_desk", args=[event.pk])
    way = desk_way(
        (_("Events and courses"), reverse("activities:events_desk")),
        (named(event), to),
        (title, ""),
    )
    asking = Asking(
        title, form, way, to, _("Save"), _("Saved. Whoever is enrolled is told what matters."),
        _("Whoever is enrolled gets one message if the name, times, place or fee change. Rules of age and place hold for those who enrol from now on."),
    )  # fmt: skip
    return answer_with("activities/events/edit.html", request, asking, act, event=event)
