"""Values of a city, town or body over the API: set with their document, withdrawn with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from linli.kernel.errors import NotAllowed
from linli.kernel.paths import path_of
from linli.kernel.web import Request
from linli.rulebook import permits, queries, services
from linli.rulebook.api.history import LocalOut, local_out

router = Router()


class ValueIn(Schema):
    """A value in its written form, such as 15 or {"op": "ge", "num": 1, "den": 2, "base": "…"}.

    `place` is the code at which the permit is held; `body` makes it hold for one organisation there,
    `for_province` for the whole province.
    """

    value: Any
    place: str = Field(min_length=1)
    document_number: str = Field(max_length=80)
    document_date: date
    issuer: str = Field(max_length=120)
    valid_from: date
    valid_to: date | None = None
    body: int | None = Field(default=None, ge=1, le=2**63 - 1)
    for_province: bool = False
    reading: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=500)


class WithdrawIn(Schema):
    from_day: date
    reason: str = Field(max_length=500)
    document: str = Field(default="", max_length=80)


@router.post("/rulebook/{key}/add", response=LocalOut)
def add(request: Request, key: str, given: ValueIn) -> dict[str, Any]:
    """Set a value by its document; it may only tighten what holds above it, unless the law leaves it free."""
    new = services.Proposed(
        value=given.value,
        place=path_of(given.place),
        document_number=given.document_number,
        document_date=given.document_date,
        issuer=given.issuer,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        body_id=given.body,
        for_province=given.for_province,
        reading=given.reading,
        note=given.note,
    )
    return local_out(services.add_local_value(key, new, actor=request.actor, now=timezone.now()))


@router.post("/rulebook/values/{int:value_id}/withdraw", response=LocalOut)
def withdraw(request: Request, value_id: int, given: WithdrawIn) -> dict[str, Any]:
    """Withdraw a value from a day on; it stays readable, and decisions keep what they froze."""
    row = queries.get_local_value(value_id)
    if not request.actor.may(permits.SET_VALUE, at=row.place):
        raise NotAllowed(permit=permits.SET_VALUE.name, at=row.place)
    done = services.withdraw_local_value(
        row, from_day=given.from_day, reason=given.reason, document=given.document,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return local_out(done)
