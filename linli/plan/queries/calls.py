"""What towns were asked for, who is late, and who has filed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel.days import bounds
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.plan import permits
from linli.plan.models import (
    Call,
    PlanDocument,
    TownPlan,
)
from linli.plan.queries.work import one_of
from linli.plan.states import FilingState
from linli.plan.types import CallKind


def calls_of(document: PlanDocument) -> QuerySet[Call]:
    """What towns were asked for, open demands first."""
    return Call.objects.filter(document=document).order_by("ends_on", "kind", "path")


def get_call(document: PlanDocument, call_id: int) -> Call:
    """Return one demand. Refuses with NotFound."""
    return one_of(calls_of(document), call_id)


def call_for(document: PlanDocument, kind: CallKind, path: str) -> Call | None:
    """Return the open demand that covers a place."""
    found = Call.objects.filter(document=document, kind=kind, ends_on__isnull=True)
    return next((call for call in found if path.startswith(call.path)), None)


def late_towns(actor: Actor, document: PlanDocument, on: date) -> list[Any]:
    """The towns that were asked, whose day has passed, and that have no plan filed or accepted."""
    calls = [
        call
        for call in Call.objects.filter(document=document, kind=CallKind.TOWN_PLAN)
        if call.due_on and call.due_on < on and (call.ends_on is None or call.ends_on > on)
    ]
    if not calls:
        return []
    done = set(
        TownPlan.objects.filter(document=document)
        .exclude(state=FilingState.RETURNED)
        .values_list("place_id", flat=True)
    )
    towns = places.places_of_level("town", with_invented=True).order_by("code")
    return [
        town
        for town in towns
        if town.pk not in done
        and any(is_asked(call.path, town) for call in calls)
        and actor.may(permits.VIEW, at=town.path, level=permits.VIEW.level)
    ]


def filed_towns(path: str, on: date) -> tuple[list[tuple[Any, TownPlan]], list[Any]] | None:
    """The towns that a place had on a day and that were asked for a plan: with one on file then, and without.

    None where nobody was asked. The whole city counts its official towns alone.
    """
    calls = [
        call
        for call in Call.objects.filter(kind=CallKind.TOWN_PLAN, document__is_current=True)
        if call.ends_on is None or call.ends_on > on
    ]
    towns = [
        town
        for town in places.places_on("town", on)
        if town.path.startswith(path)
        and (not town.is_invented or path == town.path)
        and any(is_asked(call.path, town) for call in calls)
    ]
    if not towns:
        return None
    plans = TownPlan.objects.filter(
        _on_file(on),
        document__in=[call.document_id for call in calls],
        place_id__in=[town.pk for town in towns],
    )
    by_place = {plan.place_id: plan for plan in plans}
    filed = [(town, by_place[town.pk]) for town in towns if town.pk in by_place]
    return filed, [town for town in towns if town.pk not in by_place]


def _on_file(on: date) -> Q:
    """Filed by the end of a day, and not returned by then; what was filed again counts from that day."""
    is_over = bounds(on, on)[1]
    stands = ~Q(state=FilingState.RETURNED) | Q(checked_at__gte=is_over)
    return Q(filed_at__lt=is_over) & stands


def is_asked(path: str, town: Any) -> bool:
    """A demand on the whole city means its official towns; an invented one is asked by name."""
    return town.path.startswith(path) and (not town.is_invented or path == town.path)
