"""What towns filed, try, learn and spend, as far as the reader may see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, Sum
from django.utils.timezone import localdate

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.orgs import queries as orgs
from linli.places import queries as places
from linli.plan import permits
from linli.plan.models import (
    Call,
    FundingLine,
    Pilot,
    PlanDocument,
    Practice,
    Report,
    TownPlan,
    Visit,
)
from linli.plan.states import FilingState
from linli.plan.types import CallKind

M = TypeVar("M", bound=Model)
CITY_PATH = "441900/"
LEADING_GROUP = "市社区建设工作领导小组"


def located(place: Any) -> dict[str, Any]:
    """The columns by which a head is listed by place."""
    return {
        "path": place.path,
        "place_id": place.pk,
        "city_id": place.city_id,
        "town_id": place.town_id,
        "village_id": place.village_id,
    }


def within(paths: Iterable[str]) -> Q:
    """The condition that a head lies at or below one of the places; none matches nothing."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__gte=path, path__lt=path + "~")
    return found


def _seen(actor: Actor, found: QuerySet[M], *wanted: Permit) -> QuerySet[M]:
    if actor.is_system:
        return found
    paths = [path for permit in wanted for path in actor.paths(permit)]
    return found.filter(within(sorted(set(paths))))


def _one(found: QuerySet[M], pk: int) -> M:
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotFound(id=pk)
    return row


def calls_of(document: PlanDocument) -> QuerySet[Call]:
    """What towns were asked for, open demands first."""
    return Call.objects.filter(document=document).order_by("ends_on", "kind", "path")


def get_call(document: PlanDocument, call_id: int) -> Call:
    """Return one demand. Refuses with NotFound."""
    return _one(calls_of(document), call_id)


def call_for(document: PlanDocument, kind: CallKind, path: str) -> Call | None:
    """Return the open demand that covers a place."""
    found = Call.objects.filter(document=document, kind=kind, ends_on__isnull=True)
    return next((call for call in found if path.startswith(call.path)), None)


def visible_town_plans(actor: Actor) -> QuerySet[TownPlan]:
    """Town plans where the actor files, checks or sees them."""
    return _seen(actor, TownPlan.objects.all(), permits.VIEW, permits.FILE, permits.CHECK)


def get_town_plan(actor: Actor, plan_id: int) -> TownPlan:
    """Return one town plan. Refuses with NotFound, also for one that is not the actor's to see."""
    return _one(visible_town_plans(actor).select_related("document"), plan_id)


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
        and any(_asked(call.path, town) for call in calls)
        and actor.may(permits.VIEW, at=town.path, level=permits.VIEW.level)
    ]


def _asked(path: str, town: Any) -> bool:
    """A demand on the whole city means its official towns; an invented one is asked by name."""
    return town.path.startswith(path) and (not town.is_invented or path == town.path)


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Reports where the actor files, checks or sees them."""
    return _seen(actor, Report.objects.all(), permits.VIEW, permits.FILE, permits.CHECK)


def get_report(actor: Actor, report_id: int) -> Report:
    """Return one report. Refuses with NotFound."""
    return _one(visible_reports(actor).select_related("task", "document"), report_id)


def visible_pilots(actor: Actor) -> QuerySet[Pilot]:
    """Pilots are told to everybody: what is tried, where, and what came of it."""
    return Pilot.objects.prefetch_related("tasks")


def get_pilot(actor: Actor, pilot_id: int) -> Pilot:
    """Return one pilot. Refuses with NotFound."""
    return _one(visible_pilots(actor).select_related("document"), pilot_id)


def search_text(words: str) -> str:
    """Text in the one form in which cards are searched."""
    return unicodedata.normalize("NFKC", words).casefold()


def found_practices(words: str = "", *, task: int | None = None) -> QuerySet[Practice]:
    """Cards of good practice that hold every word, the newest first; they are public."""
    found = Practice.objects.filter(withdrawn_at__isnull=True).prefetch_related("tasks")
    for word in search_text(words).split():
        found = found.filter(words__contains=word)
    if task is not None:
        found = found.filter(tasks__number=task)
    return found.order_by("-written_at", "-id")


def get_practice(practice_id: int) -> Practice:
    """Return one card. Refuses with NotFound."""
    return _one(found_practices().select_related("document", "pilot"), practice_id)


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Supervision visits where the actor supervises, answers or sees them."""
    found = Visit.objects.prefetch_related("tasks")
    return _seen(actor, found, permits.VIEW, permits.FILE, permits.SUPERVISE)


def get_visit(actor: Actor, visit_id: int) -> Visit:
    """Return one visit. Refuses with NotFound."""
    return _one(visible_visits(actor).select_related("document"), visit_id)


def visible_funding(actor: Actor) -> QuerySet[FundingLine]:
    """Funding lines where the actor keeps or sees them."""
    found = FundingLine.objects.select_related("task")
    return _seen(actor, found, permits.VIEW, permits.FUND)


def get_funding_line(actor: Actor, line_id: int) -> FundingLine:
    """Return one funding line. Refuses with NotFound."""
    return _one(visible_funding(actor).select_related("document"), line_id)


def funding_sums(found: QuerySet[FundingLine]) -> list[tuple[int, str, int]]:
    """Sums by year and source of the lines that count, in fen."""
    rows = (
        found.filter(withdrawn_at__isnull=True)
        .order_by()
        .values_list("year", "source")
        .annotate(total=Sum("amount_fen"))
    )
    return sorted((year, source, total or 0) for year, source, total in rows)


def filed_towns(path: str, on: date) -> tuple[list[tuple[Any, TownPlan]], list[Any]] | None:
    """The towns of a place that were asked for a plan: with one on file, and without.

    None where nobody was asked. The whole city counts its official towns alone.
    """
    calls = [
        call
        for call in Call.objects.filter(kind=CallKind.TOWN_PLAN, document__is_current=True)
        if call.ends_on is None or call.ends_on > on
    ]
    towns = [
        town
        for town in places.places_of_level("town", with_invented=True).order_by("code")
        if town.path.startswith(path)
        and (not town.is_invented or path == town.path)
        and any(_asked(call.path, town) for call in calls)
    ]
    if not towns:
        return None
    plans = TownPlan.objects.filter(
        document__in=[call.document_id for call in calls], place_id__in=[town.pk for town in towns]
    ).exclude(state=FilingState.RETURNED)
    by_place = {plan.place_id: plan for plan in plans}
    filed = [(town, by_place[town.pk]) for town in towns if town.pk in by_place]
    return filed, [town for town in towns if town.pk not in by_place]


def places_for(actor: Actor, permit: Permit) -> list[Any]:
    """The places at which the actor may do something: towns, and villages for those of one town."""
    paths = [CITY_PATH] if actor.is_system else list(actor.paths(permit))
    wide = any(path.count("/") == 1 for path in paths)
    levels = ["town"] if wide else ["town", "village"]
    found = places.all_places(with_invented=True).filter(level__in=levels)
    return list(found.filter(within(paths)).order_by("is_invented", "path"))


def place_at(actor: Actor, permit: Permit, code: str) -> Any:
    """Return a place by its code if the actor may do something there. Refuses with NotFound."""
    place = next((one for one in places_for(actor, permit) if one.code == code), None)
    if place is None:
        raise NotFound(code=code)
    return place


def place_names(paths: Iterable[str]) -> dict[str, Any]:
    """The places of some heads by path; one query."""
    found = places.all_places(with_invented=True).filter(path__in=set(paths))
    return {place.path: place for place in found}


def callable_places(actor: Actor) -> list[Any]:
    """The places whose towns the actor may ask: cities and towns."""
    paths = [CITY_PATH] if actor.is_system else list(actor.paths(permits.MANAGE))
    found = places.all_places(with_invented=True).filter(level__in=["city", "town"])
    return list(found.filter(within(paths)).order_by("is_invented", "path"))


def leading_group(path: str) -> int | None:
    """The organisation that leads the work on the plan at a place, if the register knows it."""
    today = orgs.organisation_named(LEADING_GROUP, path=path, on=localdate())
    return today.pk if today else None
