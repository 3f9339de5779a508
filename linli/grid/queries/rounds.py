"""The worker's day: cases of her posts, places that are due, checks to be done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from linli.cases import permits as cases
from linli.cases.queries.intake import files_of_case
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.steps_of_events import first_step, notes_within
from linli.grid import permits
from linli.grid.models import HazardCheck, Sighting, Stop
from linli.grid.types import EVENT
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import STAFF, Actor
from linli.kernel.reach import below, in_reach


def visible_stops(actor: Actor) -> QuerySet[Stop]:
    """Places that are visited, in villages where the actor works in the cells."""
    return Stop.objects.filter(in_reach(actor, permits.WORK)).select_related("layer", "part")


def get_stop(actor: Actor, stop_id: int) -> Stop:
    """Return one place that is visited. Refuses with NotFound."""
    found = visible_stops(actor).filter(pk=stop_id).first()
    if found is None:
        raise NotFound(id=stop_id)
    return found


def due_stops(actor: Actor, on: date) -> QuerySet[Stop]:
    """Return the places not yet visited that are due, the longest waiting first."""
    return visible_stops(actor).filter(until__isnull=True, due_on__lte=on).order_by("due_on", "pk")


def visible_checks(actor: Actor) -> QuerySet[HazardCheck]:
    """Hazard checks in villages where the actor works in the cells, each with its `event_number`."""
    found = HazardCheck.objects.filter(in_reach(actor, permits.WORK)).select_related(
        "layer", "followed_by"
    )
    return found.annotate(event_number=event_number(actor))


def event_number(actor: Actor) -> Subquery:
    """Return the number of the case that a row of a list names, where the actor may see that case."""
    return Subquery(visible_cases(actor).filter(pk=OuterRef("case_id")).values("number")[:1])


def get_check(actor: Actor, check_id: int) -> HazardCheck:
    """Return one check. Refuses with NotFound."""
    found = visible_checks(actor).filter(pk=check_id).first()
    if found is None:
        raise NotFound(id=check_id)
    return found


def sees_check(actor: Actor, check_id: int) -> bool:
    """Say whether an actor may see the photos of a check."""
    return visible_checks(actor).filter(pk=check_id).exists()


def to_recheck(actor: Actor) -> QuerySet[HazardCheck]:
    """Return failed checks that nobody has done again, those due first."""
    found = visible_checks(actor).filter(bad__gt=0, followed_by__isnull=True)
    return found.order_by("recheck_on", "pk")


def visible_events(actor: Actor) -> QuerySet[Any]:
    """Events of the grid that the actor may see, as cases decide it."""
    return visible_cases(actor).filter(kind=EVENT)


def my_events(actor: Actor) -> QuerySet[Any]:
    """Return open events that the actor's posts have or are offered, those due first."""
    return visible_events(actor).filter(_of_posts(actor), is_open=True).order_by("due_at", "pk")


def my_other_cases(actor: Actor) -> QuerySet[Any]:
    """Return what the actor's posts have or are offered that is no event, such as what residents reported."""
    found = visible_cases(actor).filter(_of_posts(actor), is_open=True).exclude(kind=EVENT)
    return found.order_by("due_at", "pk")


def _of_posts(actor: Actor) -> Q:
    return Q(lead_post_id__in=actor.posts) | Q(offered_post_id__in=actor.posts)


def to_check(actor: Actor) -> QuerySet[Any]:
    """Return events that wait for a check, where the actor checks."""
    reach = below(actor.paths(permits.CHECK))
    return visible_events(actor).filter(reach, state="disposed").order_by("due_at", "pk")


def may_check(actor: Actor) -> bool:
    """Say whether an actor looks at what was disposed of."""
    return actor.holds(permits.CHECK)


def get_event(actor: Actor, number: str) -> Any:
    """Return one event. Refuses with NotFound."""
    found = visible_events(actor).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found


def sighting_of(case_id: int) -> Sighting | None:
    """Return where an event was seen."""
    return Sighting.objects.filter(pk=case_id).select_related("layer", "part").first()


BY_UUID = """
SELECT c.id, c.number, s.path FROM cases_case c LEFT JOIN grid_sighting s ON s.case_id = c.id
 WHERE c.uuid = %s
"""


def case_of_uuid(uuid: UUID) -> tuple[int, str, str | None] | None:
    """Return id, number and village of the case with this uuid; no village if it is not the grid's."""
    rows = sql.tuples("grid.by_uuid", BY_UUID, [uuid])
    return (rows[0][0], rows[0][1], rows[0][2]) if rows else None


def photos_of(case_id: int) -> tuple[list[Any], list[Any]]:
    """Return the photos that came with the report of an event, and those of what was done then."""
    files = [one for one in files_of_case(case_id) if one.file.width]
    first = first_step(case_id) if files else None
    came = [one.file for one in files if one.event_id == first]
    return came, [one.file for one in files if one.event_id != first]


@dataclass(frozen=True, slots=True)
class Note:
    """A word that stays among those who work on an event."""

    at: datetime
    move: str
    post_id: int | None
    text: str


def notes_of(actor: Actor, case: Any) -> list[Note]:
    """Return the notes on an event for those who work on it, the oldest first."""
    if not actor.may(permits.WORK, at=case.path) and not actor.may(cases.HANDLE, at=case.path):
        return []
    rows = notes_within(case.pk, STAFF)
    return [Note(at, move, post, note or reason or "") for at, move, post, note, reason in rows]
