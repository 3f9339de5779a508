"""Culture over the API for whoever works on it: wishes to release, offers, answers, local talents."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Status

from linli.activities import permits
from linli.activities.api.culture_shapes import (
    CultureAnswerIn,
    CultureEndedOut,
    CultureOfferIn,
    CultureTalentIn,
    DeskAnswerOut,
    DeskAnswersOut,
    DeskOfferOut,
    DeskOffersOut,
    DeskTalentsOut,
    MadeTalentOut,
    ReleaseIn,
    WishesIn,
    WishesOut,
    WishOut,
)
from linli.activities.forms.culture import (
    CultureAnswerForm,
    OfferForm,
    ReleaseForm,
    TalentForm,
)
from linli.activities.queries import culture as queries
from linli.activities.queries import venues
from linli.activities.rules.culture import read_season
from linli.activities.services import culture as services
from linli.activities.services import talents
from linli.kernel.api import PagedIn, listed, paged, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.permits import PERSONAL, require
from linli.kernel.web import Request

router = Router()
WAITING_FIRST = Keyset("waiting", ("-state", "-said_at", "-id"))
BY_SUBJECT = Keyset("subject", ("subject", "id"))
NEWEST = Keyset("new", ("-at", "-id"))
PLACE = "/places/{code}/culture"


def _place(request: Request, code: str) -> Any:
    place = venues.open_place(code)
    require(request.actor, permits.EVENTS, at=place.path, level=PERSONAL)
    return place


@router.get(f"{PLACE}/wishes/", response=WishesOut)
def list_wishes(request: Request, code: str, asked: Query[WishesIn]) -> dict[str, Any]:
    """The wishes of a season with their sealed words, those that wait for release first."""
    place, season = _place(request, code), read_season(asked.season, localdate())
    found = page_of(queries.wishes_of(place.path, season), WAITING_FIRST, cursor=asked.cursor,
                    limit=clean_limit(asked.limit))  # fmt: skip
    words = services.read_wishes(place, found.items, actor=request.actor, now=timezone.now())
    return listed(found, items=[_wish(one, words.get(one.pk, "")) for one in found.items])


def _wish(one: Any, words: str) -> dict[str, Any]:
    told = plain(one, "id", "subject", "state", "shown", "said_at")
    return {**told, "words": words, "is_answered": one.answer_id is not None}


@router.post(f"{PLACE}/wishes/{{int:wish_id}}/release", response=WishOut)
def release_wish(request: Request, code: str, wish_id: int, given: ReleaseIn) -> dict[str, Any]:
    """Show the words of a wish, shortened where they tell of a person; or let it only count."""
    _place(request, code)
    shown = ReleaseForm(given.dict()).accepted()["shown"]
    made = services.release_wish(
        queries.get_wish(request.actor, wish_id), shown, actor=request.actor, now=timezone.now()
    )
    return _wish(made, made.shown)


@router.get(f"{PLACE}/offers/", response=DeskOffersOut)
def list_offers(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The programmes on offer at a place, to be mended or ended."""
    return paged(queries.offers_at(_place(request, code).path), BY_SUBJECT, asked)


@router.post(f"{PLACE}/offers/", response={200: DeskOfferOut, 201: DeskOfferOut})
def keep_offer(request: Request, code: str, given: CultureOfferIn) -> Status[Any]:
    """Enter a programme that is on offer, or correct one."""
    place = _place(request, code)
    offer = None if given.id is None else queries.get_offer(request.actor, given.id)
    form = OfferForm({
        **given.dict(exclude={"id", "title", "title_en", "cost_fen"}), "programme": given.title,
        "programme_en": given.title_en, "cost": f"{given.cost_fen // 100}.{given.cost_fen % 100:02}",
    })  # fmt: skip
    form.accepted()
    made = services.keep_offer(place, form.facts, offer=offer, edition=given.edition,
                               actor=request.actor, now=timezone.now())  # fmt: skip
    return Status(201 if offer is None else 200, made)


@router.get(f"{PLACE}/answers/", response=DeskAnswersOut)
def list_answers(request: Request, code: str, asked: Query[WishesIn]) -> dict[str, Any]:
    """What was answered to the wishes of a season, to be taken back if it was wrong."""
    season = read_season(asked.season, localdate())
    return paged(queries.answers_of(_place(request, code).path, season), NEWEST, asked)


@router.post(f"{PLACE}/answers/", response={201: DeskAnswerOut})
def answer_wishes(request: Request, code: str, given: CultureAnswerIn) -> Status[Any]:
    """Say in public what was done; every open wish of the season on the subject counts as answered."""
    place = _place(request, code)
    offers = [(str(one.pk), one.title) for one in queries.offers_at(place.path)]
    form = CultureAnswerForm(
        {**given.dict(exclude={"event"}), "event_code": given.event},
        seasons=[(given.season, given.season)],
        offers=offers,
    )
    form.accepted()
    made = services.answer_wishes(place, form.facts, actor=request.actor, now=timezone.now())
    return Status(201, made)


@router.get(f"{PLACE}/talents/", response=DeskTalentsOut)
def list_talents(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """Local talents who agreed to be shown."""
    return paged(queries.talents_at(_place(request, code).path), BY_SUBJECT, asked)


@router.post(f"{PLACE}/talents/", response={201: MadeTalentOut})
def add_talent(request: Request, code: str, given: CultureTalentIn) -> Status[Any]:
    """Enter somebody who agreed to be shown, as they agreed."""
    place, form = _place(request, code), TalentForm(given.dict())
    form.accepted()
    made = talents.add_talent(place, form.facts, actor=request.actor, now=timezone.now())
    return Status(201, made)


@router.post(f"{PLACE}/{{slug:what}}/{{int:thing_id}}/end", response=CultureEndedOut)
def end(request: Request, code: str, what: str, thing_id: int) -> dict[str, Any]:
    """Take a programme off the list (`offers`), an answer back (`answers`), or a talent out at their word (`talents`)."""
    place, now, actor = _place(request, code), timezone.now(), request.actor
    if what == "offers":
        services.end_offer(place, thing_id, actor=actor, now=now)
    elif what == "answers":
        services.take_answer_back(queries.get_answer(actor, thing_id), actor=actor, now=now)
    elif what == "talents":
        talents.revoke_talent(queries.get_talent(actor, thing_id).code, actor=actor, now=now)
    else:
        raise NotFound(what=what)
    return {"id": thing_id}
