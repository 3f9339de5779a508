"""More time for a clock, approved by a supervisor, with a reason that the public reads (AP-04)."""

from __future__ import annotations

from datetime import datetime

from linli.access.queries.hearing import nearest_of
from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import AsksForTime, LongerThanLaw, NoSuchClock
from linli.cases.queries.ground import ground, limits_of
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.kinds import newest_kind
from linli.cases.queries.news import supervisors_above
from linli.cases.queries.terms import amount_words
from linli.cases.rules.assigning import live
from linli.cases.rules.clocks import local_day
from linli.cases.rules.extending import extended, live_clock
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import At, Done, Given, Held
from linli.cases.types.shapes import ClockNow
from linli.cases.types.words import AssignmentRole, AssignmentState
from linli.kernel.permits import PERSONAL, Actor
from linli.notify import services as notify
from linli.notify.types import About, Link, To

TIME_ASKED = "cases.time_asked"


def extend(at: At, clock: str, amount: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Give a clock more time, in its own unit; who has the case asks another post for it.

    Refuses with NotAllowed, AsksForTime, NotExtendable, LongerThanLaw, Missing.
    """
    said = {"text": clean(reason)}

    def build(held: Held, kind: CaseKind) -> Given:
        if _lead_of(held) & actor.posts:
            raise AsksForTime()
        longer = _longer(held, kind, clock, amount, now)
        return Given(public=said, facts={"clock": clock, "by_amount": amount}, clocks=(longer,))

    return perform_step(at.wish("extend"), build, permit=permits.SUPERVISE, actor=actor, now=now)


def ask_for_time(
    at: At, clock: str, amount: int, *, reason: str, actor: Actor, now: datetime
) -> Done:
    """Ask whoever supervises to give a clock more time; the clock stays as it is until she does.

    The posts that supervise at the nearest place, without that which has the case, get a message with
    the number alone. Refuses with NotAllowed, and as `extend` with what could not be given either.
    """
    said = {"reason": clean(reason, field="reason")}

    def build(held: Held, kind: CaseKind) -> Given:
        _longer(held, kind, clock, amount, now)
        return Given(internal=said, facts={"clock": clock, "by_amount": amount})

    done = perform_step(at.wish("ask_time"), build, permit=permits.HANDLE, actor=actor, now=now)
    if not done.is_repeated and done.held.level <= PERSONAL:
        away = kept_from(done.held.standing.columns, local_day(now)) | _lead_of(done.held)
        path, sees = done.held.path, newest_kind(done.held.standing.kind).sees
        # of a petition nobody hears who may not see petitions: she could not decide
        posts = nearest_of(supervisors_above([path], now, sees)[path], away)
        told = [
            (To(post_id=post, is_staff=True), {"number": done.held.number})
            for post in sorted(posts)
        ]
        about = About(done.held.path, Link("cases:sheet", (done.held.number,)))
        notify.send_many(TIME_ASKED, told, actor=actor, now=now, about=about)
    return done


def _lead_of(held: Held) -> frozenset[int]:
    lead = live(held.standing, AssignmentRole.LEAD, (AssignmentState.ACCEPTED,))
    return frozenset() if lead is None else frozenset({lead.post_id})


def _longer(held: Held, kind: CaseKind, clock: str, amount: int, now: datetime) -> ClockNow:
    """Return a clock with more time. Refuses with NoSuchClock, NotExtendable, LongerThanLaw."""
    definition = _definition(kind, clock)
    limits = limits_of(definition, held.path, now)
    running = live_clock(held.standing, clock)
    try:
        return extended(running, amount, limits, ground(), warn=definition.warn)
    except LongerThanLaw as refusal:
        most = refusal.details["most"]
        assert isinstance(most, int), "the rule tells how much is left"
        more = amount_words(most, running.unit)
        raise LongerThanLaw(**{**refusal.details, "more": more}) from refusal


def _definition(kind: CaseKind, key: str) -> ClockDef:
    found = next((clock for clock in kind.clocks if clock.key == key), None)
    if found is None:
        raise NoSuchClock()
    return found
