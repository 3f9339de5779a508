"""Reads of mandates on paper: what somebody gave, and which of them holds for an item today."""

from __future__ import annotations

from datetime import date

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, system_actor
from linli.offerings import permits
from linli.offerings.models import AgentMandate
from linli.offerings.states import AgencyState
from linli.people.queries import persons
from linli.people.queries.persons import entries_of_one, ids_of_one

READER = system_actor("offerings.mandates")
OPEN = (AgencyState.PREPARED.value, AgencyState.HELD.value)


def mandates_of(actor: Actor, person_id: int) -> list[AgentMandate]:
    """Return what somebody gave, the newest first, where the actor takes applications in."""
    found = AgentMandate.objects.filter(person_id__in=ids_of_one(person_id)).order_by("-pk")
    home = _home(person_id)
    return [one for one in found if _may_keep(actor, one, home)]


def get_mandate(actor: Actor, mandate_id: int) -> AgentMandate:
    """Return one mandate to the window and to who gave it. Refuses with NotFound."""
    found = AgentMandate.objects.filter(pk=mandate_id).first()
    if found is None:
        raise NotFound()
    home = "" if found.person_id is None else _home(found.person_id)
    if not (is_giver(actor, found) or _may_keep(actor, found, home)):
        raise NotFound()
    return found


def is_giver(actor: Actor, row: AgentMandate) -> bool:
    """Say whether somebody gave a mandate herself; who acts for her does not count as her."""
    if actor.person_id is None or actor.acting_for is not None or row.person_id is None:
        return False
    return row.person_id in ids_of_one(actor.person_id)


def own_mandates(actor: Actor) -> list[AgentMandate]:
    """Return what the actor gave and what did not end, the newest first."""
    if actor.person_id is None or actor.acting_for is not None:
        return []
    mine = AgentMandate.objects.filter(person_id__in=entries_of_one(actor.person_id))
    return list(mine.filter(state__in=OPEN).order_by("-pk"))


def kept_at(actor: Actor, row: AgentMandate) -> str:
    """Return the place at which the actor keeps a mandate: where it was printed, or where she lives now."""
    home = "" if row.person_id is None else _home(row.person_id)
    return row.path if actor.may(permits.RECEIVE, at=row.path) or not home else home


def _may_keep(actor: Actor, row: AgentMandate, home: str) -> bool:
    return any(actor.may(permits.RECEIVE, at=path) for path in (row.path, home) if path)


def _home(person_id: int) -> str:
    """Return where somebody lives today, or nothing: after a move her new village keeps her mandates."""
    lives = persons.visible_residencies(READER).filter(
        person_id__in=ids_of_one(person_id), until__isnull=True
    )
    return lives.order_by("-pk").values_list("path", flat=True).first() or ""


def died_on(person_id: int | None) -> date | None:
    """Return when somebody of the register died, if she did: from then on nobody acts for her (Civil Code art. 173)."""
    if person_id is None:
        return None
    try:
        return persons.get_person(READER, person_id).died_on
    except NotFound:
        return None


def holding(person_id: int, item: str, on: date) -> list[AgentMandate]:
    """Return the mandates by which somebody may come for a person and an item on a day."""
    if died_on(person_id) is not None:
        return []
    found = AgentMandate.objects.filter(
        person_id__in=ids_of_one(person_id), state=AgencyState.HELD.value,
        since__lte=on, until__gte=on, item_key__in=("", item),
    )  # fmt: skip
    return list(found.order_by("-pk"))


def may_see_scan(actor: Actor, mandate_id: int) -> bool:
    """Say whether somebody sees the scan of a mandate: who takes applications in there, and who gave it."""
    try:
        get_mandate(actor, mandate_id)
    except NotFound:
        return False
    return True
