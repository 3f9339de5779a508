"""What families said of events in words: released for everybody, kept unseen, let go after a year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.activities import permits
from linli.activities.models import Event, EventFeedback
from linli.activities.queries import outcomes
from linli.activities.types.culture import WishState
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

MOST_WORDS = 500


@transaction.atomic
def decide_words(
    event: Event, thought_id: int, shown: str, *, actor: Actor, now: datetime
) -> EventFeedback:
    """Show what somebody said, shortened where it tells of a person; without words it stays unseen.

    Refuses with NotAllowed, NotFound, WrongState when it was decided meanwhile.
    """
    thought = _held(event, thought_id, actor)
    if thought.state != WishState.WAITS:
        raise WrongState(move="release", state=thought.state)
    words = clean_text(shown).strip()[:MOST_WORDS]
    return _decided(thought, WishState.SHOWN if words else WishState.UNSEEN, words, actor, now)


@transaction.atomic
def take_words_back(event: Event, thought_id: int, *, actor: Actor, now: datetime) -> EventFeedback:
    """Let words wait again, whether they were shown or not. Refuses with NotAllowed, NotFound, WrongState."""
    thought = _held(event, thought_id, actor)
    if thought.state == WishState.WAITS or not thought.words:
        raise WrongState(move="take back", state=thought.state)
    return _decided(thought, WishState.WAITS, "", actor, now)


def _held(event: Event, thought_id: int, actor: Actor) -> EventFeedback:
    require(actor, permits.EVENTS, at=event.path)
    found = outcomes.get_thought(event, thought_id)
    return EventFeedback.objects.select_for_update().get(pk=found.pk)


def _decided(
    thought: EventFeedback, state: WishState, shown: str, actor: Actor, now: datetime
) -> EventFeedback:
    thought.state, thought.shown = state, shown
    thought.save(update_fields=["state", "shown"])
    path = thought.event.path
    record("activities.words_decided", on=thought.event, actor=actor, now=now, place=path, state=str(state))  # fmt: skip
    return thought


@open_to_all("the nightly job is the system")
@transaction.atomic
def let_words_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let what was said go a year later, grades and what was released stay; return how many."""
    found = list(outcomes.words_over(now).values_list("pk", flat=True)[:limit])
    return EventFeedback.objects.filter(pk__in=found).update(words="")
