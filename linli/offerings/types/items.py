"""What an item of service says: its facts, limits, questions, conditions and materials, as its file has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

# question → the answers under which something holds; no question named: it always holds
When = Mapping[str, tuple[str, ...]]
Answers = Mapping[str, str]


class ItemKind(StrEnum):
    """PS-01: power items and public services; proofs of a committee stand apart, for CE-21 holds for them."""

    ADMINISTRATIVE = "administrative"
    PUBLIC_SERVICE = "public_service"
    CERTIFICATE = "certificate"
    SELF_GOVERNMENT = "self_government"
    MEDIATION = "mediation"
    REFUSED = "refused"


class Subject(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    BOTH = "both"


class Decider(StrEnum):
    """At which level it is decided."""

    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"


class Unit(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


class Channel(StrEnum):
    COUNTER = "counter"
    PHONE = "phone"
    ONLINE = "online"
    HOME = "home"
    POST = "post"


class PaperForm(StrEnum):
    ORIGINAL = "original"
    COPY = "copy"
    E_CERTIFICATE = "e_certificate"
    FORM = "form"


class Bringer(StrEnum):
    """Who brings a material: the applicant, or the office itself out of a register (PS-02)."""

    APPLICANT = "applicant"
    SHARING = "sharing"


class Sureness(StrEnum):
    SURE = "sure"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and English; English may be missing."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    title: str
    number: str = ""
    article: str = ""
    certainty: str = Sureness.CHECK


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of days; `source` and its certainty where it is one of the law."""

    days: int
    unit: str = Unit.WORKING
    source: str = ""
    certainty: str = Sureness.CHECK


@dataclass(frozen=True, slots=True)
class Fee:
    fen: int = 0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question that shortens the list of materials to one's own case."""

    key: str
    ask: Words
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    words: Words
    when: When


@dataclass(frozen=True, slots=True)
class Material:
    """Something that is needed; `source` is the register that has it, if one does.

    `why` says why the applicant brings what a register usually has.
    """

    key: str
    words: Words
    form: str
    by: str
    source: str
    when: When
    note: Words
    why: Words = Words()


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """All that a version of an item says."""

    key: str
    kind: str
    name: Words
    says: Words
    office: Words
    code: str = ""
    events: tuple[str, ...] = ()
    subject: str = Subject.PERSON
    level: str = Decider.TOWN
    basis: tuple[Basis, ...] = ()
    statutory: Limit | None = None
    promised: Limit | None = None
    fee: Fee = Fee()
    visits: int = 1
    channels: tuple[str, ...] = (Channel.COUNTER,)
    questions: tuple[Question, ...] = ()
    conditions: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] = ()
    result: Words = Words()
    synonyms: tuple[str, ...] = ()
    refused_rule: str = ""
    instead: Words = Words()
    certainty: str = Sureness.CHECK
    # the key of a form of the office, whose questions are asked besides
    form: str = ""
    # whom one may ask about it: an office's number as it is dialled
    phone: str = ""

    @property
    def whens(self) -> tuple[When, ...]:
        """For which answers its conditions and materials hold, one after the other."""
        return (*(one.when for one in self.conditions), *(one.when for one in self.materials))


@dataclass(frozen=True, slots=True)
class ItemFault:
    """Something that is wrong with an item: where it stands, what it is (`item_faults.ITEM_FAULTS`), which word.

    A warning does not keep it from being published.
    """

    where: str
    code: str
    word: str = ""
    is_warning: bool = False


KIND_TITLES: dict[str, Any] = {
    ItemKind.ADMINISTRATIVE: _("Administrative item"),
    ItemKind.PUBLIC_SERVICE: _("Public service"),
    ItemKind.CERTIFICATE: _("Proof by the committee"),
    ItemKind.SELF_GOVERNMENT: _("Service of the village or community itself"),
    ItemKind.MEDIATION: _("Mediation and legal help"),
    ItemKind.REFUSED: _("Not done here: proof that may not be issued"),
}
SUBJECT_TITLES: dict[str, Any] = {
    Subject.PERSON: _("Persons"),
    Subject.ORGANISATION: _("Organisations"),
    Subject.BOTH: _("Persons and organisations"),
}
DECIDER_TITLES: dict[str, Any] = {
    Decider.VILLAGE: _("decided in the village"),
    Decider.TOWN: _("decided in the town"),
    Decider.CITY: _("decided in the city"),
}
CHANNEL_TITLES: dict[str, Any] = {
    Channel.COUNTER: _("At the counter"),
    Channel.PHONE: _("By phone"),
    Channel.ONLINE: _("Online"),
    Channel.HOME: _("We come to your home"),
    Channel.POST: _("By post"),
}
FORM_TITLES: dict[str, Any] = {
    PaperForm.ORIGINAL: _("original"),
    PaperForm.COPY: _("copy"),
    PaperForm.E_CERTIFICATE: _("e-certificate"),
    PaperForm.FORM: _("form, filled in"),
}
BRINGER_TITLES: dict[str, Any] = {
    Bringer.APPLICANT: _("the applicant brings it"),
    Bringer.SHARING: _("the office looks it up"),
}
UNIT_TITLES: dict[str, Any] = {
    Unit.WORKING: _("working days"),
    Unit.CALENDAR: _("calendar days"),
}
