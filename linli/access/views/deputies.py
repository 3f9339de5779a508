"""Deputies, keys for programs, and resets that wait for approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import entering, permits
from linli.access.forms import DeputyForm, ReasonForm, TokenForm, with_choices
from linli.access.queries.accounts import account_named, own_account
from linli.access.queries.choices import place_choices, post_choices
from linli.access.queries.posts import PostRow, find_posts, kept_post, own_seats, posts_by_id
from linli.access.queries.resets import OLDEST, get_reset, open_resets
from linli.access.queries.rights import (
    DEPUTIES_BY_DAY,
    TOKENS_NEWEST,
    get_deputy,
    get_token,
    visible_deputies,
    visible_tokens,
)
from linli.access.services import deputies as deputy_services
from linli.access.services import resets as reset_services
from linli.access.services import tokens as token_services
from linli.access.states import ACT_STATE_WORDS, ACT_WORDS, RESET_WORDS, Act, ResetState
from linli.access.types import NewToken
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.permits import PERMITS, Actor, require_somewhere
from linli.kernel.web import Request, done, page, page_asked
from linli.kernel.wholes import whole_number
from linli.ui.jinja import named


@require_http_methods(GET_POST)
def deputies(request: Request) -> HttpResponse:
    """Who stands in for whom, and naming a deputy."""
    own_account(request.actor)
    today = timezone.localdate()
    form = DeputyForm(request.POST or None)
    choice = _posts_to_name(request, form)
    if request.method == "POST" and form.is_valid() and _name(request, form):
        messages.success(request, _("The deputy is named."))
        return done(request, reverse("access:deputies"))
    found = page_asked(request, visible_deputies(request.actor, on=today), DEPUTIES_BY_DAY)
    posts = posts_by_id({one.post_id for one in found.items}, on=today)
    frame: dict[str, Any] = {
        "form": form,
        "found": found,
        "posts": posts,
        "endable": _endable(request.actor, found.items, posts),
        **choice,
    }
    return page(request, "access/deputies.html", frame, status=422 if form.is_bound else 200)


def _endable(actor: Actor, found: Sequence[Any], posts: Mapping[int, PostRow]) -> set[int]:
    """Return those that the actor may end: her own, of her own post, or where she gives rights."""
    own = own_seats(actor, on=timezone.localdate())
    return {
        one.pk
        for one in found
        if one.account_id == actor.account_id
        or one.post_id in own
        or (one.post_id in posts and actor.may(permits.GRANT, at=posts[one.post_id].path))
    }


def _posts_to_name(request: Request, form: DeputyForm) -> dict[str, Any]:
    """Offer one's own posts, and those that were looked for where one gives rights."""
    actor, today = request.actor, timezone.localdate()
    words = request.GET.get("q", "").strip()
    found, more = find_posts(actor, permits.GRANT, words, on=today)
    offered = {row.id: row for row in found} | posts_by_id(own_seats(actor, on=today), on=today)
    chosen = kept_post(actor, whole_number(request.POST.get("post")) or 0, permits.GRANT, on=today)
    if chosen is not None:
        offered[chosen.id] = chosen
    with_choices(form, post=[(str(row.id), _told(row)) for row in offered.values()])
    return {
        "words": words, "hits": len(found), "more": more, "may_name": bool(offered),
        "may_find": bool(actor.paths(permits.GRANT)),
    }  # fmt: skip


def _told(row: PostRow) -> str:
    return f"{row.office} {named(row)}" + (f" ({row.holders})" if row.holders else "")


def _name(request: Request, form: DeputyForm) -> bool:
    given, today = form.cleaned_data, timezone.localdate()
    account = account_named(entering.name_typed(given["account"]))
    if account is None:
        form.add_error("account", _("Nobody signs in by this name."))
        return False
    post = posts_by_id({int(given["post"])}, on=today)[int(given["post"])]
    try:
        deputy_services.name_deputy(
            post,
            account,
            (given["starts_on"], given["ends_on"]),
            given["reason"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Invalid as refusal:
        form.take(refusal.fields)
        return False
    return True


@require_POST
def deputy_end(request: Request, deputy_id: int) -> HttpResponse:
    """End a deputyship before its last day."""
    today = timezone.localdate()
    deputy = get_deputy(request.actor, deputy_id, on=today)
    deputy_services.end_deputy(deputy, actor=request.actor, now=timezone.now())
    messages.success(request, _("The deputyship has ended."))
    return done(request, reverse("access:deputies"))


@require_GET
def tokens(request: Request) -> HttpResponse:
    """Keys of one's own, and those of systems at one's places."""
    own_account(request.actor)
    found = page_asked(request, visible_tokens(request.actor), TOKENS_NEWEST)
    frame: dict[str, Any] = {"found": found, "now": timezone.now()}
    return page(request, "access/tokens.html", frame)


@require_http_methods(GET_POST)
def token_new(request: Request) -> HttpResponse:
    """Make a key; its secret is shown once."""
    own_account(request.actor)
    now, actor = timezone.now(), request.actor
    if not entering.is_fresh(request, now):
        return redirect(f"{reverse('access:confirm')}?next={request.path}")
    # a right given before an update may name a permit that is gone
    held = {one.permit: PERMITS[one.permit] for one in actor.grants if one.permit in PERMITS}
    form = TokenForm(request.POST or None)
    with_choices(
        form,
        post=post_choices(actor.posts),
        place=place_choices(actor, *held.values()),
        permits=[(name, permit.title) for name, permit in sorted(held.items())],
    )
    if request.method == "POST" and form.is_valid():
        try:
            issued = token_services.make_token(_new_token(form), actor=actor, now=now)
        except Invalid as refusal:
            form.take({_FIELDS.get(k, k): v for k, v in refusal.fields.items()})
        else:
            frame: dict[str, Any] = {"secret": issued.secret, "ends_at": issued.expires_at}
            return page(request, "access/token_shown.html", frame)
    return page(
        request, "access/token_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


_FIELDS = {"ends_at": "ends_on"}


def _new_token(form: TokenForm) -> NewToken:
    given = form.cleaned_data
    ends = datetime.combine(given["ends_on"] + timedelta(days=1), time())
    return NewToken(
        name=given["name"],
        permits=tuple(given["permits"]),
        path=given["place"],
        ceiling=4,
        ends_at=timezone.make_aware(ends),
        post_id=int(given["post"]) if given["post"] else None,
        system=given["system"],
    )


@require_POST
def token_revoke(request: Request, token_id: int) -> HttpResponse:
    """End a key at once."""
    token = get_token(request.actor, token_id)
    token_services.revoke_token(token, actor=request.actor, now=timezone.now())
    messages.success(request, _("The key has ended."))
    return done(request, reverse("access:tokens"))


@require_GET
def resets(request: Request) -> HttpResponse:
    """Resets that wait for an approval."""
    require_somewhere(request.actor, permits.APPROVE_RESET)
    return page(request, "access/resets.html", _waiting_resets(request, ReasonForm()))


def _waiting_resets(request: Request, reason: ReasonForm) -> dict[str, Any]:
    found = page_asked(request, open_resets(request.actor), OLDEST)
    return {
        "found": found,
        "reason": reason,
        "words": RESET_WORDS,
        "act_words": ACT_STATE_WORDS,
        "acts": ACT_WORDS,
    }


@require_POST
def reset_approve(request: Request, reset_id: int) -> HttpResponse:
    """Approve a reset; the second approval shows the link."""
    reset = get_reset(request.actor, reset_id)
    reset, link = reset_services.approve_reset(reset, actor=request.actor, now=timezone.now())
    if link is None:
        is_first = reset.state == ResetState.SECONDED
        messages.success(
            request,
            _("Approved. A second person must approve as well.")
            if is_first
            else _("Approved. Whoever asked may do it now, within a day."),
        )
        return done(request, reverse("access:resets"))
    address = request.build_absolute_uri(reverse("access:link", args=[link.secret]))
    frame: dict[str, Any] = {
        "account": reset.account,
        "address": address,
        "ends_at": link.expires_at,
    }
    return page(request, "access/link_shown.html", frame)


@require_POST
def reset_refuse(request: Request, reset_id: int) -> HttpResponse:
    """Refuse a reset, with the reason."""
    reset = get_reset(request.actor, reset_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reset_services.refuse_reset(
            reset, form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
        )
        is_reset = reset.what == Act.RESET
        messages.success(request, _("The reset is refused.") if is_reset else _("It is refused."))
        return done(request, reverse("access:resets"))
    return page(request, "access/resets.html", _waiting_resets(request, form), status=422)
