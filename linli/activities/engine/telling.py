"""What a booker is told: in her inbox if she was signed in, otherwise by a text message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from linli.activities.types.events import Changes, News
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.ui.formats import listed, moment_short, money
from linli.ui.jinja import named

# a text message has room for so many times
MOST_TIMES = 3
NOTHING = News()
TELLER = system_actor("activities.bookings")


def tell_booker(
    booking: Booking, template: str, more: Mapping[str, str] = {}, *, back_fen: int = 0, now: datetime
) -> None:  # fmt: skip
    """Send one of the messages about a booking; nobody is told where nothing is known of her."""
    to = _to(booking)
    if to is None:
        return
    with translation.override(booking.language):
        values = {
            "venue": named(booking.venue), "when": moment_short(booking.starts_at),
            "code": booking.code, "reason": _with_back(booking.reason, back_fen), **more,
        }  # fmt: skip
    about = About(booking.path, Link("activities:booking", (booking.code,)))
    notify.send(template, to, values, actor=TELLER, now=now, about=about)


def _with_back(reason: str, back_fen: int) -> str:
    """Return why something fell out, and what of the money goes back; how stands where the code leads."""
    words = _("%(yuan)s goes back to you.") % {"yuan": money(back_fen)} if back_fen else ""
    return " ".join(filter(None, (reason, words)))


def _to(booking: Booking) -> To | None:
    if booking.account_id is not None:
        return To(account_id=booking.account_id, language=booking.language)
    with scope.acting(TELLER):
        vault = BookingVault.objects.filter(booking=booking).first()
    if vault is None:
        return None
    phone = envelopes.opened(vault.phone, BOOKERS, "phone", booking.pk)
    return To(phone=phone, language=booking.language) if phone else None


def tell_group(
    group: Group, at: Round, template: str, more: Mapping[str, str] = {}, *, now: datetime
) -> None:
    """Send one of the messages about a round to whom one asks for in a group."""
    with scope.acting(TELLER):
        vault = GroupVault.objects.filter(group=group).first()
    if vault is None:
        return
    phone = envelopes.opened(vault.phone, GROUPS, "phone", group.pk)
    about = About(at.path, Link("activities:round", (at.pk,)))
    values = {"round": at.title, "group": group.name, **more}
    notify.send(template, To(phone=phone), values, actor=TELLER, now=now, about=about)


def tell_taker(
    enrolment: Enrolment, event: Event, template: str, news: News = NOTHING, *,
    more: Mapping[str, str] = {}, now: datetime,
) -> None:  # fmt: skip
    """Send one of the messages about an event to a family that is enrolled."""
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
        changes = changes_in_words(news.changes)
        values = {
            "event": named(event),
            "when": times_in_words(news.times or (event.first_at,)),
            "code": enrolment.code, "reason": _with_back(news.reason or event.reason, news.back_fen),
            "to": moment_short(news.to) if news.to is not None else "",
            "changes": " ".join(changes), "change": changes[0] if changes else "", **more,
        }  # fmt: skip
    about = About(event.path, Link("activities:enrolment", (enrolment.code,)))
    notify.send(template, whom, values, actor=TELLER, now=now, about=about)


def changes_in_words(changes: Changes) -> list[str]:
    """Return what changed of an event as sentences, what matters most first."""
    told = [
        _("Instead of %(when)s now %(to)s.") % {"when": moment_short(old), "to": moment_short(new)}
        for old, new in changes.moved[:MOST_TIMES]
    ]
    if (more := len(changes.moved) - MOST_TIMES) > 0:
        told.append(
            ngettext("%(num)s more time was moved.", "%(num)s more times were moved.", more)
            % {"num": more}
        )
    if changes.dropped:
        told.append(_("Falls out: %(when)s.") % {"when": times_in_words(changes.dropped)})
    if changes.added:
        told.append(_("Added: %(when)s.") % {"when": times_in_words(changes.added)})
    if changes.where is not None:
        told.append(_("Now at: %(where)s.") % {"where": changes.where})
    if changes.fee_fen is not None:
        told.append(_("It costs %(fee)s a person now.") % {"fee": money(changes.fee_fen)})
    if changes.title is not None:
        told.append(_("It was called %(title)s before.") % {"title": changes.title})
    return told


def times_in_words(times: Sequence[datetime]) -> str:
    """Return times in words, the first ones and how many more there are."""
    first = listed(map(moment_short, times[:MOST_TIMES]))
    more = len(times) - MOST_TIMES
    if more <= 0:
        return first
    return ngettext("%(times)s and %(num)s more", "%(times)s and %(num)s more", more) % {
        "times": first, "num": more,
    }  # fmt: skip
