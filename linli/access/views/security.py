"""One's own account: password, second factors, PIN, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import entering, rules
from linli.access.clients import passkeys
from linli.access.errors import FactorRefused, LockedOut, SignInRefused
from linli.access.forms import ChangePasswordForm, CodeForm, ConfirmForm, PinForm
from linli.access.queries.accounts import own_account
from linli.access.queries.choices import post_choices
from linli.access.queries.factors import factors_of, passkeys_of
from linli.access.queries.sessions import own_sessions
from linli.access.services import badges, counter, factors, passwords, residents, sessions
from linli.access.views.sign_in import COUNTED, GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page
from linli.runtime.types import without_key


@require_GET
def security(request: Request) -> HttpResponse:
    """Everything about one's own way in, on one page."""
    account, now = own_account(request.actor), timezone.now()
    sessions_open = list(own_sessions(request.actor, now=now))
    return page(
        request,
        "access/security.html",
        {
            "account": account,
            "factors": factors_of(account),
            "sessions": sessions_open,
            "agents": {one.pk: rules.agent_text(one.agent) for one in sessions_open},
            "here": entering.session_id_or_none(request),
            "posts": post_choices(request.actor.posts),
        },
    )


@without_key(COUNTED)
@require_http_methods(GET_POST)
def confirm(request: Request) -> HttpResponse:
    """The password once more, before something grave."""
    account = own_account(request.actor)
    form = ConfirmForm(request.POST or None, initial={"next": entering.safe_next(request)})
    if request.method == "POST" and form.is_valid():
        try:
            entering.check_password(request, account.username, form.cleaned_data["password"])
        except (SignInRefused, LockedOut) as refusal:
            return entering.refused(request, "access/confirm.html", form=form, refusal=refusal)
        entering.make_fresh(request, timezone.now())
        return done(request, entering.safe_next(request, reverse("access:security")))
    status = 422 if form.is_bound else 200
    return page(request, "access/confirm.html", {"form": form}, status=status)


def _to_confirm(request: Request) -> HttpResponse:
    return redirect(f"{reverse('access:confirm')}?next={request.path}")


@require_http_methods(GET_POST)
def password(request: Request) -> HttpResponse:
    """Change one's own password; every other session ends."""
    account = own_account(request.actor)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            passwords.change_password(
                account,
                form.cleaned_data["old_password"],
                form.cleaned_data["new_password"],
                keep=entering.session_id_or_none(request),
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("The password is changed. Other sessions have ended."))
            return done(request, reverse("access:security"))
    status = 422 if form.is_bound else 200
    return page(request, "access/password.html", {"form": form}, status=status)


@without_key(COUNTED)
@require_http_methods(GET_POST)
def totp(request: Request) -> HttpResponse:
    """Set up an authenticator app in place of an older one."""
    account, now = own_account(request.actor), timezone.now()
    if not entering.is_fresh(request, now):
        return _to_confirm(request)
    secret = entering.totp_in_session(request)
    form = CodeForm(request.POST or None)
    frame: dict[str, Any] = {
        "form": form,
        "secret": secret,
        "address": entering.totp_address(account, secret),
    }
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            codes = factors.confirm_totp(account, secret, code, actor=request.actor, now=now)
        except FactorRefused as refusal:
            return entering.refused(request, "access/totp.html", refusal=refusal, **frame)
        entering.forget_totp(request)
        frame = {"codes": codes, "to": reverse("access:security")}
        return page(request, "access/recovery_codes.html", frame)
    return page(request, "access/totp.html", frame, status=422 if form.is_bound else 200)


@without_key(COUNTED)
@require_http_methods(GET_POST)
def passkey(request: Request) -> HttpResponse:
    """Make a passkey on this device."""
    account, now = own_account(request.actor), timezone.now()
    if not entering.is_fresh(request, now):
        return _to_confirm(request)
    if request.method == "POST":
        state = entering.state_in(request.POST.get("ticket", ""), now)
        credential = passkeys.take_registration(
            request.get_host(), state, request.POST.get("passkey", "")
        )
        name = request.POST.get("name", "").strip() or _("Passkey")
        codes = factors.add_passkey(account, name, credential, actor=request.actor, now=now)
        frame: dict[str, Any] = {"codes": codes, "to": reverse("access:security")}
        return page(request, "access/recovery_codes.html", frame)
    options, state = passkeys.ask_registration(
        request.get_host(),
        account.pk,
        (account.username, account.display_name),
        passkeys_of(account).values(),
    )
    frame = {"options": options, "ticket": entering.ticket_of(state)}
    return page(request, "access/passkey.html", frame)


@require_POST
def remove_factor(request: Request, factor_id: int) -> HttpResponse:
    """Remove one of several second factors."""
    now = timezone.now()
    entering.require_fresh(request, now)
    account = own_account(request.actor)
    factors.remove_factor(account, factor_id, actor=request.actor, now=now)
    messages.success(request, _("The second step is removed."))
    return done(request, reverse("access:security"))


@without_key("the codes are shown in the answer and must not be kept beside a key")
@require_http_methods(GET_POST)
def recovery(request: Request) -> HttpResponse:
    """Make new recovery codes; the old ones die."""
    account, now = own_account(request.actor), timezone.now()
    if not entering.is_fresh(request, now):
        return _to_confirm(request)
    if request.method == "POST":
        codes = factors.renew_recovery_codes(account, actor=request.actor, now=now)
        frame: dict[str, Any] = {"codes": codes, "to": reverse("access:security")}
        return page(request, "access/recovery_codes.html", frame)
    return page(request, "access/recovery_new.html", {"factors": factors_of(account)})


@require_http_methods(GET_POST)
def pin(request: Request) -> HttpResponse:
    """Set one's own PIN for counter computers."""
    account, now = own_account(request.actor), timezone.now()
    if not entering.is_fresh(request, now):
        return _to_confirm(request)
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            counter.set_pin(account, form.cleaned_data["pin"], actor=request.actor, now=now)
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("The PIN is set."))
            return done(request, reverse("access:security"))
    status = 422 if form.is_bound else 200
    return page(request, "access/pin.html", {"form": form}, status=status)


@require_POST
def own_badge(request: Request) -> HttpResponse:
    """Confirm the badge that somebody tied to one's own account, or take it off."""
    own_account(request.actor)
    keep = request.POST.get("keep") == "1"
    if keep:
        entering.require_own_way(request)
    badges.answer_badge(keep=keep, actor=request.actor, now=timezone.now())
    said = _("The badge is yours from now on.") if keep else _("The badge is taken off.")
    messages.success(request, said)
    return done(request, reverse("access:security"))


@require_POST
def end_session(request: Request, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    sessions.end_session(session_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("That session has ended."))
    return done(request, reverse("access:security"))


@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    own_account(request.actor)
    keep = entering.session_id_or_none(request)
    sessions.end_others(keep, actor=request.actor, now=timezone.now())
    messages.success(request, _("You are signed out everywhere but here."))
    return done(request, reverse("access:security"))


@require_POST
def close_account(request: Request) -> HttpResponse:
    """Close one's own account as a resident."""
    own_account(request.actor)
    residents.close_own(actor=request.actor, now=timezone.now())
    request.session.flush()
    return done(request, "/")
