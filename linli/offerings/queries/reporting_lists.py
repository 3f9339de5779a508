"""Lists of reports, narrowed by filters: those asked from an office, and those that a village looks through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.access.queries.choices import place_choices
from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import Actor, Permit
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import ReportingRow, ReportingSheet
from linli.offerings.queries.reporting import visible_sheets, visible_tasks
from linli.offerings.states import ReportState, SheetState
from linli.offerings.types.reporting import RowAct

VILLAGE_DEPTH, SOON = 3, timedelta(days=7)
FILL, ASKED = "fill", "asked"
PERMITS: dict[str, Permit] = {FILL: permits.FILL_REPORTS, ASKED: permits.ASK_REPORTS}
STATES = {FILL: SheetState, ASKED: ReportState}
DUE = ("", "late", "soon")


@dataclass(frozen=True, slots=True)
class ReportsWanted:
    """Which reports a list shows; `due` is one of DUE: over without a signature, or within a week."""

    words: str = ""
    state: str = ""
    path: str = ""
    due: str = ""


def wanted_of(given: Any, view: str) -> ReportsWanted:
    """Return which reports an address asks for. Refuses with Invalid."""
    state, due = given.get("state", ""), given.get("due", "")
    faults = {}
    if state and state not in set(STATES[view]):
        faults["state"] = [", ".join(STATES[view])]
    if due not in DUE:
        faults["due"] = [", ".join(DUE[1:])]
    if faults:
        raise Invalid(faults)
    words = clean_text(given.get("q", "")).strip()[:60]
    return ReportsWanted(words, state, path_of(given.get("place", "")), due)


def wanted_tasks(actor: Actor, wanted: ReportsWanted, on: date) -> QuerySet[Any]:
    """Return reports asked where the actor may ask, narrowed."""
    found = visible_tasks(actor)
    if wanted.words:
        found = found.filter(Q(title__icontains=wanted.words) | Q(code=wanted.words))
    return _narrowed(found, wanted, Q(state=ReportState.OPEN), "due_on", on)


def wanted_sheets(actor: Actor, wanted: ReportsWanted, on: date) -> QuerySet[Any]:
    """Return sheets of the actor's villages, narrowed."""
    found = visible_sheets(actor)
    if wanted.words:
        found = found.filter(Q(task__title__icontains=wanted.words) | Q(code=wanted.words))
    return _narrowed(found, wanted, Q(state=SheetState.WAITING), "task__due_on", on)


def _narrowed(
    found: QuerySet[Any], wanted: ReportsWanted, waits: Q, due: str, on: date
) -> QuerySet[Any]:
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.path:
        found = found.filter(path__startswith=wanted.path)
    if wanted.due == "late":
        found = found.filter(waits, **{f"{due}__lte": on})
    elif wanted.due:
        found = found.filter(waits, **{f"{due}__gt": on, f"{due}__lte": on + SOON})
    return found


def places_of(actor: Actor, view: str) -> list[tuple[str, str]]:
    """Return (code, name) of the places for which an actor asks, or looks through."""
    found = place_choices(actor, PERMITS[view])
    return [(code_of(path), name) for path, name in found if path.count("/") <= VILLAGE_DEPTH]


def counts_of(sheets: Sequence[ReportingSheet]) -> dict[int, dict[str, int]]:
    """Return sheet → how many rows were corrected, added, struck out; one query."""
    rows = ReportingRow.objects.filter(sheet__in=sheets).values_list("sheet_id", "act")
    found: dict[int, dict[str, int]] = {}
    for sheet, act, number in rows.annotate(number=Count("pk")):
        found.setdefault(sheet, {one.value: 0 for one in RowAct})[act] = number
    return found
