"""Reads of what people receive or hold: at a place in a month, of one person, and what is asked to stop."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import Benefit
from linli.offerings.states import BenefitState
from linli.people.queries.persons import ids_of_one

LIVE = (BenefitState.RUNNING.value, BenefitState.ASKED.value)
LONGEST_ASKED, FIRST_TO_END = Keyset("asked", ("cause_on", "pk")), Keyset("ends", ("until", "pk"))


def visible_benefits(actor: Actor) -> QuerySet[Benefit]:
    """Return what people receive where the actor takes applications in."""
    return Benefit.objects.filter(in_reach(actor, permits.RECEIVE))


def get_benefit(actor: Actor, benefit_id: int) -> Benefit:
    """Return one of them. Refuses with NotFound."""
    found = visible_benefits(actor).filter(pk=benefit_id).first()
    if found is None:
        raise NotFound()
    return found


def benefits_of(actor: Actor, person_id: int) -> list[Benefit]:
    """Return what somebody receives or received, what runs first, as far as the actor sees it."""
    found = visible_benefits(actor).filter(person_id__in=ids_of_one(person_id))
    return sorted(found, key=lambda one: (one.state not in LIVE, -one.since.toordinal(), one.pk))


def ending_at(path: str, first: date, last: date) -> QuerySet[Benefit]:
    """Return what runs at a place and ends between two days, the first to end first."""
    found = Benefit.objects.filter(
        path__startswith=path, state=BenefitState.RUNNING.value, until__range=(first, last)
    )
    return found.order_by(*FIRST_TO_END.columns)


def asked_to_stop(actor: Actor, path: str = "") -> QuerySet[Benefit]:
    """Return what is asked to stop where the actor decides on it, the longest asked first."""
    found = visible_benefits(actor).filter(state=BenefitState.ASKED.value)
    return found.filter(path__startswith=path).order_by(*LONGEST_ASKED.columns)


def waiting_count(actor: Actor, on: date) -> int:
    """Return how many wait for a decision, as the desk lists them: the number beside its entry."""
    return asked_to_stop(actor).count()
