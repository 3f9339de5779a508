"""Single things of the register: a household, a dwelling, a residency, and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.people import permits
from linli.people.models import (
    Dwelling,
    DwellingParty,
    Household,
    HouseholdMember,
    Residency,
)
from linli.people.queries.scopes import branches


def seen_at(actor: Actor, permit: Permit) -> Q:
    """Return the condition for heads at places where the actor holds a permit."""
    seen = Q(pk__in=[])
    for branch in branches(actor, permit):
        seen |= Q(**{branch.column: branch.id})
    return seen


def get_household(actor: Actor, household_id: int) -> Household:
    """Return one household. Refuses with NotFound."""
    found = Household.objects.filter(seen_at(actor, permits.VIEW), pk=household_id)
    household = found.select_related("dwelling").first()
    if household is None:
        raise NotFound()
    return household


def members_of(household: Household, *, past: bool = False) -> list[HouseholdMember]:
    """Return who is in a household, the head first."""
    found = HouseholdMember.objects.filter(household=household, until__isnull=not past)
    rows = found.select_related("person").order_by("pk")
    return sorted(rows, key=lambda row: (row.relation != "head", row.pk))


def get_dwelling(actor: Actor, dwelling_id: int) -> Dwelling:
    """Return one dwelling. Refuses with NotFound."""
    dwelling = Dwelling.objects.filter(seen_at(actor, permits.VIEW), pk=dwelling_id).first()
    if dwelling is None:
        raise NotFound()
    return dwelling


@dataclass(frozen=True, slots=True)
class Inside:
    """Who lives in a dwelling, its households, and who answers for it."""

    residents: list[Residency]
    households: list[Household]
    parties: list[DwellingParty]


def inside(dwelling: Dwelling) -> Inside:
    """Return who lives in a dwelling today and who answers for it, the past ones last."""
    lives = Residency.objects.filter(dwelling=dwelling, until__isnull=True, is_shadowed=False)
    return Inside(
        list(lives.select_related("person").order_by("name_key", "pk")),
        list(Household.objects.filter(dwelling=dwelling, until__isnull=True).order_by("number")),
        sorted(
            DwellingParty.objects.filter(dwelling=dwelling).select_related("person"),
            key=lambda row: (row.until is not None, row.role, -row.pk),
        ),
    )


def get_residency(actor: Actor, residency_id: int) -> Residency:
    """Return one residency. Refuses with NotFound."""
    found = Residency.objects.filter(seen_at(actor, permits.VIEW), pk=residency_id)
    row = found.select_related("person", "dwelling").first()
    if row is None:
        raise NotFound()
    return row


def get_member(actor: Actor, member_id: int) -> HouseholdMember:
    """Return one membership. Refuses with NotFound."""
    row = HouseholdMember.objects.filter(pk=member_id).select_related("household", "person").first()
    if row is None:
        raise NotFound()
    get_household(actor, row.household_id)
    return row


def get_party(actor: Actor, party_id: int) -> DwellingParty:
    """Return who answers for a dwelling. Refuses with NotFound."""
    row = DwellingParty.objects.filter(pk=party_id).select_related("dwelling").first()
    if row is None:
        raise NotFound()
    get_dwelling(actor, row.dwelling_id)
    return row
