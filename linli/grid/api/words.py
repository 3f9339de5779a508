"""What neighbours say to a head over the API, and what she does with it; no number of hers is ever told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.cases.queries.accusing import lead_elsewhere_once
from linli.grid.forms.heads import SayForm, WordForm
from linli.grid.queries import heads as queries
from linli.grid.services import words
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.web import Request, own_account_id
from linli.runtime.types import client_address, limited

if TYPE_CHECKING:
    from linli.grid.models import Word

router = Router()
NEWEST = Keyset("new", ("-said_at", "-id"))


class SayIn(Schema):
    """`kind` is ask, tell, mediate or call; `told` if the writer was told of 12388 and still means it here."""

    kind: str
    text: str = ""
    phone: str = ""
    told: bool = False


class WordOut(Schema):
    """`code` follows it, and whoever said it also `case`, the report that it was passed on as; the head
    reads another code than the writer. `text` and `phone` are null
    for everybody but the head to whom it was said."""

    code: str
    head_id: int
    kind: str
    state: str
    said_at: datetime
    closed_at: datetime | None
    answer: str
    case: str | None
    text: str | None = None
    phone: str | None = None


class WordsOut(Schema):
    count: int
    items: list[WordOut]
    next: str | None


class DoIn(Schema):
    """`move` is answer, invite, settle or pass_on; `note` is what the neighbour reads."""

    move: str
    note: str


def _word(one: Word) -> dict[str, Any]:
    columns = ("code", "head_id", "kind", "state", "said_at", "closed_at", "answer")
    return {**plain(one, *columns), "case": one.case.number if one.case else None}


@router.post("/heads/{int:head_id}/say", response={201: WordOut})
@limited("grid.words", words.GIVEN, client_address)
def say(request: Request, head_id: int, given: SayIn) -> Status[dict[str, Any]]:
    """Say something to a head, or ask to be called; no account is needed.

    What accuses an official is refused once, with the way to 12388.
    """
    head = queries.serving_head(head_id, localdate())
    said = SayForm(given.dict()).accepted()
    if not given.told:
        lead_elsewhere_once("", said["text"])
    made, own_code = words.say(
        head, said["kind"], said["text"], phone=said["phone"] or "",
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, {**_word(made), "code": own_code})


@router.get("/heads/words/", response=WordsOut)
def list_words(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """What neighbours said to the caller as head, the latest first."""
    own_account_id(request)
    return paged(queries.words_to(request.actor, localdate()), NEWEST, asked, _word)


@router.get("/heads/words/{word}/", response=WordOut)
@limited("grid.codes", words.LOOKS, client_address)
def read_word(request: Request, word: str) -> dict[str, Any]:
    """What became of a word, for whoever has its code; what was said, for its head alone."""
    found = queries.word_by_code(word)
    told = {**_word(found), "code": word}
    if queries.words_to(request.actor, localdate()).filter(pk=found.pk).exists():
        said = words.read_word(found, actor=request.actor, now=timezone.now())
        told |= dict(zip(("text", "phone"), said, strict=True))
    return told


@router.post("/heads/words/{word}/do", response=WordOut)
def do(request: Request, word: str, given: DoIn) -> dict[str, Any]:
    """Answer, invite or settle it, or pass it on to the office as a report; for its head alone."""
    own_account_id(request)
    found = queries.get_word(request.actor, word, localdate())
    note = WordForm({"note": given.note}).accepted()["note"]
    return _word(words.do(found, given.move, note, actor=request.actor, now=timezone.now()))
