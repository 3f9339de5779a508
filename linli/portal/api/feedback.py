"""Feedback over the API: give it; it is followed and answered as a case (BU-17)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from linli.kernel.web import Request
from linli.portal import queries, services
from linli.portal.types import GIVEN, Given
from linli.runtime.types import client_address, limited

router = Router()
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class GiveIn(Schema):
    """What is wrong, missing or good; `page` is the address of the page it is about."""

    text: Words
    page: str = Field(default="", max_length=300)


class GivenOut(Schema):
    """Number and code, which open the feedback together at `reports/{number}/`, and the last day."""

    number: str
    code: str
    due_on: date
    is_provisional: bool


@router.post("/feedback/give", response=GivenOut)
@limited("portal.feedback", GIVEN, client_address)
def give(request: Request, given: GiveIn) -> Given:
    """Say what is wrong, missing or good on a page; number and code lead to the answer. No account needed."""
    return services.give_feedback(
        given.text, page=given.page, path=queries.place_of_page(given.page),
        language=get_language() or "zh-hans", actor=request.actor, now=timezone.now(),
    )  # fmt: skip
