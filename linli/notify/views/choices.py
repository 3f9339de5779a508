"""What one gets messages about, and by which ways; one's own e-mail address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.web import Request, done, page
from linli.notify import queries, services
from linli.notify.forms import CodeForm, EmailForm
from linli.runtime.types import without_key


def _signed_in(request: Request) -> None:
    if request.actor.account_id is None:
        raise NotAllowed()


@require_GET
def choices(request: Request) -> HttpResponse:
    """Show what one gets messages about, what one agreed to, and by which ways it comes."""
    _signed_in(request)
    context: dict[str, object] = {
        "choices": queries.choices_of(request.actor),
        "email": queries.own_address(request.actor),
        "has_mail": queries.is_mail_offered(),
    }
    return page(request, "notify/choices.html", context)


@require_POST
def choose(request: Request, purpose: str) -> HttpResponse:
    """Agree to messages of a purpose, or take it back: one press each."""
    act = services.give_consent if request.POST.get("agree") else services.withdraw_consent
    act(purpose, actor=request.actor, now=timezone.now())
    messages.success(request, _("Your choice is kept."))
    return done(request, reverse("notify:choices"))


@require_POST
def way(request: Request, purpose: str) -> HttpResponse:
    """Let messages of a purpose come by a way, or not."""
    services.choose_way(
        purpose, request.POST.get("channel", ""), is_wanted=bool(request.POST.get("wanted")),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Your choice is kept."))
    return done(request, reverse("notify:choices"))


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: Request) -> HttpResponse:
    """Give an e-mail address; the code goes there."""
    _signed_in(request)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_address(
                form.cleaned_data["email"], language=get_language() or "zh-hans",
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            return done(request, reverse("notify:email_code"))
    status = 422 if form.is_bound else 200
    return page(request, "notify/email.html", {"form": form}, status=status)


@without_key("a wrong try is counted, so it must not be undone with a transaction")
@require_http_methods(["GET", "HEAD", "POST"])
def email_code(request: Request) -> HttpResponse:
    """Type the code that came by e-mail."""
    _signed_in(request)
    address = queries.own_address(request.actor)
    if address is None or address.confirmed_at is not None:
        return redirect("notify:choices")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.confirm_address(
                    form.cleaned_data["code"], actor=request.actor, now=timezone.now()
                )
            except Invalid as refusal:
                form.take(refusal.fields)
            else:
                messages.success(request, _("Your address is confirmed."))
                return done(request, reverse("notify:choices"))
    context: dict[str, object] = {"form": form, "email": address}
    return page(request, "notify/email_code.html", context, status=status)


@require_POST
def email_drop(request: Request) -> HttpResponse:
    """Take one's e-mail address back."""
    services.drop_address(actor=request.actor, now=timezone.now())
    messages.success(request, _("Your address is deleted."))
    return done(request, reverse("notify:choices"))
