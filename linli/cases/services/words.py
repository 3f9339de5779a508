"""Words on a case: notes among staff, words to the reporter, additions by the reporter.

Internal notes and public words are different tables; nothing turns one into the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases import permits
from linli.cases.engine.saying import MOST_TOLD, clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import NotLate
from linli.cases.rules.extending import live_clock
from linli.cases.rules.lateness import SAY_WHY, is_owed_late
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held
from linli.cases.types.shapes import Hand
from linli.kernel.permits import Actor, open_to_all

REPORTER = Hand("reporter")


def add_note(at: At, text: str, *, actor: Actor, now: datetime) -> Done:
    """Leave a note for those who work on the case. Refuses with NotAllowed, Missing."""
    said = {"note": clean(text)}
    return perform_step(
        at.wish("note"),
        lambda held, kind: Given(internal=said),
        permit=permits.HANDLE,
        actor=actor,
        now=now,
    )


def tell_reporter(at: At, text: str, *, actor: Actor, now: datetime) -> Done:
    """Tell the reporter something, at most MOST_TOLD characters, without changing the state.

    Refuses with NotAllowed, Missing.
    """
    said = {"text": clean(text, most=MOST_TOLD)}
    return perform_step(
        at.wish("tell"),
        lambda held, kind: Given(public=said),
        permit=permits.HANDLE,
        actor=actor,
        now=now,
    )


def say_why_late(at: At, clock: str, text: str, *, actor: Actor, now: datetime) -> Done:
    """Tell the reporter why a day was not kept; her page says it beside the day.

    Refuses with NotAllowed, Missing, NoSuchClock, NotLate.
    """
    said = {"text": clean(text, most=MOST_TOLD)}

    def build(held: Held, kind: CaseKind) -> Given:
        if not is_owed_late(kind, live_clock(held.standing, clock), now):
            raise NotLate()
        return Given(public=said, facts={"clock": clock})

    return perform_step(at.wish(SAY_WHY), build, permit=permits.HANDLE, actor=actor, now=now)


@open_to_all("whoever has the follow code is the reporter, as the caller has found")
def add_words(
    at: At,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Done:
    """Take down what the reporter adds or corrects; it waits for release like the first words."""
    said = {"text": clean(text)}

    def build(held: Held, kind: CaseKind) -> Given:
        waits = kind.may_be_released
        columns = {"waits_for_release": True} if waits else {}
        return Given(
            public=said,
            facts=facts or {},
            columns=columns,
            by_reporter=True,
            waits_for_release=waits,
        )

    return perform_step(
        at.wish("add_words"), build, permit=None, actor=actor, now=now, hand=REPORTER
    )
