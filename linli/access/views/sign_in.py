"""Signing in of staff with password and second factor; signing out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import entering
from linli.access.clients import passkeys
from linli.access.entering import KEPT_COOKIE, way_in
from linli.access.errors import (
    FactorMissing,
    FactorRefused,
    LockedOut,
    SignInRefused,
)
from linli.access.forms import CodeForm, RecoveryForm, SignInForm
from linli.access.queries.accounts import open_account
from linli.access.queries.factors import factors_of, passkeys_of
from linli.access.services.factors import check_totp, prove_passkey, use_recovery_code
from linli.access.services.kept_forms import forget_form
from linli.access.types import AnyAccount, Factor
from linli.kernel.addresses import address_of
from linli.kernel.web import Request, done, page
from linli.runtime.types import without_key

COUNTED = "a wrong try is counted, so it must not be undone with a transaction"
GET_POST = ["GET", "HEAD", "POST"]


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def sign_in(request: Request) -> HttpResponse:
    """Staff: name and password."""
    form = SignInForm(request.POST or None, initial={"next": entering.safe_next(request)})
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            account = entering.check_password(request, name, password)
            return _after_password(request, account)
        except (SignInRefused, LockedOut, FactorMissing) as refusal:
            frame = _frame(request, form)
            return entering.refused(request, "access/sign_in.html", refusal=refusal, **frame)
    status = 422 if form.is_bound else 200
    return page(request, "access/sign_in.html", _frame(request, form), status=status)


def _frame(request: Request, form: SignInForm) -> dict[str, Any]:
    options, state = passkeys.ask_proof(request.get_host(), [])
    ticket = entering.ticket_of(state)
    return {"form": form, "tab": "staff", "options": options, "ticket": ticket}


def _after_password(request: Request, account: AnyAccount) -> HttpResponse:
    to = entering.safe_next(request)
    device = entering.device_at(request, timezone.now())
    if device is not None and entering.is_of_device(account, device):
        entering.enter_at_counter(request, account, device)
        to = to or entering.start_at_counter(account)
        return done(request, entering.after_sign_in(request, to))
    if not factors_of(account).rows:
        raise FactorMissing()
    entering.begin_pending(request, account, "factor", to)
    return done(request, reverse("access:factor"))


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def factor(request: Request) -> HttpResponse:
    """Staff: the second factor."""
    found = entering.pending(request, "factor")
    if found is None:
        return redirect("access:sign_in")
    account, to = found
    form = (RecoveryForm if "recovery" in request.POST else CodeForm)(request.POST or None)
    if request.method == "POST":
        try:
            shown = _shown_factor(request, account, form)
        except FactorRefused as refusal:
            frame = _factor_frame(request, account, form)
            return entering.refused(request, "access/factor.html", refusal=refusal, **frame)
        if shown is not None:
            entering.enter(request, account, factor=shown)
            return done(request, entering.after_sign_in(request, to))
    return page(
        request,
        "access/factor.html",
        _factor_frame(request, account, form),
        status=422 if form.is_bound else 200,
    )


def _factor_frame(
    request: Request, account: AnyAccount, form: CodeForm | RecoveryForm
) -> dict[str, Any]:
    known = passkeys_of(account)
    options, state = passkeys.ask_proof(request.get_host(), known.values())
    is_recovery = isinstance(form, RecoveryForm) or request.GET.get("with") == "recovery"
    if is_recovery and not isinstance(form, RecoveryForm):
        form = RecoveryForm()
    return {
        "form": form,
        "factors": factors_of(account),
        "options": options if known else {},
        "ticket": entering.ticket_of(state),
        "is_recovery": is_recovery,
    }


def _shown_factor(
    request: Request, account: AnyAccount, form: CodeForm | RecoveryForm
) -> Factor | None:
    """Return the factor that was shown, None if the form is not filled. Refuses with FactorRefused."""
    now = timezone.now()
    entering.count_factor(account, now)
    if "passkey" in request.POST:
        _prove(request, account, now)
        return Factor.PASSKEY
    if not form.is_valid():
        return None
    if isinstance(form, RecoveryForm):
        code = form.cleaned_data["recovery"]
        if not use_recovery_code(account, code, actor=request.actor, now=now):
            raise FactorRefused()
        return Factor.RECOVERY
    if not check_totp(account, form.cleaned_data["code"], actor=request.actor, now=now):
        raise FactorRefused()
    return Factor.TOTP


def _prove(request: Request, account: AnyAccount, now: datetime) -> None:
    state = entering.state_in(request.POST.get("ticket", ""), now)
    host, answer = request.get_host(), request.POST["passkey"]
    prove_passkey(account, host, state, answer, actor=request.actor, now=now)


@way_in
@without_key(COUNTED)
@require_POST
def passkey_sign_in(request: Request) -> HttpResponse:
    """Staff: a passkey alone, which is two factors at once (the device, and the finger or PIN)."""
    now = timezone.now()
    try:
        account = open_account(passkeys.account_in(request.POST.get("passkey", "")))
        if account is None or not entering.may_enter(account):
            raise FactorRefused()
        entering.count_factor(account, now)
        _prove(request, account, now)
    except FactorRefused as refusal:
        form = SignInForm()
        frame = _frame(request, form)
        return entering.refused(request, "access/sign_in.html", refusal=refusal, **frame)
    to = entering.safe_next(request)
    entering.enter(request, account, factor=Factor.PASSKEY)
    return done(request, entering.after_sign_in(request, to))


@way_in
@without_key("ending a session twice is ending it once")
@require_http_methods(GET_POST)
def sign_out(request: Request) -> HttpResponse:
    """Ask, then end the session. On a counter computer the page of names follows."""
    if request.method != "POST":
        return page(request, "access/sign_out.html", {})
    at_counter = entering.device_at(request, timezone.now()) is not None
    forget_form(request.COOKIES.get(KEPT_COOKIE), actor=request.actor, now=timezone.now())
    entering.leave(request)
    response = done(request, reverse("access:counter") if at_counter else address_of("portal:home"))
    response.delete_cookie(KEPT_COOKIE)
    return response
