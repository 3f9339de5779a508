"""A visit is rated once, unseen by whoever served; each bad rating is called back within its term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.ground import term_end
from linli.cases.types.rating import BAD, HIGHEST, LOWEST, Reached, Why
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.contacts import contact_of
from linli.offerings.clients.rating_contacts import number_in, sealed_number
from linli.offerings.errors import NotYetRatable, RatedBefore
from linli.offerings.models import Appointment, VisitRating
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.queries.rating_codes import rating_code
from linli.offerings.rules.visit_ratings import does_count, may_change, may_rate
from linli.offerings.types.visit_ratings import NO_NUMBER, OUTCOMES, RatedBy
from linli.rulebook import queries as rulebook
from linli.trail.services import record, record_read

UNTIL, CALL = "visit.rate_until", "rating.call_back"
ASKED, MOST_NOTE = "offerings.visit_asked", 500
# what whoever rates says; the rest of the row is the office's
GIVEN = (
    "grade", "by", "given_at", "why", "counts", "counts_from", "call_due_at", "contact", "reached", "note",
)  # fmt: skip


@open_to_all("whoever has the code of a visit was there")
@transaction.atomic
def rate_visit(
    code: str, grade: int, *, why: Sequence[str] = (), phone: str = "", by: RatedBy = RatedBy.OWN,
    actor: Actor, now: datetime,
) -> VisitRating:  # fmt: skip
    """Take down what somebody thought of a visit; a bad grade is called back at the number she leaves.

    What was given too soon counts once the hours are over, and may be changed until then. Refuses with
    NotFound, Invalid, NotYetRatable before it ended and long after, RatedBefore.
    """
    if not LOWEST <= grade <= HIGHEST:
        raise Invalid({"grade": [_("Choose one of the five grades.")]})
    hold("offerings.rating", queries.rated_by_code(code).key)
    rated, on = queries.rated_by_code(code), localdate(now)
    days = rulebook.lookup(UNTIL, rated.path, on).number
    if rated.ended_at is None or not may_rate(rated.ended_at, now, days):
        raise NotYetRatable(days=days)
    before = queries.held_rating(rated)
    if before is not None and not may_change(before, by, now, is_staff=actor.is_staff):
        raise RatedBefore()
    hours = rulebook.lookup(queries.LATER, rated.path, on).number
    made = before or VisitRating(
        centre_id=rated.centre_id, path=rated.path, ticket=rated.ticket, visit=rated.visit
    )
    made.grade, made.by, made.given_at = grade, by, now
    made.why = [one.value for one in Why if one.value in why]
    made.counts = does_count(by, rated.ended_at, now, hours, is_staff=actor.is_staff)
    is_soon = not made.counts and not actor.is_staff
    made.counts_from = rated.ended_at + timedelta(hours=hours) if is_soon else None
    made.call_due_at = term_end(CALL, rated.path, now) if grade <= BAD else None
    return _kept(made, phone, actor=actor, now=now)


def _kept(made: VisitRating, phone: str, *, actor: Actor, now: datetime) -> VisitRating:
    """Keep a rating, and the number of who is to be called: of nobody else one is kept."""
    made.contact, made.reached, made.note = None, "", ""
    made.save(update_fields=None if made._state.adding else GIVEN)
    if phone and made.call_due_at is not None:
        made.contact = sealed_number(phone, made.pk)
        made.save(update_fields=["contact"])
    record(
        "offerings.visit_rated", on=made, actor=actor, now=now, place=made.path, counts=made.counts
    )
    return made


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def let_count(*, actor: Actor, now: datetime) -> int:
    """Let ratings count that were given too soon, once the hours are over; return how many. Safe to run twice."""
    return queries.due_to_count(now).update(counts=True, counts_from=None)


@transaction.atomic
def record_visit_call(
    rating: VisitRating, reached: str, note: str, *, actor: Actor, now: datetime
) -> VisitRating:
    """Write down what came of the call after a bad rating; who could not be reached is called again.

    That no number was left is said of her alone who left none. Refuses with NotAllowed, NotFound when it was
    made meanwhile, Invalid.
    """
    require(actor, permits.CALL_BACK, at=rating.path)
    rating = VisitRating.objects.select_for_update().get(pk=queries.get_call(actor, rating.pk).pk)
    said = clean_text(note).strip()
    if reached not in OUTCOMES:
        raise Invalid({"reached": [_("Choose one of these.")]})
    if reached == NO_NUMBER and queries.has_number(rating):
        raise Invalid({"reached": [_("A number was left: show it, and call.")]})
    if len(said) > MOST_NOTE or (reached == Reached.YES and not said):
        raise Invalid(
            {"note": [_("Write in a few words what they said and what is done about it.")]}
        )
    rating.reached, rating.note = reached, said
    if reached != Reached.NO:
        rating.called_at, rating.contact = now, None  # it was left for this call alone
    rating.save(update_fields=["reached", "note", "called_at", "contact"])
    record(
        "offerings.rating_called",
        on=rating,
        actor=actor,
        now=now,
        place=rating.path,
        reached=reached,
    )
    return rating


@transaction.atomic
def number_to_call(rating: VisitRating, *, actor: Actor, now: datetime) -> str:
    """Return the number that was left with the rating or the booking, for the call; the reading is recorded.

    Refuses with NotAllowed.
    """
    require(actor, permits.REACH, at=rating.path)
    visit = rating.visit or (rating.ticket.visit if rating.ticket else None)
    phone = number_in(rating) or (contact_of(visit).phone if visit is not None else "")
    if phone:
        record_read(on=rating, fields=["contact"], actor=actor, now=now, place=rating.path,
                    reason="rating.call_back")  # fmt: skip
    return phone


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def ask_how_it_was(*, actor: Actor, now: datetime, limit: int = 500) -> int:
    """Ask those who agreed to it how their visit was, some hours later, once; return how many."""
    rows = queries.to_ask(now, limit)
    Appointment.objects.filter(pk__in=[one.pk for one in rows]).update(asked_at=now)
    for one in rows:
        code = rating_code(one.code)
        about = About(one.path, Link("offerings:rate", (code,)))
        to = To(phone=contact_of(one).phone, language=one.language)
        notify.send(ASKED, to, {"code": code}, actor=actor, now=now, about=about)
    return len(rows)
