"""What a booker is told: in her inbox if she was signed in, otherwise by a text message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import ngettext, pgettext

from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import BOOKERS, GROUPS, TAKERS
from linli.activities.models import (
    Booking,
    BookingVault,
    Enrolment,
    EnrolmentVault,
    Event,
    Group,
    GroupVault,
    Round,
)
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.ui.formats import moment_short
from linli.ui.jinja import named

# a text message has room for so many times
MOST_TIMES = 3
TELLER = system_actor("activities.bookings")


def tell_booker(booking: Booking, template: str, *, now: datetime) -> None:
    """Send one of the messages about a booking; nobody is told where nothing is known of her."""
    to = _to(booking)
    if to is None:
        return
    with translation.override(booking.language):
        values = {
            "venue": named(booking.venue), "when": moment_short(booking.starts_at),
            "code": booking.code, "reason": booking.reason,
        }  # fmt: skip
    about = About(booking.path, Link("activities:booking", (booking.code,)))
    notify.send(template, to, values, actor=TELLER, now=now, about=about)


def _to(booking: Booking) -> To | None:
    if booking.account_id is not None:
        return To(account_id=booking.account_id, language=booking.language)
    with scope.acting(TELLER):
        vault = BookingVault.objects.filter(booking=booking).first()
    if vault is None:
        return None
    phone = envelopes.opened(vault.phone, BOOKERS, "phone", booking.pk)
    return To(phone=phone, language=booking.language) if phone else None


def tell_group(group: Group, at: Round, template: str, *, now: datetime) -> None:
    """Send one of the messages about a round to whom one asks for in a group."""
    with scope.acting(TELLER):
        vault = GroupVault.objects.filter(group=group).first()
    if vault is None:
        return
    phone = envelopes.opened(vault.phone, GROUPS, "phone", group.pk)
    about = About(at.path, Link("activities:round", (at.pk,)))
    values = {"round": at.title, "group": group.name}
    notify.send(template, To(phone=phone), values, actor=TELLER, now=now, about=about)


def tell_taker(
    enrolment: Enrolment, event: Event, template: str, *, now: datetime,
    times: Sequence[datetime] = (), to: datetime | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Send one of the messages about an event to a family that is enrolled.

    `times` are those that are meant where it is not all of it, `to` the one to which it moved.
    """
    if enrolment.account_id is not None:
        whom = To(account_id=enrolment.account_id, language=enrolment.language)
    else:
        with scope.acting(TELLER):
            vault = EnrolmentVault.objects.filter(enrolment=enrolment).first()
        if vault is None:
            return
        phone = envelopes.opened(vault.phone, TAKERS, "phone", enrolment.pk)
        whom = To(phone=phone, language=enrolment.language)
    with translation.override(enrolment.language):
        values = {
            "event": named(event),
            "when": _told(times or (event.first_at,)),
            "code": enrolment.code, "reason": reason or event.reason,
            "to": moment_short(to) if to is not None else "",
        }  # fmt: skip
    about = About(event.path, Link("activities:enrolment", (enrolment.code,)))
    notify.send(template, whom, values, actor=TELLER, now=now, about=about)


def _told(times: Sequence[datetime]) -> str:
    """Return times in words, the first ones and how many more there are."""
    first = pgettext("between names", ", ").join(map(moment_short, times[:MOST_TIMES]))
    more = len(times) - MOST_TIMES
    if more <= 0:
        return first
    return ngettext("%(times)s and %(num)s more", "%(times)s and %(num)s more", more) % {
        "times": first, "num": more,
    }  # fmt: skip
