"""Pages on which joint meetings, their units and lines are entered and put right. Level 6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done
from linli.orgs.forms.joint import (
    LineCorrectForm,
    LineForm,
    MeetingChangeForm,
    MeetingForm,
    UnitForm,
)
from linli.orgs.forms.joint_choice import LineChoice, unit_of
from linli.orgs.queries import joint, party
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import joint as services
from linli.orgs.services import joint_lines
from linli.orgs.types import EntryState, ListKind, title_of
from linli.orgs.views.answering import Asking, Fresh, answer, name_of
from linli.orgs.views.party import way_of
from linli.orgs.views.party_changing import answer_party
from linli.places import queries as places
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def meeting_found(request: Request, code: str) -> HttpResponse:
    """Found the joint meeting of a village."""
    place = places.open_place(code)
    must_keep_party(request.actor, place.path)
    form = MeetingForm(request.POST or None, initial={"since": localdate()})

    def act() -> None:
        leader = party.working_committee(request.actor, place.path, on=localdate())
        if leader is None:
            raise Invalid({"name": [_("This place has no working committee on record.")]})
        services.found_joint_meeting(
            leader, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )

    return answer_party(request, code, form, act, _("Found the joint meeting"), _("Found"),
                        _("The joint meeting is founded."),
                        to=reverse("orgs:joint_meetings", args=[code]))  # fmt: skip


@require_http_methods(GET_POST)
def meeting_change(request: Request, meeting_id: int) -> HttpResponse:
    """Rename a joint meeting, or end it."""
    meeting = _mine(request, meeting_id)
    form = MeetingChangeForm(request.POST or None, initial={"name": meeting.name})

    def act() -> None:
        services.change_joint_meeting(
            meeting, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )

    return _answer(
        request, meeting, form, act, _("Rename or end the joint meeting"), _("Save"), _("Saved.")
    )


@require_http_methods(GET_POST)
def unit_add(request: Request, meeting_id: int) -> HttpResponse:
    """Take a resident unit in."""
    meeting = _mine(request, meeting_id)
    bodies = joint.possible_units(request.actor, meeting, on=localdate())
    form = UnitForm(request.POST or None, organisations=[(o.code, name_of(o)) for o in bodies])

    def act() -> None:
        services.join_meeting(
            meeting, **unit_of(form.cleaned_data, bodies), actor=request.actor, now=timezone.now()
        )

    return _answer(
        request, meeting, form, act, _("New unit"), _("Take in"), _("The unit takes part.")
    )


@require_http_methods(GET_POST)
def unit_correct(request: Request, member_id: int) -> HttpResponse:
    """Put right what a unit is called, and which body of the register it is."""
    member = joint.get_member(request.actor, member_id)
    meeting = _mine(request, member.meeting_id)
    bodies = joint.possible_units(request.actor, meeting, on=localdate())
    known = member.organisation.code if member.organisation else ""
    form = UnitForm(
        request.POST or None, organisations=[(o.code, name_of(o)) for o in bodies],
        initial={"unit_name": member.unit_name, "organisation": known},
    )  # fmt: skip

    def act() -> None:
        services.correct_unit(
            member, **unit_of(form.cleaned_data, bodies), actor=request.actor, now=timezone.now()
        )

    return _answer(request, meeting, form, act, member.unit_name, _("Save"), _("Saved."))


@require_POST
def unit_leave(request: Request, member_id: int) -> HttpResponse:
    """Record that a unit takes part no longer."""
    member = joint.get_member(request.actor, member_id)
    services.leave_meeting(member, actor=request.actor, now=timezone.now())
    return done(request, reverse("orgs:joint_meeting", args=[member.meeting_id]))


@require_http_methods(GET_POST)
def line_add(request: Request, meeting_id: int) -> HttpResponse:
    """Enter a line of one of the three lists."""
    meeting = _mine(request, meeting_id)
    choice = LineChoice(meeting)
    kind = request.GET.get("kind", "")
    form = LineForm(request.POST or None, lists=choice.options, initial={"kind": kind})

    def act() -> None:
        facts = choice.facts(ListKind(form.cleaned_data["kind"]), form.cleaned_data)
        joint_lines.enter_line(meeting, facts, actor=request.actor, now=timezone.now())

    return _answer(request, meeting, form, act, _("New line"), _("Enter"), _("It is on the list."))


@require_http_methods(GET_POST)
def line_change(request: Request, entry_id: int) -> HttpResponse:
    """Put right what a line says, and say where it stands."""
    entry = joint.get_entry(request.actor, entry_id)
    must_keep_party(request.actor, entry.meeting.path)
    choice = LineChoice(entry.meeting, entry)
    form = LineCorrectForm(request.POST or None, lists=choice.options, initial=choice.typed(entry))

    def act() -> None:
        data = form.cleaned_data
        joint_lines.correct_line(
            entry, choice.facts(ListKind(entry.kind), data), state=EntryState(data["state"]),
            edition=data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    def now() -> Any:
        return joint.get_entry(request.actor, entry_id)

    asking = _asking(entry.meeting, form, entry.title, _("Save"), _("Saved."))
    fresh = Fresh(said=lambda: _said(now()), edition=lambda: int(now().edition))
    return answer(request, asking, act, fresh)


def _said(entry: Any) -> list[tuple[str, Any]]:
    """What a line says now, for who was second."""
    unit = entry.member.unit_name if entry.member else _("None")
    return [
        (_("What is it?"), entry.title), (_("Details"), entry.detail), (_("Of which unit?"), unit),
        (_("Where does it stand?"), title_of(EntryState, entry.state)),
    ]  # fmt: skip


def _mine(request: Request, meeting_id: int) -> Any:
    meeting = joint.get_meeting(request.actor, meeting_id)
    must_keep_party(request.actor, meeting.path)
    return meeting


def _asking(meeting: Any, form: Form, title: str, submit: str, said: str) -> Asking:
    to = reverse("orgs:joint_meeting", args=[meeting.pk])
    way = way_of(code_of(meeting.path), (meeting.name, to), (title, ""))[1]
    return Asking(title=title, form=form, way=way, to=to, submit=submit, said=said)


def _answer(
    request: Request, meeting: Any, form: Form, act: Callable[[], None], *words: str
) -> HttpResponse:
    return answer(request, _asking(meeting, form, *words), act)
