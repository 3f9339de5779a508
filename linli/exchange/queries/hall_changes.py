"""Reads on supplements and withdrawals that were made at the service hall."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from linli.exchange.models import HallApplication, HallChange
from linli.exchange.queries.connections import NEWEST, in_view, one_of, seen
from linli.exchange.rules.hall_changes import is_out_of_patience as rules_out
from linli.exchange.rules.hall_changes import read_back
from linli.exchange.states import ChangeState
from linli.exchange.types.hall import Change
from linli.kernel import sealing
from linli.kernel.paging import Page, page_of
from linli.kernel.permits import Actor

TABLE, COLUMN = "exchange_hallchange", "row"
UNREADABLE, INCOMPLETE = "unreadable", "incomplete"
# what is tried again by itself when something more comes: a supplement that was a part of what was missing
OPEN = ("", INCOMPLETE)


def visible_changes(actor: Actor) -> QuerySet[HallChange]:
    """Steps about matters at places where the actor oversees connections."""
    return seen(actor, HallChange.objects.select_related("case"))


def list_changes(
    actor: Actor, view: str, words: str, *, cursor: str | None, limit: int
) -> Page[HallChange]:
    """Return a page of them, newest first."""
    return page_of(narrowed(actor, view, words), NEWEST, cursor=cursor, limit=limit)


def narrowed(actor: Actor, view: str, words: str) -> QuerySet[HallChange]:
    """Return steps: all, those to be looked at, or those of one state."""
    found = in_view(visible_changes(actor), view)
    if words:
        found = found.filter(Q(number=words) | Q(application=words) | Q(case__number=words))
    return found


def get_change(actor: Actor, change_id: int) -> HallChange:
    """Return one of them. Refuses with NotFound."""
    return one_of(visible_changes(actor), change_id)


def sent_in_named(number: str) -> HallApplication | None:
    """Return the application of the hall that a step is about, or None while it did not come."""
    return HallApplication.objects.select_related("case").filter(number=number).first()


def changes_of(actor: Actor, application: str) -> list[HallChange]:
    """Return the steps about an application of the hall, as they were made there."""
    return list(visible_changes(actor).filter(application=application).order_by("made_at", "pk"))


def waiting_of(application: str) -> list[HallChange]:
    """Return the steps about an application that wait, as they were made there, without those a person decides on."""
    found = HallChange.objects.filter(application=application, state=ChangeState.WAITING)
    return list(found.filter(fault__in=OPEN, row__isnull=False).order_by("made_at", "pk"))


def applications_waiting(limit: int) -> list[str]:
    """Return the applications of which a step waits that no job finished: one may have died."""
    found = HallChange.objects.filter(state=ChangeState.WAITING, fault="")
    return list(
        found.order_by("application").values_list("application", flat=True).distinct()[:limit]
    )


def change_in(row: HallChange) -> Change:
    """Return what a step that waits says."""
    assert row.row is not None, "what waits is kept"
    text = sealing.open_sealed(bytes(row.row), table=TABLE, column=COLUMN, row=row.number)
    return read_back(text)


def is_out_of_patience(row: HallChange, now: datetime) -> bool:
    """Say whether a step waited so long for what it needs that a person should look."""
    return rules_out(row.came_at, now)


def papers_named(row: HallChange) -> list[str]:
    """Return the papers that a step brings, as the hall calls them, without names of files; none once it is done."""
    if row.row is None or row.fault == UNREADABLE or row.state != ChangeState.WAITING:
        return []
    return list(dict.fromkeys(file.material for file in change_in(row).files))


def can_be_tried(row: HallChange) -> bool:
    """Say whether a step waits and what it says is here and can be read."""
    is_here = row.row is not None and row.fault != UNREADABLE
    return row.state == ChangeState.WAITING and is_here
