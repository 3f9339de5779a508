"""Category and place of a case put right, over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from linli.cases.api.suggesting import SuggestOut, hints_out
from linli.cases.queries.categories import ids_of_codes
from linli.cases.queries.reading import get_case
from linli.cases.queries.routes import suggested_for
from linli.cases.services.placing import put_right
from linli.cases.types.moves import At
from linli.kernel.errors import Invalid
from linli.kernel.web import Request

router = Router()


class PutRightIn(Schema):
    """`category` is a short name, null for none; without `place` the case stays where it is."""

    category: str | None
    place: str = ""
    reason: str = ""
    expected_seq: int | None = None
    key: UUID | None = None


class PutRightOut(Schema):
    """`post_id` is the post that it was sent to anew, null if it stays where it was."""

    number: str
    seq: int
    post_id: int | None
    rule: int | None


@router.post("/routing/cases/{number}/put-right", response=PutRightOut)
def put_case_right(request: Request, number: str, given: PutRightIn) -> dict[str, Any]:
    """Put category and place of a case right; it is sent anew if what sent it looked at them."""
    case = get_case(request.actor, number)
    category = None
    if given.category:
        category = ids_of_codes([given.category]).get(given.category)
        if category is None:
            raise Invalid({"category": [_("Choose a category that is in use.")]})
    done, routed = put_right(
        At(case.pk, given.expected_seq, given.key), number, category_id=category,
        place=given.place, reason=given.reason, actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return {
        "number": number, "seq": done.seq, "post_id": routed.post_id if routed else None,
        "rule": routed.rule_id if routed else None,
    }  # fmt: skip


@router.get("/routing/cases/{number}/suggestions/", response=SuggestOut)
def suggestions_for(request: Request, number: str) -> dict[str, Any]:
    """What the reporter's own words point to."""
    return hints_out(suggested_for(get_case(request.actor, number)))
