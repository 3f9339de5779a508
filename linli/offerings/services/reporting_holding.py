"""A village's sheet is held while something is said of it, and saved under its next edition."""

from __future__ import annotations

from datetime import datetime

from linli.kernel import sql
from linli.kernel.errors import NotAllowed, Stale
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.errors import ReportOver
from linli.offerings.models import ReportingSheet
from linli.offerings.states import SHEET, ReportState
from linli.trail.services import record

HOLD = "SELECT id FROM offerings_reportingtask WHERE id = %s FOR SHARE"
BY_CALLER = "its callers have asked for the permit"


@open_to_all(BY_CALLER)
def held_sheet(sheet: ReportingSheet, edition: int | None, *, actor: Actor) -> ReportingSheet:
    """Lock a sheet for its own village while its report is open: who asks from above may not sign for it.

    The report is held first, as by the office that ends it; villages do not wait for each other.
    Refuses with NotAllowed, ReportOver, Stale.
    """
    sheet = _locked(sheet)
    if not actor.is_system and sheet.path not in actor.own_paths(permits.FILL_REPORTS):
        raise NotAllowed(permit=permits.FILL_REPORTS.name, at=sheet.path)
    return _current(sheet, edition)


@open_to_all("it asks for the permit itself")
def held_by_asker(sheet: ReportingSheet, edition: int, *, actor: Actor) -> ReportingSheet:
    """Lock a village's sheet for the office that asked. Refuses with NotAllowed, ReportOver, Stale."""
    sheet = _locked(sheet)
    require(actor, permits.ASK_REPORTS, at=sheet.task.path)
    return _current(sheet, edition)


def _locked(sheet: ReportingSheet) -> ReportingSheet:
    sql.tuples("reports.hold", HOLD, [sheet.task_id])
    found = ReportingSheet.objects.select_for_update(of=("self",)).select_related("task")
    return found.get(pk=sheet.pk)


def _current(sheet: ReportingSheet, edition: int | None) -> ReportingSheet:
    if sheet.state in SHEET.ends or sheet.task.state != ReportState.OPEN:
        raise ReportOver(move="save", state=sheet.state)
    if edition is not None and edition != sheet.edition:
        raise Stale(move="save", state=sheet.state)
    return sheet


@open_to_all(BY_CALLER)
def saved_sheet(sheet: ReportingSheet, verb: str, *, actor: Actor, now: datetime) -> ReportingSheet:
    """Save a sheet under its next edition, and record it."""
    sheet.edition += 1
    sheet.save()
    record(verb, on=sheet, actor=actor, now=now, place=sheet.path)
    return sheet
