"""Culture of a place over the API: wishes by subject, what was answered and is on offer; a wish without a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.activities.forms.culture import WishTextForm
from linli.activities.queries import culture as queries
from linli.activities.queries import venues
from linli.activities.rules.culture import read_season
from linli.activities.services import culture as services
from linli.activities.types.culture import WISHED
from linli.kernel.api import plain
from linli.kernel.web import Request
from linli.runtime.types import client_address, is_fresh, limited

router = Router()


class CultureIn(Schema):
    """`season` is a quarter such as 2026-4, today's if it is left out."""

    season: str = ""


class SubjectOut(Schema):
    subject: str
    wishes: int
    answered: int
    offers: int


class AnswerOut(Schema):
    subject: str
    text: str
    wishes: int
    at: datetime
    event: str
    offer: str


class OfferOut(Schema):
    who: str
    subject: str
    title: str
    about: str
    often: str


class CultureOut(Schema):
    """`words` are those that were released; who wished is known to nobody."""

    place: str
    season: str
    subjects: list[SubjectOut]
    words: list[str]
    answers: list[AnswerOut]
    offers: list[OfferOut]


class CultureWishIn(Schema):
    """A wish without a name, 300 characters at most.

    `subject` is dance, opera, film, reading, sport, children, elders, craft, language, health, festival or other.
    """

    subject: str
    text: str


class CultureWishOut(Schema):
    season: str
    subject: str


@router.get("/places/{code}/culture/", response=CultureOut)
def read_culture(request: Request, code: str, asked: Query[CultureIn]) -> dict[str, Any]:
    """What was wished for in a season, what was done, what can come."""
    place = venues.open_place(code)
    season = read_season(asked.season, localdate())
    return {
        "place": place.code, "season": season,
        "subjects": [plain(one, "subject", "wishes", "answered", "offers") for one in queries.counts_of(place.path, season)],
        "words": [one.shown for one in queries.shown_words(place.path, season)],
        "answers": [{**plain(one, "subject", "text", "wishes", "at"), "event": one.event.code if one.event else "",
                     "offer": one.offer.title if one.offer else ""}
                    for one in queries.answers_of(place.path, season)],
        "offers": [plain(one, "who", "subject", "title", "about", "often") for one in queries.offers_at(place.path)],
    }  # fmt: skip


@router.post("/places/{code}/culture/", response={201: CultureWishOut})
@limited("activities.culture", WISHED, client_address, counts=is_fresh)
def wish(request: Request, code: str, given: CultureWishIn) -> Status[dict[str, Any]]:
    """Wish for something, without a name."""
    place, said = venues.open_place(code), WishTextForm(given.dict()).accepted()
    made = services.wish_for(place, said["subject"], said["text"], actor=request.actor, now=timezone.now())  # fmt: skip
    return Status(201, plain(made, "season", "subject"))
