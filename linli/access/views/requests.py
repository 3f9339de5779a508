"""Requests about personal data: of residents, and of those who answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import permits
from linli.access.forms import AnswerForm, RequestForm
from linli.access.queries.accounts import own_account
from linli.access.queries.choices import place_choices, place_named, place_names
from linli.access.queries.others import posts_in_reach
from linli.access.queries.receipts import may_print
from linli.access.queries.requests import (
    SORTS,
    get_request,
    is_between,
    is_own,
    may_read_answer,
    own_requests,
    person_to_erase,
    requests_to_answer,
    waits_for_erasure,
)
from linli.access.services import forgetting
from linli.access.services import requests as services
from linli.access.states import (
    DATA_REQUEST,
    KIND_WORDS,
    OPEN_REQUESTS,
    REQUEST_TONES,
    REQUEST_WORDS,
)
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import VAULT, require_somewhere
from linli.kernel.web import Request, done, page
from linli.people.permits import ERASE
from linli.runtime.queries import offered
from linli.ui.picking import picked

WORDS = {"words": REQUEST_WORDS, "tones": REQUEST_TONES, "kinds": KIND_WORDS}


@require_GET
def my_requests(request: Request) -> HttpResponse:
    """What one asked about one's own data, and how it stands."""
    own_account(request.actor)
    found = own_requests(request.actor)[:100]
    return page(request, "access/my_requests.html", {"found": found, **WORDS})


@require_http_methods(GET_POST)
def request_new(request: Request) -> HttpResponse:
    """Ask for a copy, a correction, a deletion or an explanation."""
    account = own_account(request.actor)
    code = account.path.rstrip("/").rsplit("/", 1)[-1]
    form = RequestForm(
        request.POST or None, initial={"place": code, "kind": request.GET.get("kind", "")}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.file_request(
                given["kind"],
                given["text"],
                path=place_named(given["place"]),
                for_deceased=given["for_deceased"],
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            return done(request, reverse("access:request", args=[made.number]))
    status = 422 if form.is_bound else 200
    return page(request, "access/request_form.html", {"form": form}, status=status)


@require_GET
def requests(request: Request) -> HttpResponse:
    """Requests to answer, the first due first."""
    require_somewhere(request.actor, permits.ANSWER)
    state, typed = request.GET.get("state", ""), request.GET.get("place", "")
    places = place_choices(request.actor, permits.ANSWER)
    path = picked(places, typed) or typed
    sort = next((s for s in SORTS if s.key == request.GET.get("sort")), SORTS[0])
    found = page_of(
        requests_to_answer(request.actor, state=state, path=path),
        sort,
        cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )
    frame: dict[str, Any] = {
        "found": found,
        "sort": sort.key,
        "state": state,
        "path": path,
        "places": places,
        "names": place_names({one.path for one in found.items}),
        **WORDS,
        "today": timezone.localdate(),
        **offered(request.actor, "access.requests"),
    }
    return page(request, "access/requests.html", frame)


def _frame(request: Request, number: str, **more: object) -> dict[str, object]:
    found = get_request(request.actor, number)
    may_answer = request.actor.may(permits.ANSWER, at=found.path)
    is_mine = is_own(found, request.actor)
    moves = [move.name for move in DATA_REQUEST.moves_from(found.state)]
    return {
        "one": found,
        "name": place_names({found.path}).get(found.path, ""),
        **WORDS,
        "moves": moves,
        "may_answer": may_answer,
        "is_mine": is_mine,
        "answer": found.answer if may_read_answer(found, request.actor, is_hers=is_mine) else "",
        "is_between": is_between(found, request.actor),
        "may_print": may_print(found, request.actor),
        "form": AnswerForm(),
        **_erasing(request, found, may_answer=may_answer),
        **more,
    }


def _erasing(request: Request, found: Any, *, may_answer: bool) -> dict[str, object]:
    """Who erases what a deletion asks for: the reader herself, or posts at the place and above."""
    if not may_answer or found.state not in OPEN_REQUESTS or not waits_for_erasure(found):
        return {"waits_for_erasure": False}
    may_erase = request.actor.may(ERASE, at=found.path, level=VAULT)
    posts = {} if may_erase else posts_in_reach(ERASE, found.path, now=timezone.now())
    person = person_to_erase(found)
    return {
        "waits_for_erasure": True, "may_erase": may_erase, "erasing_posts": posts.values(),
        "person_to_erase": person.pk if person is not None else None,
    }  # fmt: skip


@require_GET
def request_detail(request: Request, number: str) -> HttpResponse:
    """One request: how it stands, by when, what was answered."""
    return page(request, "access/request.html", _frame(request, number))


@require_POST
def request_take(request: Request, number: str) -> HttpResponse:
    """Take a request into work."""
    found = get_request(request.actor, number)
    services.take_request(found, actor=request.actor, now=timezone.now())
    return done(request, reverse("access:request", args=[number]))


@require_POST
def request_erase(request: Request, number: str) -> HttpResponse:
    """Erase the account of somebody of no entry, with all that hangs on it."""
    found = get_request(request.actor, number)
    forgetting.erase_account(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("The account is erased. Now the request can be answered."))
    return done(request, reverse("access:request", args=[number]))


@require_POST
def request_answer(request: Request, number: str) -> HttpResponse:
    """Answer a request, or refuse it with the reason."""
    found, form = get_request(request.actor, number), AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_request(
                found,
                form.cleaned_data["answer"],
                is_refused=form.cleaned_data["outcome"] == "refuse",
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("The answer is given."))
            return done(request, reverse("access:request", args=[number]))
    return page(request, "access/request.html", _frame(request, number, form=form), status=422)


@require_POST
def request_withdraw(request: Request, number: str) -> HttpResponse:
    """Withdraw one's own request."""
    found = get_request(request.actor, number)
    services.withdraw_request(found, actor=request.actor, now=timezone.now())
    return done(request, reverse("access:request", args=[number]))
