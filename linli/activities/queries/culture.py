"""Wishes, offers, answers and talents of a place: what is public, and what the office works on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from linli.activities import permits
from linli.activities.models import (
    CultureAnswer,
    CultureOffer,
    CultureWish,
    LocalTalent,
)
from linli.activities.rules.culture import counted
from linli.activities.types.culture import SubjectCount, WishState
from linli.kernel.errors import NotFound
from linli.kernel.permits import PERSONAL, Actor

# sealed words go after this
WORDS_KEPT = timedelta(days=365)


def counts_of(path: str, season: str) -> list[SubjectCount]:
    """Return the wishes of a season at a place by subject, with what is on offer; two reads."""
    wishes = CultureWish.objects.filter(path=path, season=season)
    rows = [(subject, answer is not None) for subject, answer in wishes.values_list("subject", "answer")]  # fmt: skip
    return counted(rows, offers_at(path).values_list("subject", flat=True))


def shown_words(path: str, season: str) -> QuerySet[CultureWish]:
    """Return wishes of a season whose words were released, the newest first."""
    found = CultureWish.objects.filter(path=path, season=season, state=WishState.SHOWN)
    return found.order_by("-said_at", "-pk")


def answers_of(path: str, season: str) -> QuerySet[CultureAnswer]:
    """Return what was answered to the wishes of a season, the newest first."""
    found = CultureAnswer.objects.filter(path=path, season=season, taken_back_at__isnull=True)
    return found.select_related("offer", "event").order_by("-at", "-pk")


def offers_at(path: str) -> QuerySet[CultureOffer]:
    """Return the programmes on offer at a place."""
    return CultureOffer.objects.filter(path=path, ended_on__isnull=True).order_by("subject", "title", "pk")  # fmt: skip


def talents_at(path: str) -> QuerySet[LocalTalent]:
    """Return local talents who agreed to be shown, as they agreed."""
    return LocalTalent.objects.filter(path=path, revoked_at__isnull=True).order_by("subject", "pk")


def keeps(actor: Actor, path: str) -> bool:
    """Say whether the actor works on the wishes of a place."""
    return actor.may(permits.EVENTS, at=path, level=PERSONAL)


def wishes_of(path: str, season: str) -> QuerySet[CultureWish]:
    """Return the wishes of a season, those whose words wait first by time, then the newest."""
    return CultureWish.objects.filter(path=path, season=season)


def get_wish(actor: Actor, wish_id: int) -> CultureWish:
    """Return a wish that the actor works on. Refuses with NotFound."""
    return _mine(actor, CultureWish.objects.filter(pk=wish_id).first(), wish_id)  # type: ignore[no-any-return]


def get_answer(actor: Actor, answer_id: int) -> CultureAnswer:
    """Return an answer that the actor works on. Refuses with NotFound."""
    return _mine(actor, CultureAnswer.objects.filter(pk=answer_id).first(), answer_id)  # type: ignore[no-any-return]


def get_offer(actor: Actor, offer_id: int) -> CultureOffer:
    """Return an offer that holds. Refuses with NotFound."""
    found = CultureOffer.objects.filter(pk=offer_id, ended_on__isnull=True).first()
    return _mine(actor, found, offer_id)  # type: ignore[no-any-return]


def get_talent(actor: Actor, talent_id: int) -> LocalTalent:
    """Return a talent who stands in the register. Refuses with NotFound."""
    found = LocalTalent.objects.filter(pk=talent_id, revoked_at__isnull=True).first()
    return _mine(actor, found, talent_id)  # type: ignore[no-any-return]


def _mine(actor: Actor, found: Any, thing_id: int) -> Any:
    if found is None or not keeps(actor, found.path):
        raise NotFound(id=thing_id)
    return found
