"""Rounds as everybody and groups see them: what is on offer, wishes, the outcome, how to check it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.activities import permits
from linli.activities.forms.lists import GroupFilter, ListFilter
from linli.activities.forms.rounds import ObjectForm, WishForm
from linli.activities.queries import narrowing, venues
from linli.activities.queries import rounds as queries
from linli.activities.services import bookings, objections
from linli.activities.services import rounds as services
from linli.activities.types.rounds import GROUP_TITLES, ROUND_TITLES, ROUND_TONES, weekday_words
from linli.activities.views.frame import GET_POST
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.moments import clock_of
from linli.kernel.paging import Keyset, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.runtime.types import client_address, limited
from linli.ui.jinja import named

PAGE = 50
SEASON, BY_KIND = Keyset("season", ("-first_on", "-id")), Keyset("kind", ("kind", "name", "id"))


def time_words(one: Any) -> str:
    """Return a weekly time in words."""
    return f"{weekday_words(one.weekday)} {clock_of(one.begins)}–{clock_of(one.ends)} · {named(one.venue)}"


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """The rounds of a place, and the groups that agreed to be shown."""
    place, is_groups = venues.open_place(code), request.GET.get("view") == "groups"
    form = GroupFilter(request.GET or None) if is_groups else ListFilter(request.GET or None)
    if is_groups:
        found: Any = narrowing.groups_wanted(queries.shown_groups(place.path), form.wanted())
    else:
        found = narrowing.rounds_wanted(queries.rounds_at(place.path), form.wanted())
    sort = BY_KIND if is_groups else SEASON
    context: dict[str, object] = {
        "place": place, "found": page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE),
        "states": ROUND_TITLES, "tones": ROUND_TONES, "is_groups": is_groups, "form": form, "kinds": GROUP_TITLES,
    }  # fmt: skip
    return page(request, "activities/rounds/list.html", context)


def round_frame(at: Any, actor: Actor) -> dict[str, object]:
    """Return what every page of a round takes."""
    place = places.get_place(code_of(at.path))
    to = reverse("activities:rounds", args=[place.code])
    times = queries.times_of(at)
    words = {str(one.pk): time_words(one) for one in times}
    return {
        "round": at, "place": place, "times": times, "wanted": queries.wanted(at), "words": time_words,
        "states": ROUND_TITLES, "tones": ROUND_TONES, "is_over": queries.is_over(at, localdate()),
        "fell_free": queries.fell_free, "ended": queries.ended_groups(at),
        "sees_groups": actor.may(permits.VENUES, at=at.path), "strikes": queries.strikes_of(at), "posting": queries.posted_of(at),
        "skipped": [{**one, "time": words.get(one["time"], "")} for one in at.skipped],
        "objections": queries.objections_of(at), "hears": at.state == "drawn" and localdate() <= at.objections_until,
        "way": [(named(place), reverse("portal:place", args=[place.code])), (_("Weekly times for groups"), to), (at.title, "")],
    }  # fmt: skip


@require_safe
def detail(request: Request, round_id: int) -> HttpResponse:
    """A round: rule, times with how many wish each, the promise of the seed, later the outcome."""
    return page(
        request,
        "activities/rounds/round.html",
        round_frame(queries.get_round(round_id), request.actor),
    )


@require_safe
def draw_file(request: Request, round_id: int) -> HttpResponse:
    """The draws of a round, one for each turn, as anybody can check them."""
    at = queries.get_round(round_id)
    turns = queries.published(at, with_struck=request.GET.get("before") == "1")
    text = json.dumps(turns, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@limited("activities.codes", bookings.LOOKS, client_address)
@require_http_methods(GET_POST)
def wish(request: Request, round_id: int) -> HttpResponse:
    """A group wishes, by its code; sent again it takes the place of what was wished before."""
    at = queries.get_round(round_id)
    frame = round_frame(at, request.actor)
    times: Any = frame["times"]
    form = WishForm(request.POST or None, times=[(str(one.pk), time_words(one)) for one in times])
    return _by_code(request, at, frame, form, lambda group: services.wish(
        at, group, form.wishes, actor=request.actor, now=timezone.now()
    ), "wish", _("Your wishes came in. Until the last day you may send others."))  # fmt: skip


wish.reads_freely = True  # type: ignore[attr-defined]  # opening the form wishes nothing


@limited("activities.codes", bookings.LOOKS, client_address)
@require_http_methods(GET_POST)
def object_to(request: Request, round_id: int) -> HttpResponse:
    """A group objects to the outcome, by its code."""
    at = queries.get_round(round_id)
    form = ObjectForm(request.POST or None)
    return _by_code(request, at, round_frame(at, request.actor), form, lambda group: objections.object_to(
        at, group, form.cleaned_data["text"], actor=request.actor, now=timezone.now()
    ), "object", _("Your objection came in; the answer comes to your group."))  # fmt: skip


object_to.reads_freely = True  # type: ignore[attr-defined]  # opening the form objects to nothing


def _by_code(
    request: Request, at: Any, frame: dict[str, object], form: Any, act: Any, what: str, said: str
) -> HttpResponse:
    """Show a form of a group; on a POST find the group by its code and act."""
    if request.method == "POST" and form.is_valid():
        try:
            act(queries.group_by_code(form.cleaned_data["code"]))
        except NotFound:
            form.add_error("code", _("There is no group of this code. Compare it sign by sign."))
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, said)
            return done(request, reverse("activities:round", args=[at.pk]))
    context = {**frame, "form": form, "what": what}
    return page(
        request, "activities/rounds/say.html", context, status=422 if form.is_bound else 200
    )
