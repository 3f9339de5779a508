"""What somebody applies for, what she gives, and what she gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from linli.cases.types import Channel
from linli.runtime.types import Rate

KIND = "application"
# what is sent, and what is tried: a village may stand behind one address
APPLIES = Rate(60, timedelta(hours=1), burst=20)
TRIES = Rate(120, timedelta(hours=1), burst=40)
# what is sent again so soon is asked about: a phone that hung, or two in a family who did not know
SAME_WITHIN = timedelta(minutes=30)


class Delivery(StrEnum):
    """How the result comes."""

    COUNTER = "counter"
    BY_MAIL = "post"
    E_CERTIFICATE = "e_certificate"


class Paper(StrEnum):
    """Where a material of the list stands."""

    OPEN = "open"
    GIVEN = "given"
    CHECKED = "checked"
    LACKING = "lacking"


# what keeps an application from being accepted
NOT_THERE = frozenset({Paper.OPEN, Paper.LACKING})

# states of an application of which nothing is decided yet: registers may be asked
UNDECIDED = frozenset(
    {
        "submitted", "pre_check", "correction", "accepted", "at_departments", "hearing", "inspection",
        "experts",
    }
)  # fmt: skip

# states of an application in which nobody owes a fee any more
FEE_OVER = frozenset({"not_accepted", "withdrawn", "lapsed"})


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take: `days` counted in `unit`; `is_sure` if the law was read."""

    days: int
    unit: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Material:
    """One thing on the list: its key, words, form, and whether the applicant brings it."""

    key: str
    words: Mapping[str, str]
    form: str
    is_hers: bool
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """What an application needs of one version of an item, as it was on the day of applying.

    `content` is the plain whole that is kept with the application; the rest is read from it. `path` is
    the place that offers it while somebody applies; empty once the application keeps it.
    """

    key: str
    version: int
    content: Mapping[str, Any]
    path: str = ""

    def is_offered_at(self, path: str) -> bool:
        """Say whether it is offered at a place: what the place offers itself, or one above it."""
        return path.startswith(self.path)

    @property
    def name(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.content["name"]
        return found

    @property
    def questions(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.content.get("questions") or ()
        return found

    @property
    def form(self) -> str:
        """The key of its own form, if it has one."""
        return str(self.content.get("form") or "")

    @property
    def fee_fen(self) -> int:
        return int((self.content.get("fee") or {}).get("fen", 0))

    @property
    def named(self) -> str:
        return f"{self.key}/{self.version}"


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """Answers to the item's own form: the number of its version, open and sealed ones, or faults."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies; all of it is sealed. `agent` is who helps her: hers are the messages, if she has a phone."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    agent_name: str = ""
    agent_id: str = ""
    agent_phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Applying:
    """One application as it comes in.

    `answers` are those to the item's questions, `photos` codes of photos by the key of the material.
    `person_id` is the person of the register, known by account or by the window; `mandate_id` the
    mandate by which an agent stands for her, `agent_basis` the paper of one without an account.
    """

    item: str
    place: str
    applicant: Applicant
    answers: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, Sequence[str]] = field(default_factory=dict)
    brought: frozenset[str] = frozenset()
    delivery: str = Delivery.COUNTER
    channel: str = Channel.PAGE
    is_mine: bool = False
    by_sms: bool = False
    person_id: int | None = None
    mandate_id: int | None = None
    agent_mandate_id: int | None = None
    agent_basis: str = ""
    # how whoever helps stands to her
    agent_relation: str = ""
    # another office looked at who applies, as the hall does
    is_looked_at: bool = False
    # how she agreed that the office applies for her, where it does
    agreed: str = ""
    # what was typed into the item's own form, and the number of the version that was shown
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    form_number: int | None = None
    # the version of the item that was shown: of another one nothing is filed unseen
    item_version: int | None = None
    language: str = "zh-hans"
    uuid: UUID | None = None
    # she was told that she sent the same a short while ago, and sends this one as well
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What the applicant gets: number and code, and by when she hears; `is_again` if it was sent before."""

    number: str
    code: str
    case_id: int
    accept_on: date | None
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What the window found: the keys of what is lacking with a word on each, and a word to her."""

    lacking: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class PartWish:
    """A part for one department: which post, what it does, and its turn (same turn: side by side)."""

    org_id: int
    post_id: int
    task: str
    turn: int


@dataclass(frozen=True, slots=True)
class Handed:
    """How a result was handed over: the way, and what shows it (a signature, the number of a parcel)."""

    way: str
    proof: str
    at: datetime | None = None
