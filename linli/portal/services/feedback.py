"""Feedback on pages comes in as a case of its own kind (BU-17); cases runs it from there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases.queries.telling import last_day
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.taking_down import note_asker
from linli.cases.types import Channel
from linli.cases.types.moves import Given as Said
from linli.cases.types.openings import Asker
from linli.cases.types.shapes import Hand
from linli.kernel.paths import code_of
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.places import queries as places
from linli.portal.types import KIND, Given


@open_to_all("every page must offer a complaint and suggestion entry, without account (BU-17)")
@transaction.atomic
def give_feedback(
    text: str, *, page: str, path: str, language: str, tell_me: bool = False, actor: Actor,
    now: datetime,
) -> Given:  # fmt: skip
    """Receive feedback about a page and promise an answer by a day of the rulebook.

    With `tell_me` whoever is signed in hears of it in her inbox, and finds it among her affairs.
    """
    facts = {"staff": 1} if actor.is_staff else {}
    said = Said(public={"text": text, "page": page[:300]}, facts=facts, by_reporter=True)
    chain = tuple(places.chain_of(code_of(path)))
    opening = Opening(KIND, chain, Channel.PAGE, title=text, given=said)
    # whoever writes leaves no name in chain and trail: both are read by those who answer
    opened = open_case(opening, actor=NOBODY, now=now, hand=Hand("reporter"))
    hers = actor if tell_me else NOBODY
    asker = Asker(
        language=language, account_id=hers.account_id, person_id=hers.person_id, is_on_behalf=False
    )
    note_asker(opened.held.id, asker, actor=NOBODY, now=now)
    return _given(opened)


def _given(opened: Opened) -> Given:
    clock = opened.held.standing.clock("answer")
    assert clock is not None, "it runs from the start"
    unsure = clock.is_provisional or bool(clock.law["provisional"])
    return Given(opened.held.number, opened.code, opened.held.id, last_day(clock.due_at), unsure)
