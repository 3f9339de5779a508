"""Days that differ: closed or with other hours. Bookings on them are cancelled with the reason, or moved first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.holding import held_venue
from linli.activities.errors import HasBookings
from linli.activities.models import Venue, VenueDays
from linli.activities.queries.bookings import closing, on_days
from linli.activities.services.ending import cancel_all
from linli.activities.types.venues import DAY_MINUTES, DaysFacts, EndedBy
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

MOST_DAYS = 366


@transaction.atomic
def set_days(
    venue: Venue, facts: DaysFacts, *, drops: bool = False, actor: Actor, now: datetime
) -> VenueDays:
    """Close a venue on some days, or open it at other hours.

    Bookings without a place there are cancelled with the reason if `drops` says so, and told.
    Refuses with NotAllowed, VenueEnded, HasBookings, Invalid.
    """
    hold("activities.venue", venue.pk)
    venue = held_venue(venue, None)
    require(actor, permits.VENUES, at=venue.path)
    reason = _checked(facts, now)
    left = on_days(venue, facts, now)
    if left and not drops:
        raise HasBookings(num=len(left))
    days = VenueDays.objects.create(
        venue=venue, first_on=facts.first_on, last_on=facts.last_on, opens=facts.opens,
        closes=facts.closes, reason=reason, made_at=now,
    )  # fmt: skip
    cancel_all(left, reason, by=EndedBy.CLOSING, actor=actor, now=now)
    record(
        "activities.days_set", on=venue, actor=actor, now=now, place=venue.path, cancelled=len(left),
        first_on=facts.first_on.isoformat(), last_on=facts.last_on.isoformat(),
    )  # fmt: skip
    return days


@transaction.atomic
def lift_days(days: VenueDays, *, actor: Actor, now: datetime) -> VenueDays:
    """Let the usual hours hold again; what was cancelled stays cancelled.

    Refuses with NotFound, NotAllowed.
    """
    days = VenueDays.objects.select_for_update(of=("self",)).select_related("venue").get(
        pk=closing(days.pk).pk
    )  # fmt: skip
    require(actor, permits.VENUES, at=days.venue.path)
    days.lifted_at = now
    days.save(update_fields=["lifted_at"])
    record("activities.days_lifted", on=days.venue, actor=actor, now=now, place=days.venue.path)
    return days


def _checked(facts: DaysFacts, now: datetime) -> str:
    """Return the reason. Refuses with Invalid."""
    faults: dict[str, list[str]] = {}
    reason = clean_text(facts.reason).strip()[:200]
    if not reason:
        faults["reason"] = [_("Say why: it is told to everybody who booked.")]
    if facts.last_on < localdate(now):
        faults["last_on"] = [_("These days are past.")]
    if facts.last_on < facts.first_on:
        faults["last_on"] = [_("The last day comes after the first.")]
    if (facts.last_on - facts.first_on).days >= MOST_DAYS:
        faults["last_on"] = [_("At most a year at a time.")]
    if (facts.opens is None) != (facts.closes is None):
        faults["hours"] = [_("Give both hours, or none if it is closed.")]
    elif facts.opens is not None and not 0 <= facts.opens < (facts.closes or 0) <= DAY_MINUTES:
        faults["hours"] = [_("A time of closing comes after its opening, on the same day.")]
    if faults:
        raise Invalid(faults)
    return reason
