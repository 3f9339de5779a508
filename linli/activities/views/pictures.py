"""The programme of a place as a picture, to be sent on to the groups of neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.activities.clients.pictures import MOST, Line, Programme, picture_of
from linli.activities.queries import events as queries
from linli.activities.queries import venues
from linli.activities.types.events import EventState
from linli.kernel.web import Request, drawing_answer
from linli.runtime.types import Rate, client_address, limited
from linli.ui.jinja import named

DRAWN = Rate(120, timedelta(hours=1))
WORDS = "activities/events/_when.html"


@limited("activities.picture", DRAWN, client_address)
@require_safe
def programme_picture(request: Request, code: str) -> HttpResponse:
    """What goes on in a place, as one PNG for everybody; what was called off is not in it."""
    place = venues.open_place(code)
    coming = queries.programme(place.path, localdate()).exclude(state=EventState.CANCELLED)
    # one more than are shown says that there are more
    events = list(coming[: MOST + 1])
    address = settings.LINLI_PUBLIC_URL + reverse("activities:events", args=[place.code])
    lines = _lines(events, queries.sessions_by_event(events))
    drawn = picture_of(
        Programme(named(place), address, tuple(lines)), is_invented=place.is_invented
    )
    return drawing_answer(drawn, f"events-{place.code}.png")


def _lines(events: Sequence[Any], sessions: Mapping[int, Sequence[Any]]) -> list[Line]:
    """Return each event in the words that its page and the leaflet use."""
    said = engines["jinja2"].env.get_template(WORDS).module  # type: ignore[attr-defined]
    return [
        Line(
            when=_plain(said.when(sessions[one.pk])), what=named(one), where=one.where,
            whom=_plain(f"{said.whom(one)} · {said.price(one)}"),
        )
        for one in events
    ]  # fmt: skip


def _plain(text: object) -> str:
    """Return what a template said, as text and not as HTML."""
    return " ".join(unescape(str(text)).split())
