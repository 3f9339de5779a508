"""Visits that an office has to cancel: who left a telephone is told why, and how to book anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings.clients.contacts import contact_of
from linli.offerings.models import Appointment
from linli.offerings.queries.visits import time_words, why_words
from linli.offerings.services.ticket_ends import leave_with
from linli.offerings.states import VISIT, VisitState
from linli.trail.services import record_many
from linli.trail.types import About as Where
from linli.trail.types import Act

CLOSED = "offerings.visit_closed"
Stretch = tuple[datetime, datetime]


@open_to_all("the closing of the window has asked for its permit; this runs in it")
def cancel_in(
    window_ids: Sequence[int], stretch: Stretch | None, *, why: str, note: str, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Cancel the visits booked at windows in a stretch of time, or all that are to come.

    Returns how many. Must run in the transaction that closed the windows.
    """
    found = Appointment.objects.select_for_update().filter(
        window_id__in=window_ids, state__in=VISIT.moves["close"].source, starts_at__gte=now
    )
    if stretch is not None:
        found = found.filter(starts_at__lt=stretch[1], ends_at__gt=stretch[0])
    return _cancelled(found, why, note, actor=actor, now=now)


@open_to_all("taking an opening back has asked for its permit; this runs in it")
def cancel_visits(
    visit_ids: Collection[int], *, why: str, note: str, actor: Actor, now: datetime
) -> int:
    """Cancel these visits, as far as they still stand; return how many. Must run in the transaction."""
    found = Appointment.objects.select_for_update().filter(
        pk__in=visit_ids, state__in=VISIT.moves["close"].source
    )
    return _cancelled(found, why, note, actor=actor, now=now)


def _cancelled(
    found: QuerySet[Appointment], why: str, note: str, *, actor: Actor, now: datetime
) -> int:
    rows = list(found.order_by("pk"))
    if not rows:
        return 0
    state = VISIT.after(VisitState.BOOKED, "close")
    Appointment.objects.filter(pk__in=[one.pk for one in rows]).update(
        state=state, why=why, ended_at=now, edition=F("edition") + 1
    )
    record_many(
        [Act("offerings.visit_closed", one, {"why": why}, Where(place=one.path)) for one in rows],
        actor=actor, now=now,
    )  # fmt: skip
    leave_with([one.pk for one in rows], actor=actor, now=now)
    for one in rows:
        _tell(one, why, note, actor=actor, now=now)
    return len(rows)


def _tell(one: Appointment, why: str, note: str, *, actor: Actor, now: datetime) -> None:
    phone = contact_of(one).phone
    if not phone:
        return
    values = {
        "when": time_words(one, one.language),
        "why": why_words(why, one.language),
        "code": one.code,
    }
    about = About(one.path, Link("offerings:visit", (one.code,)))
    notify.send(CLOSED, To(phone=phone, language=one.language), values, actor=actor, now=now,
                urgent=True, about=about)  # fmt: skip
