"""What happens to visits at the centre: somebody came, nobody came, who is reminded, how she is reached."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, require, require_somewhere
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.contacts import contact_of
from linli.offerings.errors import TimeTaken
from linli.offerings.models import Appointment
from linli.offerings.models.appointments import HELD
from linli.offerings.queries import visits as queries
from linli.offerings.services.visits import end
from linli.offerings.states import VISIT, VisitState
from linli.offerings.types.visits import Contact
from linli.trail.services import record_many, record_read
from linli.trail.types import About as Where
from linli.trail.types import Act

REMINDED = "offerings.visit_reminder"


@transaction.atomic
def receive(code: str, *, actor: Actor, now: datetime) -> Appointment:
    """Write down that somebody came, also one who was late. Refuses with NotFound, NotAllowed, WrongState."""
    visit = queries.held_visit(code)
    require(actor, permits.SERVE, at=visit.path)
    was, visit.state = visit.state, VISIT.after(visit.state, "come")
    if was == VisitState.NO_SHOW and _is_taken_again(visit):
        raise TimeTaken()
    return end(visit, "", "offerings.visit_came", actor=actor, now=now)


@transaction.atomic
def undo(code: str, *, actor: Actor, now: datetime) -> Appointment:
    """Take back that somebody came. Refuses with NotFound, NotAllowed, WrongState."""
    visit = queries.held_visit(code)
    require(actor, permits.SERVE, at=visit.path)
    visit = end(visit, "undo", "offerings.visit_undone", actor=actor, now=now)
    Appointment.objects.filter(pk=visit.pk).update(ended_at=None)
    return visit


def _is_taken_again(visit: Appointment) -> bool:
    held = Appointment.objects.filter(window_id=visit.window_id, starts_at__lt=visit.ends_at,
                                      ends_at__gt=visit.starts_at, state__in=HELD)  # fmt: skip
    return held.exclude(pk=visit.pk).exists()


@transaction.atomic
def reveal_contact(code: str, *, reason: str, actor: Actor, now: datetime) -> Contact:
    """Return how somebody who booked is reached; the reading and its reason are recorded.

    Refuses with NotFound, NotAllowed, Invalid for want of a reason. Who reaches nobody anywhere finds out
    no codes by trying.
    """
    require_somewhere(actor, permits.REACH)
    visit = queries.visit_called(code)
    require(actor, permits.REACH, at=visit.path)
    why = clean_text(reason).strip()
    if not 2 <= len(why) <= 200:
        raise Invalid({"reason": [_("Say why you need it; the reason is recorded.")]})
    record_read(on=visit, fields=["contact"], actor=actor, now=now, place=visit.path, reason=why)
    return contact_of(visit)


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def remind(*, actor: Actor, now: datetime, limit: int = 500) -> int:
    """Remind those who left a number of their visit, each once; return how many. Safe to run twice."""
    rows = queries.due_reminders(now, limit)
    locked = set(
        Appointment.objects.select_for_update(skip_locked=True)
        .filter(pk__in=[one.pk for one in rows], reminded_at__isnull=True, state=VisitState.BOOKED)
        .values_list("pk", flat=True)
    )
    due = [one for one in rows if one.pk in locked]
    Appointment.objects.filter(pk__in=locked).update(reminded_at=now)
    for one in due:
        values = {
            "when": queries.time_words(one, one.language),
            "window": one.window.number,
            "code": one.code,
        }
        about = About(one.path, Link("offerings:visit", (one.code,)))
        to = To(phone=contact_of(one).phone, language=one.language)
        notify.send(REMINDED, to, values, actor=actor, now=now, about=about)
    return len(due)


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def miss(*, actor: Actor, now: datetime, limit: int = 1000) -> int:
    """Write down to which visits nobody came; return how many. Safe to run twice."""
    found = queries.missed(now).select_for_update(skip_locked=True)
    rows = list(found[:limit])
    Appointment.objects.filter(pk__in=[one.pk for one in rows]).update(
        state=VISIT.after(VisitState.BOOKED, "miss"), ended_at=now, edition=F("edition") + 1
    )
    record_many(
        [Act("offerings.visit_missed", one, {}, Where(place=one.path)) for one in rows],
        actor=actor, now=now,
    )  # fmt: skip
    return len(rows)


@open_to_all("the nightly job is the system")
def let_contacts_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let go how somebody was reached, and from where she booked, when her visit is over; return how many."""
    found = list(queries.reachable_over(now).values_list("pk", flat=True)[:limit])
    rows = Appointment.objects.filter(pk__in=found)
    rows.filter(ends_at__lt=now - queries.KEEP).update(
        contact=None, contact_mark=None, phone_masked=""
    )
    return rows.update(origin_mark=None)
