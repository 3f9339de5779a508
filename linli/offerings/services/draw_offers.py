"""A time of a draw that falls free goes down the published line: offered with a term, taken, or to the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.clients.draw_visits import visit_for
from linli.offerings.errors import NothingFree
from linli.offerings.models import Appointment, DrawEntry, DrawRound
from linli.offerings.queries import rounds as queries
from linli.offerings.queries.slots import slot_at
from linli.offerings.queries.visits import moment_words
from linli.offerings.queries.windows import ground_of, hold_windows
from linli.offerings.rules.draw_offers import offered_until
from linli.offerings.services.draw_news import tell
from linli.offerings.states import VISIT, RoundState, VisitState
from linli.rulebook import queries as rulebook
from linli.trail.services import record

TERM = "visit.offer_term"
Time = tuple[int, datetime, datetime]


@open_to_all("whoever set the time free had the code of the visit; it goes to the next in line")
@transaction.atomic
def offer_freed(
    visit: Appointment, time: Time, *, actor: Actor, now: datetime
) -> Appointment | None:
    """Offer a time that a visit set free to the next in line, if it was one of a draw; return the offer.

    Must run in the transaction that set it free, with its window held, so that nobody takes or closes it
    between. While those who won are still being booked nothing is offered: the last step of it does.
    """
    entry = (
        DrawEntry.objects.filter(visit=visit).select_related("round").defer(*queries.HEAVY).first()
    )
    if entry is None or entry.round.state != RoundState.DRAWN:
        return None
    return offer_time(entry.round, time, actor=actor, now=now)


@open_to_all("whoever set the time free had its code, or the job that books those who won")
@transaction.atomic
def offer_time(one: DrawRound, time: Time, *, actor: Actor, now: datetime) -> Appointment | None:
    """Offer a free time to the next in the line of a draw; return the offer. Its window must be held."""
    on = localdate(time[1])
    until = offered_until(now, time[1], rulebook.lookup(TERM, one.path, localdate(now)).number)
    if until is None or not one.first <= on <= one.last or not _is_open(time):
        return None
    # one after the other: two times that fall free at once do not go to the same person
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    following = queries.next_in_line(one, on)
    return _offer(following, time, until, actor=actor, now=now) if following else None


def _is_open(time: Time) -> bool:
    ground = ground_of(time[0], localdate(time[1]), anew=True)
    return ground.closed_on is None and slot_at(ground, time[1], rulebook.calendar()) is not None


def _offer(
    entry: DrawEntry, time: Time, until: datetime, *, actor: Actor, now: datetime
) -> Appointment:
    made = visit_for(entry, entry.round, time, now)
    made.state, made.offered_until = VisitState.OFFERED, until
    made.save()
    # she is told of this date, and not besides that she waits or was drawn
    entry.visit, entry.told_at = made, entry.told_at or now
    entry.save(update_fields=["visit", "told_at"])
    record("offerings.time_offered", on=entry, actor=actor, now=now, place=made.path)
    tell(entry, "offered", actor=actor, now=now, until=moment_words(until, entry.language))
    return made


@open_to_all("whoever has the code of an entry answers what is offered to it")
@transaction.atomic
def take(code: str, *, actor: Actor, now: datetime) -> DrawEntry:
    """Take the time that is offered to an entry. Refuses with NotFound, NothingFree when its term is over."""
    entry, visit = _offered_to(code)
    if visit.offered_until is None or now >= visit.offered_until:
        raise NothingFree()
    visit.state, visit.offered_until = VISIT.after(visit.state, "take"), None
    visit.edition += 1
    visit.save(update_fields=["state", "offered_until", "edition"])
    record("offerings.time_taken", on=entry, actor=actor, now=now, place=visit.path)
    return entry


@open_to_all("whoever has the code of an entry answers what is offered to it")
@transaction.atomic
def pass_on(code: str, *, actor: Actor, now: datetime) -> DrawEntry:
    """Let the time that is offered to an entry go to the next in line. Refuses with NotFound, NothingFree."""
    entry, visit = _offered_to(code)
    _passed(entry, visit, actor=actor, now=now)
    return entry


@open_to_all("run by its job alone, which acts for the system")
def lapse_due(*, actor: Actor, now: datetime) -> int:
    """Let times go to the next in line that nobody took within their term; return how many."""
    due = Appointment.objects.filter(state=VisitState.OFFERED, offered_until__lte=now)
    count = 0
    for pk in list(due.order_by("offered_until", "pk").values_list("pk", flat=True)):
        count += _lapse(pk, actor=actor, now=now)
    return count


@transaction.atomic
def _lapse(visit_id: int, *, actor: Actor, now: datetime) -> int:
    hold_windows([Appointment.objects.values_list("window_id", flat=True).get(pk=visit_id)])
    found = Appointment.objects.select_for_update(skip_locked=True)
    visit = found.filter(pk=visit_id, state=VisitState.OFFERED).first()
    if visit is None:
        return 0
    entry = DrawEntry.objects.select_related("round").defer(*queries.HEAVY).get(visit=visit)
    _passed(entry, visit, actor=actor, now=now)
    return 1


def _passed(entry: DrawEntry, visit: Appointment, *, actor: Actor, now: datetime) -> None:
    visit.state, visit.offered_until = VISIT.after(visit.state, "pass"), None
    visit.ended_at, visit.edition = now, visit.edition + 1
    visit.save(update_fields=["state", "offered_until", "ended_at", "edition"])
    record("offerings.time_passed", on=entry, actor=actor, now=now, place=visit.path)
    offer_freed(visit, (visit.window_id, visit.starts_at, visit.ends_at), actor=actor, now=now)


def _offered_to(code: str) -> tuple[DrawEntry, Appointment]:
    """Return an entry and what is offered to it, held with its window. Refuses with NotFound, NothingFree."""
    entry = queries.entry_called(code)
    if entry.visit is None:
        raise NothingFree()
    hold_windows([entry.visit.window_id])
    visit = Appointment.objects.select_for_update().get(pk=entry.visit.pk)
    try:
        VISIT.after(visit.state, "take")
    except WrongState:
        raise NothingFree() from None
    return entry, visit
