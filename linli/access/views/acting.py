"""One's posts, and acting for a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from linli.access import entering
from linli.access.forms import ActForm
from linli.access.queries.accounts import own_account
from linli.access.queries.choices import post_choices
from linli.access.queries.rights import mandates_of
from linli.access.services import acting
from linli.kernel.web import Request, done, page


@require_GET
def posts(request: Request) -> HttpResponse:
    """One's posts, and for whom one acts."""
    own_account(request.actor)
    frame: dict[str, Any] = {
        "posts": post_choices(request.actor),
        "chosen": entering.chosen_post(request),
        "form": ActForm(),
        "mandates": mandates_of(request.actor, now=timezone.now()),
    }
    return page(request, "access/posts.html", frame)


@require_POST
def choose_post(request: Request) -> HttpResponse:
    """Act by one post alone, or by all again."""
    wanted = request.POST.get("post", "")
    held = entering.held_posts(request)
    acting.choose_post(
        entering.session_id(request),
        int(wanted) if wanted.isdigit() else None,
        posts=held,
        actor=request.actor,
        now=timezone.now(),
    )
    return done(request, entering.safe_next(request, reverse("access:posts")))


@require_POST
def act_for(request: Request) -> HttpResponse:
    """Begin or stop acting for a resident."""
    now = timezone.now()
    if "stop" in request.POST:
        acting.stop_acting(entering.session_id(request), actor=request.actor, now=now)
        return done(request, reverse("access:posts"))
    form = ActForm(request.POST)
    if form.is_valid():
        acting.start_acting(
            entering.session_id(request),
            form.cleaned_data["person"],
            form.cleaned_data["reason"],
            actor=request.actor,
            now=now,
        )
        return done(request, entering.safe_next(request, reverse("access:posts")))
    frame: dict[str, Any] = {
        "posts": post_choices(request.actor),
        "chosen": entering.chosen_post(request),
        "form": form,
        "mandates": mandates_of(request.actor, now=now),
    }
    return page(request, "access/posts.html", frame, status=422)
