"""What the API says of culture to whoever works on it, and what it takes."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from linli.kernel.api import PagedIn


class WishesIn(PagedIn):
    """`season` is a quarter such as 2026-4, today's if it is left out."""

    season: str = ""


class WishOut(Schema):
    """A wish; `words` are sealed and for whoever releases them, `shown` what everybody reads."""

    id: int
    subject: str
    state: str
    words: str
    shown: str
    said_at: datetime
    is_answered: bool


class WishesOut(Schema):
    count: int
    items: list[WishOut]
    next: str | None


class ReleaseIn(Schema):
    """The words as they are shown; empty: the wish counts, its words stay unseen."""

    shown: str = ""


class DeskOfferOut(Schema):
    id: int
    edition: int
    who: str
    subject: str
    title: str
    title_en: str
    about: str
    often: str
    cost_fen: int
    needs: str


class DeskOffersOut(Schema):
    count: int
    items: list[DeskOfferOut]
    next: str | None


class CultureOfferIn(Schema):
    """A programme on offer, a new one without `id`. `edition` as it was read; the cost in fen."""

    id: int | None = None
    edition: int | None = None
    who: str
    subject: str
    title: str
    title_en: str = ""
    about: str = ""
    often: str = ""
    cost_fen: int = Field(default=0, ge=0, lt=2**31)
    needs: str = ""


class DeskAnswerOut(Schema):
    id: int
    season: str
    subject: str
    text: str
    wishes: int
    at: datetime


class DeskAnswersOut(Schema):
    count: int
    items: list[DeskAnswerOut]
    next: str | None


class CultureAnswerIn(Schema):
    """What was done about the wishes of a season on a subject, by an offer or at an event."""

    season: str
    subject: str
    text: str
    offer: int | None = None
    event: str = ""


class DeskTalentOut(Schema):
    """Somebody who agreed to be shown, as they agreed; whom to ask for stays sealed."""

    id: int
    subject: str
    shown_name: str
    about: str
    agreed_on: date


class MadeTalentOut(DeskTalentOut):
    """`code` is theirs: with it they take their consent back."""

    code: str


class DeskTalentsOut(Schema):
    count: int
    items: list[DeskTalentOut]
    next: str | None


class CultureTalentIn(Schema):
    shown_name: str
    subject: str
    about: str = ""
    agreed_on: date
    contact: str
    phone: str


class CultureEndedOut(Schema):
    id: int
