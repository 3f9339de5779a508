"""What was said of events in words, over the API: the office reads and releases it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.activities.queries import events, outcomes
from linli.activities.queries.narrowing import Narrowed, thoughts_wanted
from linli.activities.services import thoughts
from linli.activities.types.culture import WishState
from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.web import Request

router = Router()


class SaidIn(PagedIn):
    """`state` is waits, shown or unseen; `q` are words that were said or shown."""

    state: str = ""
    q: str = ""


class SaidOut(Schema):
    """Words of a family, which nobody names; `state` is waits, shown or unseen, `shown` what everybody reads."""

    id: int
    words: str
    state: str
    shown: str
    at: datetime


class SaidListOut(Schema):
    count: int
    items: list[SaidOut]
    next: str | None


class WordsIn(Schema):
    """`shown` are the words as everybody reads them; empty: they stay unseen."""

    shown: str = ""


def _said(one: Any) -> dict[str, Any]:
    return plain(one, "id", "words", "state", "shown", "at")


@router.get("/desk/events/{int:event_id}/words/", response=SaidListOut)
def list_words(request: Request, event_id: int, asked: Query[SaidIn]) -> dict[str, Any]:
    """What was said of an event, what waits for release first."""
    event = events.kept_event(request.actor, event_id)
    state = one_of("state", asked.state, WishState)
    wanted = Narrowed(words=asked.q[:60], state=state)
    found = thoughts_wanted(outcomes.thoughts_of(event), wanted)
    return paged(found, outcomes.WAITING_FIRST, asked, _said)


@router.post("/desk/events/{int:event_id}/words/{int:thought_id}/decide", response=SaidOut)
def decide_words(
    request: Request, event_id: int, thought_id: int, given: WordsIn
) -> dict[str, Any]:
    """Release words as they are to be shown, or keep them unseen."""
    event = events.kept_event(request.actor, event_id)
    decided = thoughts.decide_words(
        event, thought_id, given.shown, actor=request.actor, now=timezone.now()
    )
    return _said(decided)


@router.post("/desk/events/{int:event_id}/words/{int:thought_id}/back", response=SaidOut)
def take_words_back(request: Request, event_id: int, thought_id: int) -> dict[str, Any]:
    """Let words wait again."""
    event = events.kept_event(request.actor, event_id)
    return _said(
        thoughts.take_words_back(event, thought_id, actor=request.actor, now=timezone.now())
    )
