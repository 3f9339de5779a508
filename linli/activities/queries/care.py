"""What groups did for public space, wishes of talks with their cases, photos of events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from linli.activities import permits
from linli.activities.models import CareWork, Event, EventWish
from linli.activities.types.culture import AFTER, BEFORE, OF_EVENT, WishState
from linli.activities.types.events import EventState
from linli.cases.queries.public import public_cases
from linli.cases.queries.public import shown as as_shown
from linli.files import queries as files
from linli.files.types import Owner
from linli.kernel.errors import NotFound
from linli.kernel.permits import PERSONAL, Actor


@dataclass(frozen=True, slots=True)
class CareShown:
    """A work of a group with its photos."""

    work: CareWork
    before: list[Any]
    after: list[Any]


def care_at(path: str, *states: WishState) -> QuerySet[CareWork]:
    """Return works of groups at a place in some states, the latest first."""
    found = CareWork.objects.filter(path=path, state__in=states).select_related("group")
    return found.order_by("-on", "-pk")


def with_photos(works: list[CareWork]) -> list[CareShown]:
    """Return works with their photos; two reads."""
    ids = [one.pk for one in works]
    before, after = files.files_of_many(BEFORE, ids), files.files_of_many(AFTER, ids)
    return [CareShown(one, before.get(one.pk, []), after.get(one.pk, [])) for one in works]


def get_work(actor: Actor, work_id: int) -> CareWork:
    """Return a work that the actor releases. Refuses with NotFound."""
    found = CareWork.objects.filter(pk=work_id).first()
    if found is None or not actor.may(permits.EVENTS, at=found.path, level=PERSONAL):
        raise NotFound(id=work_id)
    return found


def sees_care(actor: Actor, work_id: int) -> bool:
    """Say whether the actor sees the photos of a work: everybody once it is shown, else who releases it."""
    found = CareWork.objects.filter(pk=work_id).first()
    if found is None:
        return False
    return found.state == WishState.SHOWN or actor.may(
        permits.EVENTS, at=found.path, level=PERSONAL
    )


def sees_event_photo(actor: Actor, event_id: int) -> bool:
    """Say whether the actor sees the photos of an event: everybody while it is public."""
    return Event.objects.filter(pk=event_id, state=EventState.PUBLISHED).exists()


def photos_of(event: Event) -> list[Any]:
    """Return the photos of an event, oldest first."""
    return files.files_of(Owner(OF_EVENT, event.pk))


def public_wishes(event: Event) -> list[Any]:
    """Return the wishes of a talk as cases that everybody sees: number, state, released words alone."""
    ids = EventWish.objects.filter(event=event).values_list("case_id", flat=True)
    found = public_cases().filter(pk__in=list(ids)).select_related("category")
    return list(as_shown(list(found.order_by("pk"))))


def wishes_of(event: Event) -> list[EventWish]:
    """Return the wishes of a talk with their cases, in the order in which they were noted."""
    return list(EventWish.objects.filter(event=event).select_related("case").order_by("pk"))


def event_of_case(case_id: int) -> Event | None:
    """Return the talk at which a case was voiced, if it was."""
    found = EventWish.objects.filter(case_id=case_id).select_related("event").first()
    return found.event if found else None
