"""Pages on joint meetings of resident units: members and the three lists. Level 6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done, page, page_asked
from linli.orgs import permits
from linli.orgs.forms.party import LineForm, LineStateForm, MeetingForm, UnitForm
from linli.orgs.queries import joint, party
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import joint as services
from linli.orgs.services.joint import EntryFacts
from linli.orgs.types import EntryState, ListKind, title_of
from linli.orgs.views.answering import Asking, Fresh, answer, place_name
from linli.orgs.views.party import way_of
from linli.orgs.views.party_changing import answer_party
from linli.places import queries as places
from linli.ui.columns import col
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]
TONES = {"open": "soon", "agreed": "run", "done": "done", "dropped": "idle"}


@require_safe
def meeting_list(request: Request, code: str) -> HttpResponse:
    """List the joint meetings of a place."""
    place, way = way_of(code, (_("Joint meetings"), ""))
    found = page_asked(request, joint.joint_meetings(request.actor, place.path), joint.BY_PLACE)
    is_village = place.level == "village"
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Joint meetings at %(place)s") % {"place": place_name(place)},
        "found": found,
        "may_found": is_village
        and not found.count
        and request.actor.may(permits.PARTY_KEEP, at=place.path),
    }
    return page(request, "orgs/joint_list.html", context)


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


@require_safe
def meeting_page(request: Request, meeting_id: int) -> HttpResponse:
    """One joint meeting: its units, and what they have, need and do together."""
    meeting = joint.get_meeting(request.actor, meeting_id)
    code = code_of(meeting.path)
    place, way = way_of(
        code,
        (_("Joint meetings"), reverse("orgs:joint_meetings", args=[code])),
        (meeting.name, ""),
    )
    lists = joint.lists_of(meeting)
    context: dict[str, object] = {
        "meeting": meeting,
        "place": place,
        "way": way,
        "title": meeting.name,
        "members": list(joint.members_of(meeting)),
        "lists": [(kind.value, title_of(ListKind, kind), lists[kind.value]) for kind in ListKind],
        "state_of": lambda state: (title_of(EntryState, state), TONES[state]),
        "may_keep": request.actor.may(permits.PARTY_KEEP, at=meeting.path),
        "columns": [
            col(_("What")), col(_("Unit")), col(_("By when")), col(_("State")),
            col(_("Next step"), end=True),
        ],
    }  # fmt: skip
    return page(request, "orgs/joint_meeting.html", context)


@require_http_methods(GET_POST)
def unit_add(request: Request, meeting_id: int) -> HttpResponse:
    """Take a resident unit in."""
    meeting = _mine(request, meeting_id)
    form = UnitForm(request.POST or None)

    def act() -> None:
        services.join_meeting(
            meeting, unit_name=form.cleaned_data["unit_name"].strip(), actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    return _answer(
        request, meeting, form, act, _("New unit"), _("Take in"), _("The unit takes part.")
    )


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
    lists, members = joint.lists_of(meeting), list(joint.members_of(meeting))
    options = {
        "member": [(str(m.pk), m.unit_name) for m in members],
        "need": [(str(e.pk), e.title) for e in lists[ListKind.NEED]],
        "resource": [(str(e.pk), e.title) for e in lists[ListKind.RESOURCE]],
    }
    form = LineForm(
        request.POST or None, lists=options, initial={"kind": request.GET.get("kind", "")}
    )

    def act() -> None:
        data = form.cleaned_data
        facts = EntryFacts(
            kind=ListKind(data["kind"]), title=data["title"], detail=data["detail"],
            member=_picked(members, data["member"]), need=_picked(lists["need"], data["need"]),
            resource=_picked(lists["resource"], data["resource"]), due_on=data["due_on"],
        )  # fmt: skip
        services.enter_line(meeting, facts, actor=request.actor, now=timezone.now())

    return _answer(request, meeting, form, act, _("New line"), _("Enter"), _("It is on the list."))


@require_http_methods(GET_POST)
def line_move(request: Request, entry_id: int) -> HttpResponse:
    """Say where a line stands."""
    entry = joint.get_entry(request.actor, entry_id)
    must_keep_party(request.actor, entry.meeting.path)
    form = LineStateForm(
        request.POST or None, initial={"state": entry.state, "edition": entry.edition}
    )

    def act() -> None:
        services.move_line(
            entry, state=EntryState(form.cleaned_data["state"]),
            edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    def now() -> Any:
        return joint.get_entry(request.actor, entry_id)

    asking = _asking(entry.meeting, form, entry.title, _("Save"), _("Saved."))
    fresh = Fresh(
        said=lambda: [(_("Where does it stand?"), title_of(EntryState, now().state))],
        edition=lambda: int(now().edition),
    )
    return answer(request, asking, act, fresh)


def _picked(rows: list[Any], text: str) -> Any:
    return next((row for row in rows if str(row.pk) == text), None)


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
