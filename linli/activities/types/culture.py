"""What neighbours wish for in culture, what is offered, who answers; local talents who agreed to be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.runtime.types import Rate

MOST_WISH, MOST_TEXT, MOST_PHOTOS = 300, 500, 4
# whose files photos are: of a work before and after, of an event
BEFORE, AFTER, OF_EVENT = "activities.care_before", "activities.care_after", "activities.event"
WISHED = Rate(12, timedelta(hours=1))


class Subject(StrEnum):
    """What a wish or an offer is about."""

    DANCE = "dance"
    OPERA = "opera"
    FILM = "film"
    READING = "reading"
    SPORT = "sport"
    CHILDREN = "children"
    ELDERS = "elders"
    CRAFT = "craft"
    LANGUAGE = "language"
    HEALTH = "health"
    FESTIVAL = "festival"
    OTHER = "other"


SUBJECT_TITLES = {
    Subject.DANCE: _("Dance and music"),
    Subject.OPERA: _("Cantonese opera and song"),
    Subject.FILM: _("Film evenings"),
    Subject.READING: _("Books and reading"),
    Subject.SPORT: _("Sport and games"),
    Subject.CHILDREN: _("Children and holidays"),
    Subject.ELDERS: _("Old people together"),
    Subject.CRAFT: _("Crafts, painting, writing"),
    Subject.LANGUAGE: _("Learning Mandarin or Cantonese"),
    Subject.HEALTH: _("Health and cooking"),
    Subject.FESTIVAL: _("Festivals and customs"),
    Subject.OTHER: _("Something else"),
}


class WishState(StrEnum):
    """Words of a wish wait, are shown as released, or stay unseen; the wish counts either way."""

    WAITS = "waits"
    SHOWN = "shown"
    UNSEEN = "unseen"


WISH_TITLES = {
    WishState.WAITS: _("words wait for release"),
    WishState.SHOWN: _("words shown"),
    WishState.UNSEEN: _("counts, words not shown"),
}
WISH_TONES = {WishState.WAITS: "soon", WishState.SHOWN: "done", WishState.UNSEEN: "idle"}


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """A programme that a department or group can bring: how often, what it costs and needs."""

    who: str
    subject: str
    title: str
    about: str = ""
    often: str = ""
    cost_fen: int = 0
    needs: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What was done about the wishes of a season on a subject: in words, by an offer or an event."""

    season: str
    subject: str
    text: str
    offer_id: int | None = None
    event_code: str = ""


@dataclass(frozen=True, slots=True)
class TalentFacts:
    """Somebody who can do something, as she agreed to be shown; whom to ask for lies sealed."""

    shown_name: str
    subject: str
    about: str
    agreed_on: date
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class CareFacts:
    """What a group did for a public place; `before` and `after` are photos as they were uploaded."""

    title: str
    where: str
    on: date
    about: str = ""
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """Wishes of a season on a subject: how many, how many of them answered, programmes on offer."""

    subject: Subject
    wishes: int
    answered: int
    offers: int
