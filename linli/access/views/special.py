"""Emergency access, full sessions of operators, and their review by somebody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import entering, permits
from linli.access.forms import GlassForm, NoteForm, ReasonForm, fill_glass
from linli.access.queries.accounts import own_account
from linli.access.queries.choices import place_names
from linli.access.queries.rights import get_right
from linli.access.queries.specials import OLDEST, open_specials, rights_to_review
from linli.access.services import rights as services
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done, page, page_asked


@require_GET
def special(request: Request) -> HttpResponse:
    """What is open now, and how to open it."""
    own_account(request.actor)
    return page(request, "access/special.html", _frame(request))


def _frame(request: Request, **more: object) -> dict[str, object]:
    actor, now = request.actor, timezone.now()
    return {
        "open": open_specials(actor, now=now),
        "glass": _glass_form(request) if actor.paths(permits.BREAK_GLASS) else None,
        "full": ReasonForm(auto_id="full_%s") if actor.paths(permits.OPERATE) else None,
        **more,
    }


def _glass_form(request: Request) -> GlassForm:
    form = GlassForm(request.POST if "permit" in request.POST else None)
    fill_glass(form, request.actor)
    return form


@require_POST
def break_glass(request: Request) -> HttpResponse:
    """Take a right for four hours, with a reason."""
    require_somewhere(request.actor, permits.BREAK_GLASS)
    if not entering.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('access:confirm')}?next={reverse('access:special')}")
    form = _glass_form(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.break_glass(
                given["permit"],
                given["place"],
                given["ceiling"],
                given["reason"],
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("Emergency access is open for four hours."))
            return done(request, reverse("access:special"))
    return page(request, "access/special.html", _frame(request, glass=form), status=422)


@require_POST
def full_session(request: Request) -> HttpResponse:
    """Open a full session for an hour, with a reason."""
    require_somewhere(request.actor, permits.OPERATE)
    if not entering.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('access:confirm')}?next={reverse('access:special')}")
    form = ReasonForm(request.POST, auto_id="full_%s")
    if form.is_valid():
        services.open_full_session(
            form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
        )
        messages.success(request, _("The full session is open for an hour."))
        return done(request, reverse("access:special"))
    return page(request, "access/special.html", _frame(request, full=form), status=422)


@require_GET
def reviews(request: Request) -> HttpResponse:
    """What waits for a review."""
    require_somewhere(request.actor, permits.REVIEW)
    found = page_asked(request, rights_to_review(request.actor), OLDEST)
    names = place_names({right.path for right in found.items})
    frame: dict[str, Any] = {"found": found, "names": names}
    return page(request, "access/reviews.html", frame)


@require_http_methods(GET_POST)
def review(request: Request, right_id: int) -> HttpResponse:
    """One emergency access or full session: was it justified?"""
    require_somewhere(request.actor, permits.REVIEW)
    right = get_right(request.actor, right_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.review_right(
            right,
            form.cleaned_data["justified"] == "yes",
            form.cleaned_data["note"],
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("The review is recorded."))
        return done(request, reverse("access:reviews"))
    frame: dict[str, Any] = {"right": right, "form": form, "names": place_names({right.path})}
    return page(request, "access/review.html", frame, status=422 if form.is_bound else 200)
