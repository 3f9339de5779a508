"""Reads of mandates on paper: what somebody gave, and which of them holds for an item today."""

from __future__ import annotations

from datetime import date

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.offerings import permits
from linli.offerings.models import AgentMandate
from linli.offerings.states import AgencyState
from linli.people.queries.persons import ids_of_one


def mandates_of(actor: Actor, person_id: int) -> list[AgentMandate]:
    """Return what somebody gave, the newest first, where the actor takes applications in."""
    found = AgentMandate.objects.filter(person_id__in=ids_of_one(person_id)).order_by("-pk")
    return [one for one in found if actor.may(permits.RECEIVE, at=one.path)]


def get_mandate(actor: Actor, mandate_id: int) -> AgentMandate:
    """Return one mandate. Refuses with NotFound."""
    found = AgentMandate.objects.filter(pk=mandate_id).first()
    if found is None or not actor.may(permits.RECEIVE, at=found.path):
        raise NotFound()
    return found


def holding(person_id: int, item: str, on: date) -> list[AgentMandate]:
    """Return the mandates by which somebody may come for a person and an item on a day."""
    found = AgentMandate.objects.filter(
        person_id__in=ids_of_one(person_id), state=AgencyState.HELD.value,
        since__lte=on, until__gte=on, item_key__in=("", item),
    )  # fmt: skip
    return list(found.order_by("-pk"))


def may_see_scan(actor: Actor, mandate_id: int) -> bool:
    """Say whether somebody sees the scan of a mandate: who takes applications in there."""
    try:
        get_mandate(actor, mandate_id)
    except NotFound:
        return False
    return True
