"""Bookings that nobody decided are refused before their time begins, with a word to whoever asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.activities.queries.bookings import unanswered
from linli.activities.services.changing import refuse_held
from linli.kernel.each import each
from linli.kernel.permits import Actor, open_to_all

# nobody is told of what was over longer ago
NEWS = timedelta(days=1)
JOB = "activities.lapse"


@open_to_all("the job is the system")
def refuse_unanswered(*, actor: Actor, now: datetime) -> int:
    """Refuse what begins in a moment and was not decided, each by itself; return how many bookings.

    One that breaks holds up none of the others, and is tried again the next time.
    """
    done: list[bool] = []
    due = list(unanswered(now).values_list("pk", flat=True))
    each(JOB, due, lambda one: done.append(_refuse(one, actor, now)))
    return sum(done)


@transaction.atomic
def _refuse(booking_id: int, actor: Actor, now: datetime) -> bool:
    """Refuse one and say so; what the office is deciding at this moment is left to it."""
    rows = unanswered(now).select_for_update(of=("self",), skip_locked=True)
    booking = rows.select_related("venue").filter(pk=booking_id).first()
    if booking is None:
        return False
    with translation.override(booking.language):
        words = _("The office did not answer before the time began. Choose another one, or call.")
    is_told = booking.ends_at > now - NEWS
    refuse_held(booking, words, is_told=is_told, actor=actor, now=now)
    return True
