"""Staff accounts of a place: the list, one account, what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import permits
from linli.access.forms import AccountForm, AskForm, BadgeForm, ReasonForm, with_choices
from linli.access.queries.accounts import (
    SORTS,
    Wanted,
    filtered,
    get_account,
    visible_accounts,
)
from linli.access.queries.actors import account_actor
from linli.access.queries.choices import place_choices, place_names, post_choices
from linli.access.queries.factors import factors_of
from linli.access.queries.resets import may_do
from linli.access.queries.rights import rights_of
from linli.access.services import accounts as services
from linli.access.services.badges import set_badge
from linli.access.services.resets import ask_reset_for, enable_account
from linli.access.services.two_people import ask_act
from linli.access.states import (
    ACCOUNT,
    ACCOUNT_TONES,
    ACCOUNT_WORDS,
    Act,
)
from linli.access.templates_of_rights import LEVEL_WORDS
from linli.access.types import AnyAccount, Issued, NewAccount
from linli.access.views.second_person import acts_of, second_person
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.picking import picked

LOOK_AFTER = (
    permits.MANAGE,
    permits.GRANT,
    permits.REVIEW,
    permits.ENROL,
    permits.APPROVE_RESET,
)


@require_GET
def account_list(request: Request) -> HttpResponse:
    """Staff accounts that the actor looks after."""
    require_somewhere(request.actor, *LOOK_AFTER)
    places, typed = place_choices(request.actor, *LOOK_AFTER), request.GET.get("place", "")
    wanted = Wanted(
        picked(places, typed) or typed, request.GET.get("state", ""), request.GET.get("q", "")
    )
    sort = next((s for s in SORTS if s.key == request.GET.get("sort")), SORTS[0])
    found = page_of(
        filtered(visible_accounts(request.actor), wanted),
        sort,
        cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )
    frame: dict[str, Any] = {
        "found": found,
        "sort": sort.key,
        "wanted": wanted,
        "places": places,
        "names": place_names({account.path for account in found.items}),
        "may_make": bool(request.actor.paths(permits.MANAGE)),
        "may_import": bool(request.actor.paths(permits.IMPORT)),
        "states": ACCOUNT_WORDS,
        "tones": ACCOUNT_TONES,
        **offered(request.actor, "access.accounts"),
    }
    return page(request, "access/accounts.html", frame)


@require_http_methods(GET_POST)
def account_new(request: Request) -> HttpResponse:
    """Invite somebody; her link is shown once."""
    require_somewhere(request.actor, permits.MANAGE)
    form = AccountForm(request.POST or None)
    with_choices(form, place=place_choices(request.actor, permits.MANAGE))
    if request.method == "POST" and form.is_valid():
        try:
            account, link = services.invite_account(
                _new(form), actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            return _show_link(request, account, link)
    frame: dict[str, Any] = {"form": form, "account": None}
    return page(request, "access/account_form.html", frame, status=422 if form.is_bound else 200)


def _new(form: AccountForm) -> NewAccount:
    given = form.cleaned_data
    return NewAccount(
        username=given["username"].strip().lower(),
        display_name=given["display_name"].strip(),
        path=given["place"],
        unit=given["unit"].strip(),
        phone=given["phone"],
        language=given["language"],
    )


def _show_link(request: Request, account: AnyAccount, link: Issued) -> HttpResponse:
    address = request.build_absolute_uri(reverse("access:link", args=[link.secret]))
    frame: dict[str, Any] = {"account": account, "address": address, "ends_at": link.expires_at}
    return page(request, "access/link_shown.html", frame)


@require_GET
def account_detail(request: Request, account_id: int) -> HttpResponse:
    """One account: state, posts, rights, second factors, and what can be done now."""
    return page(request, "access/account.html", account_frame(request, account_id))


def account_frame(request: Request, account_id: int, **more: object) -> dict[str, object]:
    """Return what the page of one account shows."""
    account, now = get_account(request.actor, account_id), timezone.now()
    held = account_actor(account.pk, now=now)
    moves = [move.name for move in ACCOUNT.moves_from(account.state)]
    return {
        "account": account,
        "posts": post_choices(held.posts),
        "rights": rights_of(account, held.posts, now=now),
        "factors": factors_of(account),
        "places": place_names({account.path, *(grant.path for grant in held.grants)}),
        "moves": moves if account.pk != request.actor.account_id else [],
        "may_manage": request.actor.may(permits.MANAGE, at=account.path),
        "may_enrol": request.actor.may(permits.ENROL, at=account.path),
        "may_grant": request.actor.may(permits.GRANT, at=account.path),
        "states": ACCOUNT_WORDS,
        "tones": ACCOUNT_TONES,
        "levels": LEVEL_WORDS,
        "reason": ReasonForm(auto_id="reset_%s"),
        "closing": ReasonForm(auto_id="close_%s"),
        "badge": BadgeForm(),
        **second_person(request.actor, account),
        **more,
    }


@require_http_methods(GET_POST)
def account_edit(request: Request, account_id: int) -> HttpResponse:
    """Another name, office, place or number."""
    account = get_account(request.actor, account_id)
    require(request.actor, permits.MANAGE, at=account.path)
    first = {
        "display_name": account.display_name,
        "username": account.username,
        "unit": account.unit,
        "place": account.path,
        "language": account.language,
    }
    form = AccountForm(request.POST or None, initial=first)
    with_choices(form, place=place_choices(request.actor, permits.MANAGE))
    may_number = may_do(request.actor, account, Act.NUMBER, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            services.change_account(account, _new(form), actor=request.actor, now=timezone.now())
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("Saved."))
            return done(request, reverse("access:account", args=[account.pk]))
    frame: dict[str, Any] = {"form": form, "account": account, "may_number": may_number}
    return page(request, "access/account_form.html", frame, status=422 if form.is_bound else 200)


@require_POST
def account_move(request: Request, account_id: int, move: str) -> HttpResponse:
    """Close an account, open it again, make a new link, ask for a reset."""
    account, now = get_account(request.actor, account_id), timezone.now()
    if move == "link":
        issued = services.send_new_link(account, actor=request.actor, now=now)
        return _show_link(request, account, issued)
    if move == "enable":
        opened = enable_account(account, actor=request.actor, now=now)
        if opened is not None:
            return _show_link(request, account, opened)
        messages.success(request, _("Two other people must approve the reset now."))
        return done(request, reverse("access:account", args=[account.pk]))
    is_closing = move == "disable"
    form = ReasonForm(request.POST, auto_id="close_%s" if is_closing else "reset_%s")
    if not form.is_valid():
        shown = {"closing" if is_closing else "reason": form}
        frame = account_frame(request, account_id, **shown)
        return page(request, "access/account.html", frame, status=422)
    if is_closing:
        reason = form.cleaned_data["reason"]
        services.disable_account(account, reason, actor=request.actor, now=now)
        messages.success(request, _("The account is closed. Sessions and keys have ended."))
        return done(request, reverse("access:account", args=[account.pk]))
    ask_reset_for(account, form.cleaned_data["reason"], actor=request.actor, now=now)
    messages.success(request, _("Two other people must approve the reset now."))
    return done(request, reverse("access:account", args=[account.pk]))


@require_POST
def account_ask(request: Request, account_id: int) -> HttpResponse:
    """Ask a second person, where one alone may not do it."""
    account = get_account(request.actor, account_id)
    require(request.actor, permits.MANAGE, at=account.path)
    form = with_choices(
        AskForm(request.POST, auto_id="ask_%s"), what=acts_of(request.actor, account)
    )
    if not form.is_valid():
        frame = account_frame(request, account_id, ask=form)
        return page(request, "access/account.html", frame, status=422)
    given = form.cleaned_data
    ask_act(account, given["what"], given["reason"], actor=request.actor, now=timezone.now())
    messages.success(request, _("A second person is asked. Once it is approved, do it here."))
    return done(request, reverse("access:account", args=[account.pk]))


@require_POST
def account_badge(request: Request, account_id: int) -> HttpResponse:
    """Tie a badge to an account, or untie it."""
    account = get_account(request.actor, account_id)
    form = BadgeForm(request.POST)
    if form.is_valid():
        try:
            number = form.cleaned_data["badge"]
            account = set_badge(account, number, actor=request.actor, now=timezone.now())
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            waits = _("The badge is tied and its owner told. It works once they confirm it.")
            messages.success(request, waits if account.badge_waits else _("Saved."))
            return done(request, reverse("access:account", args=[account.pk]))
    frame = account_frame(request, account_id, badge=form)
    return page(request, "access/account.html", frame, status=422)
