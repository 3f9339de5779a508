"""What a death ended goes on when it was entered by mistake, unless somebody took that place."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from linli.people.models import HouseholdMember, Residency
from linli.people.types import Relation


def reopen(person_id: int, died_on: date) -> None:
    """Let the residencies and memberships that a death ended go on.

    The caller holds the lock on the person.
    """
    days = _reopen_residencies(person_id)
    ended = HouseholdMember.objects.filter(
        Q(until__in={died_on, *days}) | Q(until=F("since"), since__gte=min({died_on, *days})),
        person_id=person_id,
    )  # one that had begun later ended on the day on which it began
    for row in ended.order_by("-pk"):
        reopen_membership(row)


def reopen_membership(row: HouseholdMember) -> None:
    """Let a membership go on, unless the household is dissolved or somebody else took the place."""
    there = HouseholdMember.objects.filter(household=row.household_id, until__isnull=True)
    in_that_place = Q(person=row.person_id)
    if row.relation == Relation.HEAD:
        in_that_place |= Q(relation=Relation.HEAD.value)
    if row.household.until is None and not there.filter(in_that_place).exists():
        row.until = None
        row.save(update_fields=["until"])


def _reopen_residencies(person_id: int) -> set[date]:
    """Let the residencies that the death ended go on; return the days on which they had ended.

    Where she was entered anew meanwhile, that one stands.
    """
    hers = Residency.objects.filter(person_id=person_id)
    anew = hers.filter(until__isnull=True, is_shadowed=False)
    taken, days = set(anew.values_list("village_id", flat=True)), set[date]()
    for row in hers.filter(ended_because="died", until__isnull=False).order_by("-until", "-pk"):
        assert row.until is not None, "it has ended"
        days.add(row.until)
        if row.is_shadowed or row.village_id not in taken:
            taken.add(row.village_id)
            row.until, row.ended_because, row.version = None, "", row.version + 1
            row.save(update_fields=["until", "ended_because", "version"])
    return days
