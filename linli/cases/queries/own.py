"""What somebody reported when signed in, as her own list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases.models import Case, CaseEvent, Reporter
from linli.cases.queries.own_moves import STEP_OUT
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.kernel.registries import IDS_OF_PERSON

MINE = Keyset("new", ("-opened_at", "-pk"))


@dataclass(frozen=True, slots=True)
class MyCase:
    """A case as its reporter's own list shows it."""

    number: str
    kind: str
    version: int
    state: str
    stage: str
    title: str
    title_en: str
    opened_at: datetime
    lead_post_id: int | None
    offered_post_id: int | None
    # she took hers back, and it goes on for others who reported the same
    has_left: bool


def own_cases(actor: Actor, limit: int) -> list[MyCase]:
    """Return what the actor reported when signed in, the newest first."""
    found = visible_own(actor).order_by("-opened_at", "-pk")
    return [MyCase(*row) for row in found.values_list(*MyCase.__slots__)[:limit]]


def own_page(actor: Actor, *, cursor: str | None, limit: int) -> Page[MyCase]:
    """Return a page of what the actor reported when signed in. Refuses with Invalid."""
    page = page_of(visible_own(actor), MINE, cursor=cursor, limit=limit)
    rows = [MyCase(*(getattr(case, name) for name in MyCase.__slots__)) for case in page.items]
    return Page(rows, page.next, page.previous, page.count, page.has_more_than_count)


def visible_own(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor reported when signed in."""
    mine = own_reports(actor)
    found = Case.objects
    hers = found.none() if mine is None else found.filter(pk__in=mine.values("case_id"))
    left = CaseEvent.objects.filter(case=OuterRef("pk"), move=STEP_OUT)
    return hers.annotate(has_left=Exists(left))


def own_reports(actor: Actor) -> QuerySet[Reporter] | None:
    """Return the actor's own entries as reporter, or None for nobody and for machines."""
    if actor.account_id is None or actor.is_machine:
        return None
    own = Q(account_id=actor.account_id)
    if actor.person_id is not None:
        own |= Q(person_id__in=IDS_OF_PERSON.call(actor.person_id) or [actor.person_id])
    return Reporter.objects.filter(own)
