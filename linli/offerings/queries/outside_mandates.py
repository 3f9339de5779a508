"""Reads of mandates on paper of those who stand in no register here: at the window where they were printed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.identity import tidy_id
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.kernel.sealing import blind_lookup
from linli.offerings import permits
from linli.offerings.models import AgentMandate
from linli.offerings.states import AgencyState
from linli.offerings.types.mandates import NUMBERS
from linli.ui.formats import day_plain

NEWEST = Keyset("new", ("-id",))
# of more under one number where a card was laid on the reader the newest are shown, and that there are more
MOST = 100


def outside(actor: Actor) -> QuerySet[AgentMandate]:
    """Mandates whose givers stand in no register, where the actor takes applications in."""
    return AgentMandate.objects.filter(in_reach(actor, permits.RECEIVE), person_id__isnull=True)


def in_view(found: QuerySet[AgentMandate], view: str, on: date) -> QuerySet[AgentMandate]:
    """Narrow to what holds (held), waits for its signatures (prepared), or is over."""
    is_over = Q(state=AgencyState.ENDED.value) | Q(until__lt=on)
    if view == "over":
        return found.filter(is_over)
    if view in (AgencyState.HELD.value, AgencyState.PREPARED.value):
        return found.filter(state=view).exclude(is_over)
    return found


def under_number(actor: Actor, number: str) -> QuerySet[AgentMandate]:
    """The mandates that somebody with a number gave, or was given, the newest first."""
    tidy = tidy_id(number)
    if not tidy:
        return AgentMandate.objects.none()
    either = Q(pk__in=[])
    for column, purpose in NUMBERS.items():
        either |= Q(**blind_lookup(f"{column}_index", tidy, purpose=purpose))
    return outside(actor).filter(either).order_by("-pk")


def outside_mandate(actor: Actor, mandate_id: int) -> AgentMandate:
    """Return one of them. Refuses with NotFound."""
    found = outside(actor).filter(pk=mandate_id).first()
    if found is None:
        raise NotFound()
    return found


def holds(row: AgentMandate, item: str, on: date) -> bool:
    """Say whether somebody may come by a mandate for an item on a day; without an item, for any."""
    is_on = row.state == AgencyState.HELD.value and row.since is not None
    if not is_on or not (row.since or on) <= on <= row.until:
        return False
    return not item or row.item_key in ("", item)


def why_not(row: AgentMandate, item: str, on: date) -> str:
    """Say why nobody comes by a mandate for an item on a day; nothing where it holds."""
    if holds(row, item, on):
        return ""
    if row.state == AgencyState.ENDED.value:
        day = day_plain(row.ended_on) if row.ended_on else ""
        return _("This mandate was ended on %(day)s: nobody comes by it any more.") % {"day": day}
    if row.until < on:
        return _("The last day of this mandate was %(day)s.") % {"day": day_plain(row.until)}
    if row.state == AgencyState.PREPARED.value:
        return _("This mandate is not signed yet.")
    return _("This mandate is for something else.")
