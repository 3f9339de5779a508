"""What towns filed, try, learn and spend, as far as the reader may see it."""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from django.db.models import Model, QuerySet, Sum

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.kernel.words import every_word
from linli.plan import permits
from linli.plan.models import (
    FundingLine,
    Pilot,
    Practice,
    Report,
    TownPlan,
    Visit,
)
from linli.plan.queries.where import within

M = TypeVar("M", bound=Model)


def _seen(actor: Actor, found: QuerySet[M], *wanted: Permit) -> QuerySet[M]:
    if actor.is_system:
        return found
    paths = [path for permit in wanted for path in actor.paths(permit)]
    return found.filter(within(sorted(set(paths))))


def one_of(found: QuerySet[M], pk: int) -> M:
    """Return the row with this id. Refuses with NotFound."""
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotFound(id=pk)
    return row


def visible_town_plans(actor: Actor) -> QuerySet[TownPlan]:
    """Town plans where the actor files, checks or sees them."""
    return _seen(actor, TownPlan.objects.all(), permits.VIEW, permits.FILE, permits.CHECK)


def get_town_plan(actor: Actor, plan_id: int) -> TownPlan:
    """Return one town plan. Refuses with NotFound, also for one that is not the actor's to see."""
    return one_of(visible_town_plans(actor).select_related("document"), plan_id)


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Reports where the actor files, checks or sees them."""
    return _seen(actor, Report.objects.all(), permits.VIEW, permits.FILE, permits.CHECK)


def get_report(actor: Actor, report_id: int) -> Report:
    """Return one report. Refuses with NotFound."""
    return one_of(visible_reports(actor).select_related("task", "document"), report_id)


def visible_pilots(actor: Actor) -> QuerySet[Pilot]:
    """Pilots are told to everybody: what is tried, where, and what came of it."""
    return Pilot.objects.prefetch_related("tasks")


def get_pilot(actor: Actor, pilot_id: int) -> Pilot:
    """Return one pilot. Refuses with NotFound."""
    return one_of(visible_pilots(actor).select_related("document"), pilot_id)


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


def holding(found: QuerySet[M], words: str, *fields: str) -> QuerySet[M]:
    """Return those rows of which one of the fields holds each word."""
    return found.filter(every_word(words, *(f"{field}__icontains" for field in fields)))


def get_practice(practice_id: int) -> Practice:
    """Return one card. Refuses with NotFound."""
    return one_of(found_practices().select_related("document", "pilot"), practice_id)


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Supervision visits where the actor supervises, answers or sees them."""
    found = Visit.objects.prefetch_related("tasks")
    return _seen(actor, found, permits.VIEW, permits.FILE, permits.SUPERVISE)


def get_visit(actor: Actor, visit_id: int) -> Visit:
    """Return one visit. Refuses with NotFound."""
    return one_of(visible_visits(actor).select_related("document"), visit_id)


def visible_funding(actor: Actor) -> QuerySet[FundingLine]:
    """Funding lines where the actor keeps or sees them."""
    found = FundingLine.objects.select_related("task")
    return _seen(actor, found, permits.VIEW, permits.FUND)


def get_funding_line(actor: Actor, line_id: int) -> FundingLine:
    """Return one funding line. Refuses with NotFound."""
    return one_of(visible_funding(actor).select_related("document"), line_id)


def funding_sums(found: QuerySet[FundingLine]) -> list[tuple[int, str, int]]:
    """Sums by year and source of the lines that count, in fen."""
    rows = (
        found.filter(withdrawn_at__isnull=True)
        .order_by()
        .values_list("year", "source")
        .annotate(total=Sum("amount_fen"))
    )
    return sorted((year, source, total or 0) for year, source, total in rows)
