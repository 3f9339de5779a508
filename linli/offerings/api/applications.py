"""Applications over the API: applied, followed, completed; checked and paid at the window."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Header, Router, Schema, Status

from linli.cases.queries.following import followed, open_followed
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.types.filing import ACTS, LOOKS, number_of
from linli.cases.types.moves import At
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.queries.applicants import known_of
from linli.offerings.queries.applications import Overview, case_for, overview_of
from linli.offerings.services import checking, fees
from linli.offerings.services.applying import apply_for
from linli.offerings.services.window import take_in
from linli.offerings.types.applications import (
    APPLIES,
    TRIES,
    Applicant,
    Applied,
    Applying,
    Checked,
)
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

router = Router()


class ApplicantIn(Schema):
    """Who applies; sealed. Empty where the caller is known."""

    name: str = Field(default="", max_length=60)
    id_number: str = Field(default="", max_length=30)
    phone: str = Field(default="", max_length=24)
    address: str = Field(default="", max_length=200)
    agent_name: str = Field(default="", max_length=60)
    agent_id: str = Field(default="", max_length=30)
    agent_phone: str = Field(default="", max_length=24)


class ApplicationIn(Schema):
    """An application. `photos` are codes from reports/photos by the key of the material."""

    item: str = Field(max_length=60)
    place: str = Field(max_length=24)
    applicant: ApplicantIn = ApplicantIn()
    answers: dict[str, str] = {}
    photos: dict[str, list[str]] = {}
    brought: list[str] = Field(default=[], max_length=60)
    delivery: Literal["counter", "post", "e_certificate"] = "counter"
    channel: Literal["page", "counter", "phone"] = "page"
    by_sms: bool = False
    agent_basis: str = Field(default="", max_length=200)
    # answers to the item's own form, and the number of the version that was shown
    form: dict[str, str | list[str]] = {}
    form_number: int | None = None
    uuid: UUID | None = None


class AppliedOut(Schema):
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
    """An application as its applicant follows it."""

    number: str
    item: str
    item_version: int
    name: dict[str, str]
    state: str
    state_words: str
    next_words: str
    decide_on: str | None
    materials: list[MaterialOut]
    answers: list[AnswerOut]
    fee_fen: int
    open_fen: int


class SupplyIn(Schema):
    """Codes of photos by the key of each material that was missing."""

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


@router.post("/applications/", response={201: AppliedOut})
@limited("offerings.tries", TRIES, account_or_address)
@limited("offerings.applies", APPLIES, account_or_address, counts=is_fresh)
def apply(request: Request, given: ApplicationIn) -> Status[dict[str, Any]]:
    """Apply for an item; no account needed. At the window it is accepted, or told what is missing."""
    is_page = given.channel == "page"
    known = known_of(request.actor) if is_page else None
    told = given.applicant.dict()
    if known is not None and not told["name"]:
        told["name"] = known.name
    applying = Applying(
        item=given.item, place=given.place, applicant=Applicant(**told), answers=given.answers,
        photos=given.photos, brought=frozenset() if is_page else frozenset(given.brought),
        delivery=given.delivery, channel=given.channel,
        is_mine=known is not None, by_sms=given.by_sms,
        person_id=known.person_id if known else None,
        agent_basis="" if is_page else given.agent_basis,
        language=get_language() or "zh-hans", uuid=given.uuid, form_number=given.form_number,
        form={key: [said] if isinstance(said, str) else said for key, said in given.form.items()},
    )  # fmt: skip
    service = apply_for if is_page else take_in
    return Status(201, _applied(service(applying, actor=request.actor, now=timezone.now())))


def _applied(one: Applied) -> dict[str, Any]:
    on = one.accept_on.isoformat() if one.accept_on else None
    return {"number": one.number, "code": one.code, "accept_on": on}


@router.get("/applications/{number}/", response=ApplicationOut)
@limited("cases.looks", LOOKS, client_address)
def detail(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Where an application stands: to its applicant by code or account, and to who works on it."""
    case = _case(request, number, follow_code)
    it = overview_of(case.pk)
    if it is None:
        raise NotFound()
    return _told(case, it)


def _case(request: Request, number: str, code: str) -> Any:
    try:
        return open_followed(request.actor, number, code[:40])
    except NotFound:
        return get_case(request.actor, number)


def _told(case: Any, it: Overview) -> dict[str, Any]:
    said = kind_of(case.kind, case.version).states[case.state]
    day = followed(case, timezone.now()).promise.last_day
    return {
        "number": case.number, "item": it.item.key, "item_version": it.item.version,
        "name": dict(it.item.name), "state": case.state, "state_words": str(said.public),
        "next_words": str(said.next), "decide_on": day.isoformat() if day else None,
        "materials": [
            {
                "key": one.material.key, "words": dict(one.material.words),
                "form": one.material.form, "state": one.row.state if one.row else None,
                "note": one.row.note if one.row else "",
            }
            for one in it.papers
        ],
        "answers": [{"question": ask, "answer": said} for ask, said in it.form_lines],
        "fee_fen": it.application.fee_fen, "open_fen": it.open_fen,
    }  # fmt: skip


@router.post("/applications/{number}/supply", response=ApplicationOut)
@limited("cases.acts", ACTS, number_of)
def supply(
    request: Request, number: str, given: SupplyIn, follow_code: Header[str] = ""
) -> dict[str, Any]:
    """Send what was missing, all of it at once; codes of photos come from reports/photos."""
    case = open_followed(request.actor, number, follow_code[:40])
    if overview_of(case.pk) is None:
        raise NotFound()
    checking.supply(At(case.pk), given.photos, actor=request.actor, now=timezone.now())
    return detail(request, number, follow_code)


@router.post("/applications/{number}/check", response=ApplicationOut)
def check(request: Request, number: str, given: CheckIn) -> dict[str, Any]:
    """Accept an application, or tell once everything that is missing."""
    case, now = case_for(request.actor, number, permits.RECEIVE), timezone.now()
    at = At(case.pk, given.expected_seq, given.key)
    if given.missing:
        told = Checked(given.missing, given.words)
        checking.ask_correction(at, told, actor=request.actor, now=now)
    else:
        checking.tick_papers(case.pk, given.brought, actor=request.actor, now=now)
        checking.accept_application(at, actor=request.actor, now=now)
    case.refresh_from_db()
    found = overview_of(case.pk)
    assert found is not None, "it was one a moment ago"
    return _told(case, found)


@router.post("/applications/{number}/payments/", response={201: PaymentOut})
def pay(request: Request, number: str, given: PaymentIn) -> Status[dict[str, Any]]:
    """Note that a fee was paid; the receipt is numbered."""
    case = case_for(request.actor, number, permits.RECEIVE)
    paid = fees.take_payment(
        case.pk, given.amount_fen, given.way, actor=request.actor, now=timezone.now()
    )
    found = overview_of(case.pk)
    assert found is not None, "a payment belongs to one"
    return Status(201, {"number": paid.number, "open_fen": found.open_fen})
