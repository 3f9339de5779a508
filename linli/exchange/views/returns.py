"""Results that go back to the hotline, and orders that we ask it to take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.permits import HANDLE
from linli.cases.queries.reading import get_case
from linli.exchange.forms import DecisionForm, HandBackForm, ResultsForm
from linli.exchange.queries import choices, returns, terms
from linli.exchange.queries import orders as queries
from linli.exchange.services import hand_backs, results
from linli.exchange.types import titles
from linli.exchange.views.hotline import tabs_of
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit
from linli.kernel.permits import require
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page

PAGE = 25
GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def result_list(request: Request) -> HttpResponse:
    """Files of results, newest first, and what waits to be returned."""
    choices.require_any(request.actor)
    places = choices.offices(request.actor)
    form = ResultsForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = choices.path_for(request.actor, given["place"])
        try:
            job = results.order_results(
                place=place, with_open=given["with_open"], actor=request.actor, now=timezone.now()
            )
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, reverse("runtime:job_detail", args=[job.code]))
    found = returns.result_files(request.actor, request.GET.get("cursor"), clean_limit(PAGE))
    wanted = queries.OrdersWanted(queries.OrderView.TO_RETURN)
    context: dict[str, object] = {
        "tabs": tabs_of("results"), "found": found, "form": form,
        "names": PLACE_NAMES.call([one.path for one in found.items]),
        "waiting": queries.count_orders(request.actor, wanted, timezone.now()),
        "language": get_language(),
    }  # fmt: skip
    return page(request, "exchange/results.html", context, status=422 if form.faults else 200)


@require_GET
def result_file(request: Request, number: str) -> HttpResponse:
    """What one file said of which order."""
    made = returns.get_results(request.actor, number)
    found = returns.rows_of(made, request.GET.get("cursor"), clean_limit(PAGE))
    context: dict[str, object] = {
        "tabs": tabs_of("results"), "made": made, "found": found, "outcomes": titles.OUTCOME,
        "place": PLACE_NAMES.call([made.path]).get(made.path, ""),
        "is_kept": returns.is_kept(made),
    }  # fmt: skip
    return page(request, "exchange/result_file.html", context)


@require_GET
def hand_back_list(request: Request) -> HttpResponse:
    """What the hotline was asked to take back, undecided ones first."""
    choices.require_any(request.actor)
    found = returns.hand_backs(request.actor, request.GET.get("cursor"), clean_limit(PAGE))
    context: dict[str, object] = {
        "tabs": tabs_of("hand_backs"), "found": found, "states": titles.HAND_BACK_STATE,
        "tones": TONES, "names": PLACE_NAMES.call([one.path for one in found.items]),
    }  # fmt: skip
    return page(request, "exchange/hand_backs.html", context)


TONES = {"applied": "soon", "accepted": "done", "refused": "idle"}


@require_http_methods(GET_POST)
def hand_back_new(request: Request, number: str) -> HttpResponse:
    """Ask the hotline to take an order back, from the case that it became."""
    case = get_case(request.actor, number)
    order = queries.order_of_case(case.pk)
    if order is None:
        raise NotFound()
    require(request.actor, HANDLE, at=case.path, level=case.level)
    form = HandBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hand_backs.ask_hand_back(
                order, **form.cleaned_data, actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _(
                    "Asked. It goes to the hotline with the next file of results; until it decides, the case stays with you."
                ),
            )
            return done(request, reverse("cases:sheet", args=[number]))
    stops = terms.stops_clock(case.path, timezone.now())
    context: dict[str, object] = {
        "case": case, "order": order, "form": form, "until": terms.ask_until(order),
        "stops": stops, "now": timezone.now(),
    }  # fmt: skip
    return page(request, "exchange/hand_back_new.html", context, status=422 if form.faults else 200)


@require_http_methods(GET_POST)
def hand_back(request: Request, hand_back_id: int) -> HttpResponse:
    """One that the hotline was asked to take back, and what it said."""
    asked = returns.get_hand_back(request.actor, hand_back_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, asked, form)
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, reverse("exchange:hand_backs"))
    context: dict[str, object] = {
        "tabs": tabs_of("hand_backs"), "asked": asked, "form": form, "tones": TONES,
        "states": titles.HAND_BACK_STATE,
        "place": PLACE_NAMES.call([asked.path]).get(asked.path, ""),
    }  # fmt: skip
    return page(request, "exchange/hand_back.html", context, status=422 if form.faults else 200)


def _decide(request: Request, asked: Any, form: DecisionForm) -> None:
    is_accepted = request.POST.get("move") == "accept"
    service = hand_backs.accept_return if is_accepted else hand_backs.refuse_return
    service(asked, words=form.cleaned_data["words"], actor=request.actor, now=timezone.now())
    messages.success(
        request,
        _("The case ended as referred.") if is_accepted else _("It stays here; the case goes on."),
    )
