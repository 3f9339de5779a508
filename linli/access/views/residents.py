"""At the counter: tying a resident's account to her person, and mandates between residents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.access import entering, permits, rules
from linli.access.forms import MandateForm, ReasonForm, TieForm, end_of, with_choices
from linli.access.queries.residents import (
    accounts_of,
    get_resident,
    home_of,
    people_to_choose,
    resident_account,
)
from linli.access.queries.rights import get_mandate, mandates_by
from linli.access.services import acting, mandates
from linli.access.services import residents as service
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number


@require_GET
def residents(request: Request) -> HttpResponse:
    """Find an account by the number that its owner dictates, and a person by name or number."""
    require_somewhere(request.actor, permits.ENROL)
    return page(request, "access/residents.html", _frame(request, request.GET))


def _frame(request: Request, given: Any, **more: object) -> dict[str, object]:
    phone, words = given.get("phone", ""), given.get("q", "")
    normal = rules.normal_phone(phone) if phone else None
    account = resident_account(normal) if normal else None
    found = people_to_choose(request.actor, words)
    chosen = whole_number(given.get("person") or given.get("principal"))
    if chosen is not None and chosen not in [key for key, _text in found]:
        found.append((chosen, str(chosen)))
    frame: dict[str, Any] = {
        "phone": phone,
        "words": words,
        "account": account,
        "found": found,
        "tie": with_choices(TieForm(), person=found),
        # nobody needs a mandate for their own matters, which the service refuses
        "mandate": with_choices(MandateForm(), principal=_but_holder(found, account)),
        "mandates": mandates_by(account.pk, now=timezone.now()) if account else [],
        "closing": ReasonForm(),
        "open_accounts": accounts_of(request.actor, [key for key, _text in found]),
    }
    return {**frame, **more}


def _but_holder(found: list[tuple[int, str]], account: Any) -> list[tuple[int, str]]:
    return [one for one in found if account is None or one[0] != account.person_id]


def _account(request: Request) -> Any:
    normal = rules.normal_phone(request.POST.get("phone", ""))
    account = resident_account(normal) if normal else None
    if account is None:
        raise NotFound()
    return account


def _back(request: Request) -> str:
    query = urlencode({name: request.POST.get(name, "") for name in ("phone", "q")})
    return f"{reverse('access:residents')}?{query}"


@require_POST
def tie(request: Request) -> HttpResponse:
    """Tie an account to the person whose document was seen."""
    require_somewhere(request.actor, permits.ENROL)
    account = _account(request)
    frame = _frame(request, request.POST)
    form = with_choices(TieForm(request.POST), person=_pairs(frame))
    if form.is_valid():
        person_id = form.cleaned_data["person"]
        path = home_of(request.actor, person_id)
        try:
            acting.tie_person(
                account, person_id, path=path, takes_over=form.cleaned_data["takes_over"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("The account belongs to this person now."))
            return done(request, _back(request))
    return page(request, "access/residents.html", {**frame, "tie": form}, status=422)


@require_POST
def close(request: Request, account_id: int) -> HttpResponse:
    """Close the account of a resident whose document was seen; its number opens nothing any more."""
    require_somewhere(request.actor, permits.ENROL)
    account, form = get_resident(request.actor, account_id), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        service.close_resident(account, reason, actor=request.actor, now=timezone.now())
        messages.success(request, _("The account is closed. Its number opens nothing any more."))
        return done(request, _back(request))
    frame = _frame(request, request.POST, closing=form)
    return page(request, "access/residents.html", frame, status=422)


@require_POST
def mandate(request: Request) -> HttpResponse:
    """Record that a resident may act for another."""
    require_somewhere(request.actor, permits.ENROL)
    account = _account(request)
    frame = _frame(request, request.POST)
    form = with_choices(MandateForm(request.POST), principal=_pairs(frame))
    if form.is_valid():
        given = form.cleaned_data
        try:
            acting.record_mandate(
                given["principal"],
                account,
                given["basis"],
                end_of(given["until"]),
                path=home_of(request.actor, given["principal"]),
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("The mandate is recorded."))
            return done(request, _back(request))
    return page(request, "access/residents.html", {**frame, "mandate": form}, status=422)


def _pairs(frame: dict[str, object]) -> list[tuple[Any, Any]]:
    found = frame["found"]
    assert isinstance(found, list), "the people to choose from"
    return found


@require_POST
def mandate_end(request: Request, mandate_id: int) -> HttpResponse:
    """End a mandate: by either of the two, or at the counter."""
    found = get_mandate(request.actor, mandate_id)
    path = home_of(request.actor, found.principal_id)
    mandates.end_mandate(found, path=path, actor=request.actor, now=timezone.now())
    messages.success(request, _("The mandate has ended."))
    fallback = reverse("access:posts")
    return done(request, entering.safe_next(request, fallback))
