"""The office's pages of groups and rounds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.activities import permits
from linli.activities.forms.rounds import AnswerForm, GroupForm, RoundForm
from linli.activities.queries import rounds as queries
from linli.activities.queries import venues
from linli.activities.services import groups, objections, rounds, striking
from linli.activities.services.round_moves import step_round
from linli.activities.views.frame import GET_POST, answer, desk_way
from linli.activities.views.rounds import round_frame
from linli.kernel.paging import Keyset
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.jinja import named

ONE_DAY = timedelta(days=1)
BY_NAME = Keyset("name", ("path", "name", "id"))


@require_http_methods(GET_POST)
def group_new(request: Request, code: str) -> HttpResponse:
    """Enter a group."""
    place = venues.open_place(code)
    require(request.actor, permits.VENUES, at=place.path)
    form = GroupForm(request.POST or None)

    def act() -> Any:
        return groups.add_group(
            places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
        )

    return answer(
        request, _asking(_("Enter a group"), form, _("Entered. Give the group its code.")), act
    )


@never_cache
@require_http_methods(GET_POST)
def group_edit(request: Request, group_id: int) -> HttpResponse:
    """Correct a group; whom to ask is shown for that, which is recorded."""
    found = queries.get_group(request.actor, group_id)
    initial: dict[str, Any] = {}
    if request.method != "POST":
        contact, phone = groups.read_group(
            found, _("To correct it"), actor=request.actor, now=timezone.now()
        )
        columns = ("kind", "name", "people", "about", "is_shown", "agreed_on", "edition")
        initial = {
            **{name: getattr(found, name) for name in columns},
            "contact": contact,
            "phone": phone,
        }
    form = GroupForm(request.POST or None, initial=initial)

    def act() -> Any:
        return groups.change_group(
            found,
            form.facts,
            edition=form.cleaned_data["edition"],
            actor=request.actor,
            now=timezone.now(),
        )

    return answer(request, _asking(_("Correct the group"), form, _("Saved.")), act)


@require_POST
def group_end(request: Request, group_id: int) -> HttpResponse:
    """Let a group end; whom to ask is forgotten at once."""
    groups.end_group(
        queries.get_group(request.actor, group_id), actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("The group has ended; whom to ask is forgotten."))
    return done(request, reverse("activities:groups"))


def _asking(title: str, form: Any, said: str) -> Asking:
    to = reverse("activities:groups")
    return Asking(
        title, form, desk_way((_("Groups and rounds"), to), (title, "")), to, _("Save"), said
    )


@require_http_methods(GET_POST)
def round_new(request: Request, code: str) -> HttpResponse:
    """Open a round of weekly times."""
    place = venues.open_place(code)
    require(request.actor, permits.VENUES, at=place.path)
    found = [(one.pk, named(one)) for one in venues.venues_at(place.path)]
    form = RoundForm(request.POST or None, venues=found, initial={"most_times": 2})

    def act() -> Any:
        return rounds.open_round(
            places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
        )

    said = _("Open for wishes. The hash of the seed is public from now on.")
    return answer(request, _asking(_("Open a round"), form, said), act)


@require_safe
def round_desk(request: Request, round_id: int) -> HttpResponse:
    """A round for the office: what is wished, the next step, objections to answer."""
    at = queries.get_round(round_id)
    require(request.actor, permits.VENUES, at=at.path)
    frame = {**round_frame(at, request.actor), "answer": AnswerForm(), "wishing": queries.wishing_groups(at),
        "draws_from": at.wishes_until + ONE_DAY, "decides_from": at.objections_until + ONE_DAY, "way": desk_way(
        (_("Groups and rounds"), reverse("activities:groups")), (at.title, "")
    )}  # fmt: skip
    return page(request, "activities/rounds/desk.html", frame)


@require_POST
def round_act(request: Request, round_id: int, move: str) -> HttpResponse:
    """Draw, decide, call off, or post the outcome."""
    at = queries.get_round(round_id)
    step_round(at, move, actor=request.actor, now=timezone.now())
    messages.success(request, _("Recorded."))
    return done(request, reverse("activities:round_desk", args=[at.pk]))


@require_POST
def objection_answer(request: Request, round_id: int, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    at, form = queries.get_round(round_id), AnswerForm(request.POST)
    found = queries.get_objection(at, objection_id)
    said, now = form.accepted(), timezone.now()
    if said["strike"]:
        striking.strike_group(found, said["strike"], said["answer"], actor=request.actor, now=now)
        messages.success(request, _("Struck, and drawn again by the same seed; everybody is told."))
    else:
        objections.answer_objection(found, said["answer"], actor=request.actor, now=now)
        messages.success(request, _("Answered; the group is told."))
    return done(request, reverse("activities:round_desk", args=[at.pk]))
