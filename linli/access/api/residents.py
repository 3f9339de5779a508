"""At the counter: whose account a number is, tying it to a person, and mandates between residents."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from linli.access import permits, rules
from linli.access.api.acting import MandateOut, mandate_out
from linli.access.api.frame import ReasonIn, holder_of
from linli.access.forms import MandateForm, TieForm, end_of, with_choices
from linli.access.models import Account
from linli.access.queries.residents import get_resident, home_of, resident_account
from linli.access.queries.rights import mandates_by
from linli.access.services import acting as services
from linli.access.services import residents
from linli.kernel.errors import NotFound
from linli.kernel.web import Request

router = Router()


class PhoneIn(Schema):
    """The number that the owner of the account dictates."""

    phone: str = Field(max_length=40)


class ResidentAccountOut(Schema):
    """`person` is the entry of the register it is tied to, or null; the number is told to nobody."""

    account: int
    name: str
    person: int | None
    mandates: list[MandateOut]


class TieIn(PhoneIn):
    """With `takes_over` the account that the person has at an old number goes on with this one."""

    person: int
    takes_over: bool = False


class NewMandateIn(PhoneIn):
    """The owner of the account may act for `principal`; `basis` is the paper that was shown."""

    principal: int
    basis: str
    until: str


@router.post("/access/residents/find", response=ResidentAccountOut)
def find(request: Request, given: PhoneIn) -> dict[str, Any]:
    """The account of a resident by telephone number, and for whom the resident may act. Not by a key."""
    holder_of(request, permits.ENROL)
    return _resident(request, _account(given))


@router.post("/access/residents/tie", response=ResidentAccountOut)
def tie(request: Request, given: TieIn) -> dict[str, Any]:
    """Tie an account to the person whose document was seen. Not by a key."""
    holder_of(request, permits.ENROL)
    account = _account(given)
    form = with_choices(TieForm(given.dict()), person=[(given.person, "")])
    person_id = form.accepted()["person"]
    path = home_of(request.actor, person_id)
    now = timezone.now()
    tied = services.tie_person(
        account, person_id, path=path, takes_over=given.takes_over, actor=request.actor, now=now
    )
    return _resident(request, tied)


@router.post("/access/residents/{int:account_id}/close", response=ResidentAccountOut)
def close(request: Request, account_id: int, given: ReasonIn) -> dict[str, Any]:
    """Close the account of a resident whose document was seen. Not by a key."""
    holder_of(request, permits.ENROL)
    account = get_resident(request.actor, account_id)
    closed = residents.close_resident(
        account, given.reason, actor=request.actor, now=timezone.now()
    )
    return _resident(request, closed)


@router.post("/access/residents/mandate", response={201: MandateOut})
def mandate(request: Request, given: NewMandateIn) -> Status[dict[str, Any]]:
    """Record that a resident may act for another, for a year at most. Not by a key."""
    holder_of(request, permits.ENROL)
    account = _account(given)
    form = with_choices(MandateForm(given.dict()), principal=[(given.principal, "")])
    said = form.accepted()
    made = services.record_mandate(
        said["principal"], account, said["basis"], end_of(said["until"]),
        path=home_of(request.actor, said["principal"]), actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, mandate_out(made, request))


def _account(given: PhoneIn) -> Account:
    normal = rules.normal_phone(given.phone)
    account = resident_account(normal) if normal else None
    if account is None:
        raise NotFound()
    return account


def _resident(request: Request, account: Account) -> dict[str, Any]:
    held = mandates_by(account.pk, now=timezone.now())
    return {
        "account": account.pk, "name": account.display_name, "person": account.person_id,
        "mandates": [mandate_out(one, request) for one in held],
    }  # fmt: skip
