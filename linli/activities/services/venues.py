"""Venues are entered, corrected and closed for good; their weekly hours are set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.holding import held_venue
from linli.activities.errors import HasBookings
from linli.activities.models import Booking, Venue, WeekHours
from linli.activities.queries.bookings import outside_week
from linli.activities.rules import venues as rules
from linli.activities.services.ending import cancel_all
from linli.activities.types.venues import (
    DAY_MINUTES,
    MOST_PEOPLE,
    OPEN,
    Audience,
    EndedBy,
    Owner,
    VenueFacts,
    VenueKind,
)
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

Week = Mapping[int, Sequence[rules.Span]]
TEXTS = {
    "name": 60,
    "name_en": 80,
    "address": 120,
    "about": 500,
    "terms": 1000,
    "checks": 1000,
    "phone": 40,
}
# what may be set, from the least to the most
RANGES = {
    "people": (1, MOST_PEOPLE), "step_minutes": (15, DAY_MINUTES), "most_minutes": (15, DAY_MINUTES),
    "ahead_days": (0, 366), "notice_minutes": (0, 30 * DAY_MINUTES), "open_most": (1, 50),
    "hour_fen": (0, 100_000_00), "deposit_fen": (0, 1_000_000_00),
}  # fmt: skip


@transaction.atomic
def add_venue(place: Place, facts: VenueFacts, *, actor: Actor, now: datetime) -> Venue:
    """Enter a venue; it can be booked once it has hours. Refuses with NotAllowed, Ended, Invalid."""
    require(actor, permits.VENUES, at=place.path)
    register.refuse_ended(place)
    venue = Venue.objects.create(path=place.path, **_tidy(facts))
    record("activities.venue_added", on=venue, actor=actor, now=now, place=venue.path)
    return venue


@transaction.atomic
def change_venue(
    venue: Venue, facts: VenueFacts, *, edition: int | None = None, actor: Actor, now: datetime
) -> Venue:
    """Correct a venue and its rules; what is booked already stays as it was booked.

    Refuses with NotAllowed, VenueEnded, Stale, Invalid.
    """
    venue = held_venue(venue, edition)
    require(actor, permits.VENUES, at=venue.path)
    tidy = _tidy(facts)
    changed = sorted(key for key, value in tidy.items() if getattr(venue, key) != value)
    for column, value in tidy.items():
        setattr(venue, column, value)
    venue.edition += 1
    venue.save()
    record(
        "activities.venue_changed", on=venue, actor=actor, now=now, place=venue.path, fields=changed
    )
    return venue


@transaction.atomic
def set_week(
    venue: Venue, week: Week, *, drops: bool = False, reason: str = "", actor: Actor, now: datetime
) -> Venue:
    """Set the weekly hours; bookings that fall outside are cancelled with the reason if `drops` says so.

    Refuses with NotAllowed, VenueEnded, HasBookings, Invalid.
    """
    hold("activities.venue", venue.pk)
    venue = held_venue(venue, None)
    require(actor, permits.VENUES, at=venue.path)
    rows = [(day, opens, closes) for day, spans in week.items() for opens, closes in spans]
    fault = rules.fault_of_week(rows, venue.step_minutes)
    if fault:
        raise Invalid({"week": [_week_words(fault)]})
    left = outside_week(venue, {day: list(spans) for day, spans in week.items()}, now)
    if left and not drops:
        raise HasBookings(num=len(left))
    why = _reason(reason) if left else ""
    WeekHours.objects.filter(venue=venue).delete()
    WeekHours.objects.bulk_create(
        WeekHours(venue=venue, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in rows
    )
    cancel_all(left, why, by=EndedBy.OFFICE, actor=actor, now=now)
    record(
        "activities.week_set", on=venue, actor=actor, now=now, place=venue.path, cancelled=len(left)
    )
    return venue


def _week_words(fault: str) -> str:
    """Return what is wrong with a weekly opening, in words."""
    return {
        "order": _("A time of closing comes after its opening, on the same day."),
        "short": _("An opening is shorter than one piece of time."),
        "overlap": _("Two openings of a day overlap."),
    }[fault]


@transaction.atomic
def end_venue(
    venue: Venue, *, drops: bool = False, reason: str = "", edition: int | None = None, actor: Actor,
    now: datetime,
) -> Venue:  # fmt: skip
    """Take a venue out of use from today; bookings ahead are cancelled with the reason if `drops`.

    Refuses with NotAllowed, VenueEnded, Stale, HasBookings, Invalid.
    """
    hold("activities.venue", venue.pk)
    venue = held_venue(venue, edition)
    require(actor, permits.VENUES, at=venue.path)
    ahead = list(Booking.objects.filter(venue=venue, state__in=OPEN, ends_at__gt=now))
    if ahead and not drops:
        raise HasBookings(num=len(ahead))
    why = _reason(reason) if ahead else ""
    venue.ended_on, venue.edition = localdate(now), venue.edition + 1
    venue.save(update_fields=["ended_on", "edition"])
    cancel_all(ahead, why, by=EndedBy.CLOSING, actor=actor, now=now)
    record(
        "activities.venue_ended", on=venue, actor=actor, now=now, place=venue.path, cancelled=len(ahead)
    )  # fmt: skip
    return venue


def _reason(reason: str) -> str:
    words = clean_text(reason).strip()
    if not words:
        raise Invalid({"reason": [_("Say why: it is told to everybody who booked.")]})
    return words[:200]


def _tidy(facts: VenueFacts) -> dict[str, Any]:
    """Return the columns of a venue. Refuses with Invalid."""
    said = asdict(facts) | {name: clean_text(getattr(facts, name)).strip() for name in TEXTS}
    faults = {**_wrong_texts(said), **_wrong_numbers(said)}
    for name, words in (("kind", VenueKind), ("owner", Owner), ("audience", Audience)):
        if said[name] not in {str(one) for one in words}:
            faults[name] = [_("Choose one of the list.")]
    if faults:
        raise Invalid(faults)
    return said


def _wrong_texts(said: Mapping[str, Any]) -> dict[str, list[str]]:
    faults = {
        name: [_("At most %(most)s characters.") % {"most": most}]
        for name, most in TEXTS.items()
        if len(said[name]) > most
    }
    if not said["name"]:
        faults["name"] = [_("Say what it is called.")]
    if not said["address"]:
        faults["address"] = [_("Say where it is.")]
    return faults


def _wrong_numbers(said: Mapping[str, Any]) -> dict[str, list[str]]:
    words = _("Give a number from %(least)s to %(most)s.")
    faults = {
        name: [words % {"least": least, "most": most}]
        for name, (least, most) in RANGES.items()
        if not least <= said[name] <= most
    }
    if "most_minutes" not in faults and said["most_minutes"] < said["step_minutes"]:
        faults["most_minutes"] = [_("The longest booking is at least one piece of time.")]
    return faults
