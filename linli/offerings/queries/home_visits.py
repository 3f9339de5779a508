"""Reads of visits at home: by code for whoever asked, by place for whoever serves there."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import translation

from linli.access.queries.accounts import open_among
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import HomeVisit
from linli.offerings.states import HomeVisitState
from linli.offerings.types.home_visits import HALF_WORDS, Half
from linli.ui.formats import day_short

OPEN = (HomeVisitState.ASKED, HomeVisitState.PLANNED, HomeVisitState.AWAY)


def home_visit_called(code: str) -> HomeVisit:
    """Return a visit at home for whoever has its code. Refuses with NotFound."""
    found = HomeVisit.objects.filter(code=code_typed(code)).first()
    if found is None:
        raise NotFound()
    return found


def held_home_visit(code: str) -> HomeVisit:
    """Return one by its code, held until the transaction ends. Refuses with NotFound."""
    return HomeVisit.objects.select_for_update().get(pk=home_visit_called(code).pk)


def get_home_visit(actor: Actor, code: str) -> HomeVisit:
    """Return one where the actor serves. Refuses with NotFound."""
    found = home_visit_called(code)
    if not actor.may(permits.SERVE, at=found.path):
        raise NotFound()
    return found


def visible_home_visits(actor: Actor) -> QuerySet[HomeVisit]:
    """Return those at the places where the actor serves."""
    return HomeVisit.objects.filter(in_reach(actor, permits.SERVE))


def home_visits_with_code(actor: Actor, words: str) -> QuerySet[HomeVisit]:
    """Return the visit at home of a code as whoever asked shows it, where the actor serves; one or none."""
    return visible_home_visits(actor).filter(code=code_typed(words))


def in_state(found: QuerySet[HomeVisit], state: str) -> QuerySet[HomeVisit]:
    """Return those in a state; `open` are all that are neither done nor cancelled, nothing means all."""
    if state == "open":
        return found.filter(state__in=OPEN)
    return found.filter(state=state) if state in set(HomeVisitState) else found


def waiting_for(actor: Actor, on: date, limit: int) -> list[HomeVisit]:
    """Return what waits for a day, what somebody goes to until a day, and what nobody goes to any more.

    Whoever set the day may be ill: all who serve there see it then, and at once if her account was closed.
    """
    here = visible_home_visits(actor)
    planned = here.filter(state=HomeVisitState.PLANNED)
    goers = {one for one in planned.values_list("goes_id", flat=True).distinct() if one is not None}
    wanted = (
        Q(state__in=(HomeVisitState.ASKED, HomeVisitState.AWAY))
        | Q(state=HomeVisitState.PLANNED, visit_on__lte=on)
        | Q(state=HomeVisitState.PLANNED, goes_id__in=goers - open_among(goers))
    )
    found = here.filter(wanted)
    return list(found.order_by(F("visit_on").asc(nulls_first=True), "pk")[:limit])


def when_words(row: HomeVisit, language: str) -> str:
    """Return day and half in the words of whoever is told."""
    with translation.override(language):
        return f"{day_short(row.visit_on)} {HALF_WORDS[Half(row.half)]}" if row.visit_on else ""
