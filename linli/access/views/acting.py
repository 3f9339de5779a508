"""One's posts, and acting for a resident."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from linli.access import entering, permits
from linli.access.forms import ActForm, with_choices
from linli.access.queries.accounts import own_account
from linli.access.queries.choices import post_choices
from linli.access.queries.residents import may_be_named, people_to_choose
from linli.access.queries.rights import mandates_by, mandates_of
from linli.access.services import acting
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.people.queries.naming import names_by_id


@require_GET
def posts(request: Request) -> HttpResponse:
    """One's posts, and for whom one acts."""
    own_account(request.actor)
    return page(request, "access/posts.html", _frame(request, _act_form(request, request.GET)))


def _act_form(request: Request, given: QueryDict) -> ActForm:
    """Return the form with those to choose from: found by words, given by a link, or by mandate."""
    actor, now = request.actor, timezone.now()
    found = dict(people_to_choose(actor, given.get("q", "")))
    ids = {one.principal_id for one in mandates_by(actor.account_id or 0, now=now)}
    person = given.get("person", "")
    wanted = whole_number(person)
    if wanted is not None and (wanted in found or wanted in ids or may_be_named(actor, wanted)):
        ids.add(wanted)
    elif wanted is not None and request.method == "POST":
        raise NotFound(person=wanted)
    found = {**dict(names_by_id(ids - set(found))), **found}
    form = ActForm(given if request.method == "POST" else None, initial={"person": person})
    form.people = list(found.items())
    with_choices(form, person=form.people)
    return form


def _frame(request: Request, form: ActForm) -> dict[str, Any]:
    given = request.POST if request.method == "POST" else request.GET
    return {
        "posts": post_choices(entering.held_posts(request)),
        "chosen": entering.chosen_post(request),
        "lost": entering.has_lost_post(request),
        "form": form,
        "words": given.get("q", ""),
        "found": form.people,
        "may_find": bool(request.actor.paths(permits.ACT_FOR)),
        "mandates": mandates_of(request.actor, now=timezone.now()),
    }


@require_POST
def choose_post(request: Request) -> HttpResponse:
    """Act by one post alone, or by all again."""
    wanted = request.POST.get("post", "")
    held = entering.held_posts(request)
    acting.choose_post(
        entering.session_id(request),
        whole_number(wanted),
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
    form = _act_form(request, request.POST)
    if form.is_valid():
        acting.start_acting(
            entering.session_id(request),
            form.cleaned_data["person"],
            form.cleaned_data["reason"],
            actor=request.actor,
            now=now,
        )
        return done(request, entering.safe_next(request, reverse("access:posts")))
    return page(request, "access/posts.html", _frame(request, form), status=422)
