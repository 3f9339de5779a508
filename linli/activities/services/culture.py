"""Wishes in culture come in sealed, are released or not, and are answered; programmes are offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import WISHES
from linli.activities.engine.telling import TELLER
from linli.activities.engine.wishing import words_of, words_over
from linli.activities.models import (
    CultureAnswer,
    CultureOffer,
    CultureWish,
    CultureWishVault,
    Event,
)
from linli.activities.rules.culture import read_season, season_of
from linli.activities.types.culture import (
    MOST_TEXT,
    MOST_WISH,
    AnswerFacts,
    OfferFacts,
    Subject,
    WishState,
)
from linli.activities.types.events import EventState
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@open_to_all("anybody says what they would like, without a name")
@transaction.atomic
def wish_for(place: Place, subject: str, text: str, *, actor: Actor, now: datetime) -> CultureWish:
    """Take a wish down; its words lie sealed until somebody releases them. Refuses with Ended, Invalid."""
    register.refuse_ended(place)
    words = clean_text(text).strip()
    faults: dict[str, list[str]] = {}
    if not words or len(words) > MOST_WISH:
        faults["text"] = [_("Say in one to %(most)s characters what you would like.") % {"most": MOST_WISH}]  # fmt: skip
    if subject not in set(Subject):
        faults["subject"] = [_("Choose one of the list.")]
    if faults:
        raise Invalid(faults)
    is_counter = actor.may(permits.EVENTS, at=place.path, level=PERSONAL)
    made = CultureWish.objects.create(
        path=place.path, season=season_of(localdate(now)), subject=subject, said_at=now, is_counter=is_counter,
    )  # fmt: skip
    with scope.acting(TELLER):
        CultureWishVault.objects.create(
            wish=made, text=envelopes.sealed(words, WISHES, "text", made.pk)
        )
    record("activities.culture_wished", on=made, actor=actor, now=now, place=place.path)
    return made


@transaction.atomic
def release_wish(wish: CultureWish, text: str, *, actor: Actor, now: datetime) -> CultureWish:
    """Show the words of a wish, shortened where they tell of a person; without words it only counts.

    Refuses with NotAllowed, WrongState when it was decided meanwhile.
    """
    wish = CultureWish.objects.select_for_update().get(pk=wish.pk)
    require(actor, permits.EVENTS, at=wish.path, level=PERSONAL)
    if wish.state != WishState.WAITS:
        raise WrongState(move="release", state=wish.state)
    wish.shown = clean_text(text).strip()[:MOST_WISH]
    wish.state = WishState.SHOWN if wish.shown else WishState.UNSEEN
    wish.save(update_fields=["state", "shown"])
    record("activities.culture_wish_decided", on=wish, actor=actor, now=now, place=wish.path, state=str(wish.state))  # fmt: skip
    return wish


@transaction.atomic
def read_wishes(
    place: Place, wishes: Sequence[CultureWish], *, actor: Actor, now: datetime
) -> dict[int, str]:
    """Return the sealed words of wishes of a place, to release or answer them. Refuses with NotAllowed."""
    require(actor, permits.EVENTS, at=place.path, level=PERSONAL)
    return words_of([one for one in wishes if one.path == place.path])


@transaction.atomic
def keep_offer(
    place: Place, facts: OfferFacts, *, offer: CultureOffer | None = None,
    edition: int | None = None, actor: Actor, now: datetime,
) -> CultureOffer:  # fmt: skip
    """Enter a programme that is on offer, or correct it. Refuses with NotAllowed, NotFound, Stale, Invalid."""
    require(actor, permits.EVENTS, at=place.path, level=PERSONAL)
    if offer is not None:
        offer = _offer(place, offer.pk)
        if edition is not None and edition != offer.edition:
            raise Stale()
        offer.edition += 1
    held = offer or CultureOffer(path=place.path)
    for name, most in (("who", 60), ("title", 80), ("title_en", 120), ("about", 500), ("often", 80), ("needs", 200)):  # fmt: skip
        setattr(held, name, clean_text(getattr(facts, name)).strip()[:most])
    held.subject, held.cost_fen = facts.subject, facts.cost_fen
    faults = {name: [_("This is needed here.")] for name in ("who", "title") if not getattr(held, name)}  # fmt: skip
    if facts.subject not in set(Subject):
        faults["subject"] = [_("Choose one of the list.")]
    if faults:
        raise Invalid(faults)
    held.save()
    record("activities.offer_kept", on=held, actor=actor, now=now, place=place.path)
    return held


@transaction.atomic
def end_offer(place: Place, offer_id: int, *, actor: Actor, now: datetime) -> CultureOffer:
    """Take a programme off the list. Refuses with NotAllowed, NotFound."""
    require(actor, permits.EVENTS, at=place.path, level=PERSONAL)
    held = _offer(place, offer_id)
    held.ended_on = localdate(now)
    held.save(update_fields=["ended_on"])
    record("activities.offer_ended", on=held, actor=actor, now=now, place=place.path)
    return held


def _offer(place: Place, offer_id: int) -> CultureOffer:
    found = CultureOffer.objects.select_for_update().filter(
        pk=offer_id, path=place.path, ended_on__isnull=True
    )
    held = found.first()
    if held is None:
        raise NotFound(id=offer_id)
    return held


@transaction.atomic
def answer_wishes(
    place: Place, facts: AnswerFacts, *, actor: Actor, now: datetime
) -> CultureAnswer:
    """Say in public what was done about the wishes of a season on a subject; they count as answered.

    Refuses with NotAllowed, Invalid where nobody wished it or all were answered.
    """
    require(actor, permits.EVENTS, at=place.path, level=PERSONAL)
    words = clean_text(facts.text).strip()
    open_wishes = CultureWish.objects.select_for_update().filter(
        path=place.path, season=facts.season, subject=facts.subject, answer__isnull=True
    )
    ids, event = list(open_wishes.values_list("pk", flat=True)), _event(place, facts.event_code)
    faults: dict[str, list[str]] = {}
    if not words or len(words) > MOST_TEXT:
        faults["text"] = [_("Say in a few words what was done.")]
    if facts.event_code and event is None:
        faults["event_code"] = [_("There is no event of this code here.")]
    if read_season(facts.season, localdate(now)) != facts.season or not ids:
        faults["subject"] = [_("No wish of this season on this subject waits for an answer.")]
    if faults:
        raise Invalid(faults)
    offer = _offer(place, facts.offer_id) if facts.offer_id is not None else None
    made = CultureAnswer.objects.create(
        path=place.path, season=facts.season, subject=facts.subject, text=words, offer=offer, event=event,
        wishes=len(ids), at=now,
    )  # fmt: skip
    CultureWish.objects.filter(pk__in=ids).update(answer=made)
    record("activities.wishes_answered", on=made, actor=actor, now=now, place=place.path, wishes=len(ids))  # fmt: skip
    return made


def _event(place: Place, code: str) -> Event | None:
    found = Event.objects.filter(path__startswith=place.path, code=code.strip().upper()[:12])
    return found.filter(state=EventState.PUBLISHED).first() if code.strip() else None


@transaction.atomic
def take_answer_back(answer: CultureAnswer, *, actor: Actor, now: datetime) -> CultureAnswer:
    """Take an answer back that was wrong: its wishes wait again. Refuses with NotAllowed, WrongState."""
    answer = CultureAnswer.objects.select_for_update().get(pk=answer.pk)
    require(actor, permits.EVENTS, at=answer.path, level=PERSONAL)
    if answer.taken_back_at is not None:
        raise WrongState(move="take back", state="taken_back")
    answer.taken_back_at = now
    answer.save(update_fields=["taken_back_at"])
    CultureWish.objects.filter(answer=answer).update(answer=None)
    record("activities.answer_taken_back", on=answer, actor=actor, now=now, place=answer.path)
    return answer


@open_to_all("the nightly job is the system")
def let_wishes_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let the sealed words of wishes go that are over their term; return how many. The wish still counts."""
    found = words_over(now, limit)
    with scope.acting(TELLER):
        return CultureWishVault.objects.filter(pk__in=found).delete()[0]
