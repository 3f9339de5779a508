"""More time for a clock, approved by a supervisor, with a reason that the public reads (AP-04)."""

from __future__ import annotations

from datetime import datetime

from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import LongerThanLaw, NoSuchClock
from linli.cases.queries.ground import ground, limits_of
from linli.cases.queries.terms import amount_words
from linli.cases.rules.extending import extended, live_clock
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import At, Done, Given, Held
from linli.kernel.permits import Actor


def extend(at: At, clock: str, amount: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Give a clock more time, in its own unit. Refuses with NotExtendable, LongerThanLaw, Missing."""
    said = {"text": clean(reason)}

    def build(held: Held, kind: CaseKind) -> Given:
        definition = _definition(kind, clock)
        limits = limits_of(definition, held.path, now)
        running = live_clock(held.standing, clock)
        try:
            longer = extended(running, amount, limits, ground(), warn=definition.warn)
        except LongerThanLaw as refusal:
            most = refusal.details["most"]
            assert isinstance(most, int), "the rule tells how much is left"
            more = amount_words(most, running.unit)
            raise LongerThanLaw(**{**refusal.details, "more": more}) from refusal
        facts = {"clock": clock, "by_amount": amount}
        return Given(public=said, facts=facts, clocks=(longer,))

    return perform_step(at.wish("extend"), build, permit=permits.SUPERVISE, actor=actor, now=now)


def _definition(kind: CaseKind, key: str) -> ClockDef:
    found = next((clock for clock in kind.clocks if clock.key == key), None)
    if found is None:
        raise NoSuchClock()
    return found
