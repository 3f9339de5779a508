"""A draw is closed, made and published; who won is booked and everybody told by a job, step by step.

Every step is one transaction and says in its rows what is done: after a restart the job goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.draw_files import file_of, list_hash
from linli.kernel.draws import in_line
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import open_sealed
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.draw_visits import visit_for
from linli.offerings.errors import DatesOver
from linli.offerings.events import RoundDrawn
from linli.offerings.models import Appointment, DrawEntry, DrawRound, ServiceWindow
from linli.offerings.queries import rounds as queries
from linli.offerings.queries.slots import moment_of, slot_at, taken_between
from linli.offerings.queries.windows import ground_of
from linli.offerings.rules.draw_offers import is_near
from linli.offerings.rules.slots import closed_by
from linli.offerings.services.closing import cancel_in
from linli.offerings.services.draw_news import tell
from linli.offerings.services.draw_offers import offer_time
from linli.offerings.services.rounds import TABLE
from linli.offerings.states import ROUND, RoundState, VisitState
from linli.offerings.types.visits import Why
from linli.rulebook import queries as rulebook
from linli.runtime.types import HONOURED
from linli.trail.services import record

STEP = 200
BY_JOB = "run by its job alone, which acts for the system"


@open_to_all("the time for entries is over: the job and who draws come here")
@transaction.atomic
def close_round(one: DrawRound, *, actor: Actor, now: datetime) -> DrawRound:
    """Close the list when its time is over and publish its hash. Refuses with WrongState before that.

    Who took a place in line before the hour is still let in, so the list stays open a little longer.
    """
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    if now < one.takes_until + HONOURED:
        raise WrongState(move=_("close"), state=_("entries are taken"))
    one.state = ROUND.after(one.state, "close")
    one.list_hash = list_hash(queries.draw_of(one, _seed(one), queries.times_of(one)))
    one.closed_at = now
    one.save(update_fields=["state", "list_hash", "closed_at"])
    record(
        "offerings.round_closed", on=one, actor=actor, now=now, place=one.path, list=one.list_hash
    )
    return one


@open_to_all(BY_JOB)
def close_due(*, actor: Actor, now: datetime) -> int:
    """Close the draws that take no more entries; return how many.

    One that cannot be closed, as one that was called off or closed by hand meanwhile, stops no other.
    """
    closed = 0
    for one in queries.due_to_close(now):
        with suppress(WrongState):
            close_round(one, actor=actor, now=now)
            closed += 1
    return closed


@transaction.atomic
def draw_round(one: DrawRound, public_value: str, *, actor: Actor, now: datetime) -> DrawRound:
    """Draw, say which time each gets who won, and publish seed and file; a job books and tells.

    The days open to all when all are booked; nobody is drawn for what is past or near by now. Refuses with
    NotAllowed, WrongState, DatesOver once nothing is left, Invalid without the promised number.
    """
    require(actor, permits.WINDOWS, at=one.path)
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    state = ROUND.after(one.state, "draw")
    value = clean_text(public_value).strip()
    if bool(value) is not bool(one.public):
        raise Invalid(
            {"public_value": [_("Type the number that was promised, and none if none was.")]}
        )
    _hold_windows(one)
    one.public_value = value
    times = queries.times_of(one, now)
    if not times and is_near(moment_of(one.first, 0), now):
        raise DatesOver()
    draw = queries.draw_of(one, _seed(one), times)
    one.file = {**file_of(draw), "closed_as": one.list_hash}
    one.plan = _plan(draw.seed, one, times)
    one.state, one.drawn_at = state, now
    one.save()
    won = len(one.plan)
    record("offerings.round_drawn", on=one, actor=actor, now=now, place=one.path, won=won)
    publish(RoundDrawn(one.pk))
    return one


def _plan(seed: str, one: DrawRound, times: queries.Times) -> dict[str, list[Any]]:
    """Return for each who won the earliest time that is left on her day, in the order of the line."""
    drawn: Mapping[str, str] = (one.file or {})["drawn"]
    left = {on.isoformat(): iter(free) for on, free in times.items()}
    found = {}
    for sign in in_line(seed, drawn, one.public_value):
        window_id, starts, ends = next(left[drawn[sign]])
        found[sign] = [window_id, starts.isoformat(), ends.isoformat()]
    return found


@open_to_all(BY_JOB)
@transaction.atomic
def book_step(round_id: int, *, actor: Actor, now: datetime) -> int:
    """Book the next of those who won; with the last of them the days open to all. Return how many.

    A time that was closed since the draw is cancelled and told like any other; one that who won gave back
    meanwhile goes down the line before the days open. Safe to run twice.
    """
    one = DrawRound.objects.select_for_update().get(pk=round_id)
    if one.state != RoundState.BOOKING:
        return 0
    _hold_windows(one)
    plan: dict[str, list[Any]] = one.plan or {}
    booked = set(one.entries.filter(visit__isnull=False).values_list("sign", flat=True))
    due = [sign for sign in plan if sign not in booked]
    made = _booked(one, due[:STEP], now)
    for visit in made:
        _cancel_if_closed(visit, actor=actor, now=now)
    if len(due) <= STEP:
        one.state, one.plan = ROUND.after(one.state, "finish"), None
        one.save(update_fields=["state", "plan"])
        _offer_given_back(one, plan, actor=actor, now=now)
        ServiceWindow.objects.filter(centre_id=one.centre_id).update(edition=F("edition") + 1)
    return len(made)


def _booked(one: DrawRound, signs: Sequence[str], now: datetime) -> list[Appointment]:
    assert one.plan is not None or not signs
    entries = list(one.entries.filter(sign__in=signs).order_by("pk"))
    visits = []
    for entry in entries:
        window_id, starts, ends = (one.plan or {})[entry.sign]
        entry.visit = visit_for(
            entry, one, (window_id, datetime.fromisoformat(starts), datetime.fromisoformat(ends)), now
        )  # fmt: skip
        visits.append(entry.visit)
    Appointment.objects.bulk_create(visits)
    DrawEntry.objects.bulk_update(entries, ["visit"])
    return visits


def _offer_given_back(
    one: DrawRound, plan: Mapping[str, Sequence[Any]], *, actor: Actor, now: datetime
) -> None:
    """Offer the times of those who won that nobody holds any more: she cancelled or moved while all were booked."""
    times = [
        (window_id, datetime.fromisoformat(starts), datetime.fromisoformat(ends))
        for window_id, starts, ends in plan.values()
    ]
    taken = taken_between({time[0] for time in times}, one.first, one.last)
    kept = {(window_id, *stretch) for window_id, each in taken.items() for stretch in each}
    for window_id, starts, ends in (time for time in times if time not in kept):
        if not any(a < ends and starts < b for a, b in taken[window_id]):
            offer_time(one, (window_id, starts, ends), actor=actor, now=now)


def _cancel_if_closed(visit: Appointment, *, actor: Actor, now: datetime) -> None:
    on = localdate(visit.starts_at)
    ground = ground_of(visit.window_id, on, anew=True)
    if ground.closed_on is None and slot_at(ground, visit.starts_at, rulebook.calendar()):
        return
    closing = closed_by(ground.changes, on)
    cancel_in(
        [visit.window_id], (visit.starts_at, visit.ends_at), why=closing.why if closing else Why.REPAIR,
        note="", actor=actor, now=now,
    )  # fmt: skip


@open_to_all(BY_JOB)
@transaction.atomic
def tell_step(round_id: int, *, actor: Actor, now: datetime) -> int:
    """Tell the next of those who entered what came of it, each once; return how many. Safe to run twice."""
    found = DrawEntry.objects.filter(
        round_id=round_id, round__state=RoundState.DRAWN, told_at__isnull=True,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    rows = list(
        found.select_for_update(of=("self",), skip_locked=True)
        .select_related("round", "visit")
        .defer(*queries.HEAVY)
        .order_by("pk")[:STEP]
    )
    for entry in rows:
        # who gave her time back knows it, and whose time was closed has been told so
        if entry.visit is None or entry.visit.state == VisitState.BOOKED:
            tell(entry, "won" if entry.visit else "waits", actor=actor, now=now)
    DrawEntry.objects.filter(pk__in=[one.pk for one in rows]).update(told_at=now)
    return len(rows)


@open_to_all(BY_JOB)
def finish_draw(round_id: int, *, actor: Actor, now: datetime) -> None:
    """Book all who won, then tell all who entered, in steps; what a job that died left is done as well."""
    for step in (book_step, tell_step):
        while step(round_id, actor=actor, now=now):
            pass


def _hold_windows(one: DrawRound) -> None:
    """Hold the windows of a draw against closings until the transaction ends."""
    held = ServiceWindow.objects.filter(centre_id=one.centre_id).select_for_update()
    list(held.order_by("pk").values_list("pk"))


def _seed(one: DrawRound) -> str:
    return open_sealed(bytes(one.seed), table=TABLE, column="seed", row=one.code)
