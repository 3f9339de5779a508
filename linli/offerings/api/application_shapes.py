"""What programs send and read of applications."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from linli.kernel.api import Plain


class ApplicantIn(Plain):
    """Who applies, and who helps them; sealed. What the caller is known by may be left out."""

    name: str = Field(default="", max_length=60)
    id_number: str = Field(default="", max_length=30)
    phone: str = Field(default="", max_length=24)
    address: str = Field(default="", max_length=200)
    agent_name: str = Field(default="", max_length=60)
    agent_id: str = Field(default="", max_length=30)
    agent_phone: str = Field(default="", max_length=24)


class ApplicationIn(Plain):
    """An application. `photos` are codes from reports/photos?papers=1 (photos, PDF) by the key of the material."""

    item: str = Field(max_length=60, description="The key of an item of GET /items/.")
    place: str = Field(
        max_length=24, description="The code of the village where it is applied for."
    )
    applicant: ApplicantIn = ApplicantIn()
    answers: dict[str, str] = Field(
        default={}, description="Answers to the item's questions by their keys: they decide which materials are needed."
    )  # fmt: skip
    photos: dict[str, list[str]] = {}
    brought: list[str] = Field(
        default=[], max_length=60, description="Keys of materials that lie on the counter, or are brought later."
    )  # fmt: skip
    delivery: Literal["counter", "post", "e_certificate"] = "counter"
    channel: Literal["page", "counter", "phone"] = Field(
        default="page", description="Other than page: who receives takes it in for somebody."
    )
    by_sms: bool = False
    agent_basis: str = Field(
        default="",
        max_length=200,
        description="On what an agent acts; at the window a mandate on paper.",
    )
    agent_relation: Literal["", "family", "guardian", "friend", "carer", "office"] = Field(
        default="", description="How an agent stands to whom it is for; by page it has to be said."
    )
    agent_mandate: int | None = Field(default=None, description="A mandate that is on record, at the window alone.")  # fmt: skip
    person: int | None = Field(default=None, description="Whom of the register it is for, at the window alone.")  # fmt: skip
    form: dict[str, str | list[str]] = Field(
        default={}, description="Answers to the item's own form, by the keys of its fields."
    )
    form_number: int | None = Field(default=None, description="The version of that form that was shown.")  # fmt: skip
    item_version: int | None = Field(default=None, description="The version of the item that was shown; refused with item_changed once another one holds.")  # fmt: skip
    uuid: UUID | None = Field(default=None, description="The same uuid applies once.")
    is_sure: bool = Field(
        default=False, description="Taken although the same person sent the same lately; refused with sent_before else."
    )  # fmt: skip


class AppliedOut(Plain):
    """Number and code, which lead back to it, and the last day on which the window answers."""

    number: str
    code: str
    accept_on: str | None


class MaterialOut(Schema):
    """A material of the list; `state` is none where the office looks it up itself."""

    key: str
    words: dict[str, str]
    form: str
    state: str | None
    note: str


class AnswerOut(Schema):
    """A question of the item's own form and its answer; sealed ones are left out."""

    question: str
    answer: str


class ApplicationOut(Schema):
    """An application as its applicant follows it; `supply_by` while something is missing."""

    number: str
    item: str
    item_version: int
    name: dict[str, str]
    state: str
    state_words: str
    next_words: str
    decide_on: str | None
    supply_by: str | None
    materials: list[MaterialOut]
    answers: list[AnswerOut]
    fee_fen: int
    open_fen: int
    # how whoever applied stands to whom it is for; empty where she applied herself
    agent_relation: str


class SupplyIn(Schema):
    """Codes of photos or PDF by the key of each material that was missing."""

    photos: dict[str, list[str]]


class CheckIn(Schema):
    """What the window found: the keys of what is missing with a word on each; none accepts it."""

    missing: dict[str, str] = {}
    brought: list[str] = []
    words: str = ""
    expected_seq: int | None = None
    key: UUID | None = None


class PaymentIn(Schema):
    """A fee that was paid, in fen; the way is cash, card, phone or transfer."""

    amount_fen: int = Field(ge=1, le=100_000_000)
    way: Literal["cash", "card", "phone", "transfer"]


class PaymentOut(Schema):
    """The number of the receipt, and what is still open."""

    number: str
    open_fen: int
