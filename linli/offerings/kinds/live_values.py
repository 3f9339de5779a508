"""What screens and phones ask for every few seconds: the calls of a hall, and where a ticket stands."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import localdate

from linli.kernel.errors import NotFound
from linli.kernel.live import LIVE, LiveValue
from linli.kernel.wholes import whole_number
from linli.offerings.queries import tickets as queries
from linli.offerings.queries.windows import centre_called


def topic(centre_id: int) -> str:
    """Return under which topic the database tells of the tickets of a centre."""
    return f"queue:{centre_id}"


def calls_of(code: str) -> tuple[str, str]:
    """Return the calls of a hall as the big screen shows them. Refuses with NotFound."""
    body = centre_called(code, localdate())
    board = queries.board_of(body.pk, timezone.now())
    return topic(body.pk), render_to_string("offerings/queue/_screen.html", {"board": board})


def ticket_of(code: str) -> tuple[str, str]:
    """Return where a ticket stands. Refuses with NotFound."""
    found, now = queries.ticket_called(code), timezone.now()
    context = {"ticket": found, "ahead": queries.ahead_of(found, now)}
    return topic(found.centre_id), render_to_string("offerings/queue/_ticket.html", context)


def waiting_at(centre_id: str) -> tuple[str, str]:
    """Return how many wait at a centre. Refuses with NotFound."""
    number = whole_number(centre_id)
    if number is None:
        raise NotFound()
    count = len(queries.waiting_at(number, localdate()))
    return topic(number), render_to_string("offerings/queue/_waiting.html", {"waiting": count})


def register() -> None:
    """Offer them. Called at start."""
    LIVE.add(LiveValue("queue", calls_of))
    LIVE.add(LiveValue("ticket", ticket_of))
    LIVE.add(LiveValue("waiting", waiting_at))
