"""Pages that show joint meetings of resident units: members and the three lists. Level 6."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.paths import code_of
from linli.kernel.web import Request, page, page_asked
from linli.orgs import permits, queries
from linli.orgs.queries import joint
from linli.orgs.queries.naming import place_name
from linli.orgs.types import EntryState, ListKind, title_of
from linli.orgs.views.party import way_of
from linli.orgs.views.party_sheets import as_asked, meeting_sheets
from linli.ui.columns import col

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
    answered = as_asked(request, meeting.name, place, meeting_sheets(lists), name=meeting.name)
    if answered is not None:
        return answered
    context: dict[str, object] = {
        "meeting": meeting,
        "place": place,
        "way": way,
        "title": meeting.name,
        "members": list(joint.members_of(meeting)),
        "names": queries.names_of(joint.bodies_of(meeting), localdate()),
        "lists": [(kind.value, title_of(ListKind, kind), lists[kind.value]) for kind in ListKind],
        "state_of": lambda state: (title_of(EntryState, state), TONES[state]),
        "may_keep": meeting.until is None
        and request.actor.may(permits.PARTY_KEEP, at=meeting.path),
        "columns": [
            col(_("What")), col(_("Unit")), col(_("By when")), col(_("State")),
            col(_("Next step"), end=True),
        ],
    }  # fmt: skip
    return page(request, "orgs/joint_meeting.html", context)
