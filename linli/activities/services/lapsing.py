"""Bookings that nobody decided are refused before their time begins, with a word to whoever asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.activities.models import Booking
from linli.activities.queries.bookings import unanswered
from linli.activities.services.changing import refuse_held
from linli.activities.types.venues import BookingState
from linli.kernel.permits import Actor, open_to_all

AT_ONCE = 100
# nobody is told of what was over longer ago
NEWS = timedelta(days=1)


@open_to_all("the job is the system")
def refuse_unanswered(*, actor: Actor, now: datetime) -> int:
    """Refuse what begins in a moment and was not decided; return how many bookings."""
    done = 0
    while more := _refuse_some(actor, now):
        done += more
    return done


@transaction.atomic
def _refuse_some(actor: Actor, now: datetime) -> int:
    """Refuse some; what the office is deciding at this moment is left to it."""
    rows = Booking.objects.select_for_update(of=("self",), skip_locked=True)
    due = list(unanswered(now).values_list("pk", flat=True)[:AT_ONCE])
    found = rows.filter(pk__in=due, state=BookingState.ASKED).select_related("venue").order_by("pk")
    for booking in found:
        with translation.override(booking.language):
            words = _(
                "The office did not answer before the time began. Choose another one, or call."
            )
        is_told = booking.ends_at > now - NEWS
        refuse_held(booking, words, is_told=is_told, actor=actor, now=now)
    return len(found)
