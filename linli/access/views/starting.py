"""Starting an account by a one-time link, asking for a reset, and getting back what was typed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from linli.access import entering
from linli.access.entering import KEPT_COOKIE, way_in
from linli.access.errors import FactorRefused
from linli.access.forms import CodeForm, ForgotForm, NewPasswordForm
from linli.access.queries.accounts import live_link
from linli.access.secrets import hash_secret
from linli.access.services import factors, kept_forms, passwords, resets
from linli.access.types import Factor
from linli.access.views.sign_in import COUNTED, GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page
from linli.runtime.services import limits
from linli.runtime.types import client_address, without_key
from linli.ui.kept_words import shown_fields


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def link(request: Request, secret: str) -> HttpResponse:
    """The first password, or the one after a reset, by a one-time link."""
    now = timezone.now()
    found = live_link(hash_secret("link", secret), now=now)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, _use = passwords.use_link(
                secret, form.cleaned_data["password"], actor=request.actor, now=now
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            entering.begin_pending(request, account, "set_up", "")
            return done(request, reverse("access:set_up"))
    status = 422 if form.is_bound else 200
    return page(
        request, "access/link.html", {"form": form, "account": found.account}, status=status
    )


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def set_up(request: Request) -> HttpResponse:
    """The second factor of somebody who has just set her password."""
    found = entering.pending(request, "set_up")
    if found is None:
        return redirect("access:sign_in")
    account, _to = found
    now = timezone.now()
    device = entering.device_at(request, now)
    at_counter = device is not None and entering.is_of_device(account, device)
    if request.method == "POST" and "skip" in request.POST and at_counter:
        assert device is not None, "just looked at"
        entering.enter_at_counter(request, account, device)
        to = entering.start_at_counter(account)
        return done(request, entering.after_sign_in(request, to))
    form = CodeForm(request.POST or None)
    secret = entering.totp_in_session(request)
    frame: dict[str, Any] = {
        "form": form,
        "secret": secret,
        "address": entering.totp_address(account, secret),
        "at_counter": at_counter,
    }
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            codes = factors.confirm_totp(account, secret, code, actor=request.actor, now=now)
        except FactorRefused as refusal:
            return entering.refused(request, "access/set_up.html", refusal=refusal, **frame)
        entering.enter(request, account, factor=Factor.TOTP)
        frame = {"codes": codes, "to": entering.after_sign_in(request, "")}
        return page(request, "access/recovery_codes.html", frame)
    return page(request, "access/set_up.html", frame, status=422 if form.is_bound else 200)


@way_in
@without_key("asking twice is asking once")
@require_http_methods(GET_POST)
def forgot(request: Request) -> HttpResponse:
    """Ask for a reset; the answer is the same whether the name exists or not."""
    form = ForgotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        limits.take("access.forgot", client_address(request), rate=entering.FORGOT_RATE, now=now)
        name = entering.name_typed(form.cleaned_data["username"])
        resets.ask_reset(name, form.cleaned_data["reason"], actor=request.actor, now=now)
        return page(request, "access/forgot_done.html", {})
    status = 422 if form.is_bound else 200
    return page(request, "access/forgot.html", {"form": form}, status=status)


@without_key("shows what is kept, or throws it away; both may be done twice")
@require_http_methods(GET_POST)
def kept(request: Request) -> HttpResponse:
    """What was typed when the session ended: send it again, or throw it away."""
    secret, account_id = request.COOKIES.get(KEPT_COOKIE, ""), request.actor.account_id
    now = timezone.now()
    found = (
        kept_forms.kept_form(secret, account_id, actor=request.actor, now=now)
        if secret and account_id
        else None
    )
    if request.method == "POST":
        kept_forms.forget_form(secret, actor=request.actor, now=now)
        response = done(request, entering.landing(request))
        response.delete_cookie(KEPT_COOKIE)
        return response
    if found is None:
        if account_id is None:
            raise Http404
        return redirect(entering.landing(request))
    form, fields = found
    shown = shown_fields(form.address, fields)
    return page(request, "access/kept.html", {"kept": form, "fields": fields, "shown": shown})
