"""Applications over the API: applied, followed, completed; checked and paid at the window."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Header, Router, Status

from linli.cases.queries.following import followed, open_followed
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.services.following import find_own
from linli.cases.types.filing import ACTS, LOOKS, number_of
from linli.cases.types.moves import At
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.application_filing import by_office, of_page, told_applied
from linli.offerings.api.application_shapes import (
    ApplicationIn,
    ApplicationOut,
    AppliedOut,
    CheckIn,
    PaymentIn,
    PaymentOut,
    SupplyIn,
)
from linli.offerings.queries.applications import Overview, case_for, overview_of
from linli.offerings.services import checking, fees
from linli.offerings.services.applying import apply_for
from linli.offerings.services.window import take_in
from linli.offerings.types.applications import APPLIES, TRIES, Checked
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

router = Router()


@router.post("/applications/", response={201: AppliedOut})
@limited("offerings.tries", TRIES, account_or_address)
@limited("offerings.applies", APPLIES, account_or_address, counts=is_fresh)
def apply(request: Request, given: ApplicationIn) -> Status[dict[str, Any]]:
    """Apply for an item; no account needed. At the window it is accepted, or told what is missing."""
    now = timezone.now()
    if given.channel == "page":
        applied = apply_for(of_page(request, given, now), actor=request.actor, now=now)
    else:
        applied = take_in(by_office(request, given, given.channel), actor=request.actor, now=now)
    return Status(201, told_applied(applied))


@router.get("/applications/{number}/", response=ApplicationOut)
@limited("cases.looks", LOOKS, client_address)
def detail(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Where an application stands: to its applicant by code or account, and to who works on it."""
    case = case_opened(request, number, follow_code)
    it = overview_of(case.pk)
    if it is None:
        raise NotFound()
    return _told(case, it)


def case_opened(request: Request, number: str, code: str) -> Any:
    """Return the case of an application, to its applicant by code or account and to who works on it."""
    try:
        now = timezone.now()
        return find_own(number, code[:40], guesses=True, actor=request.actor, now=now)
    except NotFound:
        return get_case(request.actor, number)


def _told(case: Any, it: Overview) -> dict[str, Any]:
    said = kind_of(case.kind, case.version).states[case.state]
    told = followed(case, timezone.now())
    day, own = told.promise.last_day, told.own_time
    return {
        "number": case.number, "item": it.item.key, "item_version": it.item.version,
        "name": dict(it.item.name), "state": case.state, "state_words": str(said.public),
        "next_words": str(said.next), "decide_on": day.isoformat() if day else None,
        "supply_by": own.last_day.isoformat() if own and case.state == "correction" else None,
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
        "agent_relation": it.application.agent_relation,
    }  # fmt: skip


@router.post("/applications/{number}/supply", response=ApplicationOut)
@limited("cases.acts", ACTS, number_of)
def supply(
    request: Request, number: str, given: SupplyIn, follow_code: Header[str] = ""
) -> dict[str, Any]:
    """Send what was missing, all of it at once; codes come from reports/photos?papers=1."""
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
        checking.accept_application(at, given.words, actor=request.actor, now=now)
    return told_of(case)


def told_of(case: Any) -> dict[str, Any]:
    """Return where an application stands after a step."""
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
