"""What is entered of an event, looked at before it is kept, and the event held for a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.activities.errors import SPAN_FAULTS
from linli.activities.models import Booking, Event, EventSession, Venue
from linli.activities.rules.events import Span, fault_of_spans
from linli.activities.types.events import EventFacts, EventKind
from linli.activities.types.venues import MOST_PEOPLE
from linli.kernel.errors import Stale
from linli.kernel.locks import hold
from linli.kernel.texts import clean_text

MOST_SESSIONS, OLDEST = 60, 120
LENGTHS = {"title": 80, "title_en": 120, "about": 1500, "where": 120, "phone": 40}
PLAIN = ("kind", "venue_id", "places", "waiting", "least_age", "most_age", "for_neighbours", "fee_fen")  # fmt: skip


def held_event(event: Event, edition: int | None) -> Event:
    """Return an event locked in this transaction, its bookings before it, as who ends bookings does.

    Refuses with Stale.
    """
    ids = EventSession.objects.filter(event=event, booking__isnull=False).values("booking_id")
    list(Booking.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    hold("activities.event", event.pk)
    event = Event.objects.select_for_update(of=("self",)).select_related("venue").get(pk=event.pk)
    if edition is not None and edition != event.edition:
        raise Stale()
    return event


def columns_of(facts: EventFacts) -> dict[str, object]:
    """Return the columns of an event as entered, texts cleaned and cut to their length."""
    texts = {
        name: clean_text(getattr(facts, name)).strip()[:most] for name, most in LENGTHS.items()
    }
    return {**texts, **{name: getattr(facts, name) for name in PLAIN}}


def faults_of_facts(path: str, facts: EventFacts) -> dict[str, list[str]]:
    """Return what is wrong with an event of a place apart from its times, by field."""
    faults: dict[str, list[str]] = {}
    if not clean_text(facts.title).strip():
        faults["title"] = [_("Say what it is called.")]
    if not clean_text(facts.where).strip():
        faults["where"] = [_("Say where it is.")]
    if facts.kind not in {str(one) for one in EventKind}:
        faults["kind"] = [_("Choose one of the list.")]
    for name, least in (("places", 1), ("waiting", 0)):
        if not least <= getattr(facts, name) <= MOST_PEOPLE:
            words = _("Give a number from %(least)s to %(most)s.")
            faults[name] = [words % {"least": least, "most": MOST_PEOPLE}]
    ages = [one for one in (facts.least_age, facts.most_age) if one is not None]
    if any(not 0 <= one <= OLDEST for one in ages) or ages != sorted(ages):
        faults["most_age"] = [_("The greatest age is not below the least.")]
    ours = Venue.objects.filter(path__startswith=path, ended_on__isnull=True)
    if facts.venue_id is not None and not ours.filter(pk=facts.venue_id).exists():
        faults["venue_id"] = [_("Choose a venue of this place.")]
    if facts.venue_id is None and _is_venue(ours, facts.where):
        words = _("%(venue)s can be booked: choose it here, so that nobody else gets its times.")
        faults["venue_id"] = [words % {"venue": clean_text(facts.where).strip()}]
    return faults


def _is_venue(ours: QuerySet[Venue], where: str) -> bool:
    """Say whether the place of an event, as it is typed, is the name of a venue."""
    named = clean_text(where).strip()
    return bool(named) and ours.filter(Q(name=named) | Q(name_en=named)).exists()


def fault_of_times(spans: Sequence[Span], enrol_until: datetime | None) -> str:
    """Return in words what is wrong with the times of an event and the end of enrolment, or nothing."""
    fault = fault_of_spans(spans, MOST_SESSIONS)
    if fault:
        return str(SPAN_FAULTS[fault]) % {"most": MOST_SESSIONS}
    if enrol_until is not None and enrol_until > max(end for _start, end in spans):
        return _("Enrolment ends before the event does.")
    return ""


def let_span(event: Event, spans: Sequence[Span]) -> None:
    """Let an event begin and end with its times, unsaved; enrolment that went to its beginning still does."""
    goes_to_start = event.enrol_until == event.first_at
    event.first_at, event.last_at = min(spans)[0], max(end for _start, end in spans)
    event.enrol_until = event.first_at if goes_to_start else min(event.enrol_until, event.last_at)
