"""Who may be seen, and one person's entry as a whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.people import permits
from linli.people.models import (
    DwellingParty,
    HouseholdMember,
    Person,
    Residency,
    RollEntry,
)
from linli.people.queries.scopes import branches

ASKED = """
SELECT p.id, e.id FROM people_person p
  JOIN people_person e ON e.id = coalesce(p.merged_into_id, p.id)
    OR e.merged_into_id = coalesce(p.merged_into_id, p.id)
 WHERE p.id = ANY(%s)
"""
# what is for staff with an entry, were it their own
OF_STAFF = (permits.EDIT, permits.ERASE)


def visible_residencies(
    actor: Actor, permit: Permit = permits.VIEW, *, at: str = ""
) -> QuerySet[Residency]:
    """Residencies, past ones too, at places where the actor holds the permit."""
    seen = Q(pk__in=[])
    for branch in branches(actor, permit, at=at):
        seen |= Q(**{branch.column: branch.id})
    return Residency.objects.filter(seen, is_shadowed=False)


def entries_of_one(person_id: int) -> QuerySet[Person, int]:
    """Return the entries that are this person, for use inside another read: no read of its own.

    `person_id` is any of them: what is asked later may come of an entry that was joined meanwhile.
    """
    current = Subquery(
        Person.objects.filter(pk=person_id).values_list(Coalesce("merged_into_id", "pk"))
    )
    return Person.objects.filter(Q(pk=current) | Q(merged_into_id=current)).values_list(
        "pk", flat=True
    )


def may_see_person(actor: Actor, person_id: int, permit: Permit = permits.VIEW) -> bool:
    """Say whether somebody is the actor herself or has lived where the actor holds the permit."""
    return person_id == actor.person_id or holds_for(actor, person_id, permit)


def holds_for(actor: Actor, person_id: int, permit: Permit) -> bool:
    """Say whether somebody has lived where the actor holds the permit; oneself is no exception."""
    if actor.is_system:
        return True
    return visible_residencies(actor, permit).filter(person_id=person_id).exists()


def place_for(actor: Actor, permit: Permit, person_id: int) -> str:
    """Return where an actor would act on somebody: a place that allows it, else where she lives."""
    lives = Residency.objects.filter(person_id=person_id, is_shadowed=False)
    paths = list(lives.order_by("-until", "-pk").values_list("path", flat=True))
    allowed = (path for path in paths if actor.may(permit, at=path))
    return next(allowed, paths[0] if paths else "")


def get_person(actor: Actor, person_id: int, permit: Permit = permits.VIEW) -> Person:
    """Return one person; of two joined entries the one that was kept. Refuses with NotFound."""
    person = Person.objects.filter(pk=person_id).select_related("merged_into").first()
    if person is None:
        raise NotFound()
    if person.merged_into is not None:
        person = person.merged_into
    own = actor.person_id is not None and actor.person_id in (person.pk, person_id)
    if not (own and permit not in OF_STAFF) and not holds_for(actor, person.pk, permit):
        raise NotFound()
    return person


def current_id(person_id: int) -> int:
    """Return the entry that stands for this person today: itself, or the one it was joined to."""
    into = Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
    return into or person_id


def is_dead(person_id: int) -> bool:
    """Say whether a death is entered for the entry that stands for somebody today."""
    return Person.objects.filter(pk=current_id(person_id), died_on__isnull=False).exists()


def ids_of_one(person_id: int) -> list[int]:
    """Return every entry that is this person. What hangs on a joined entry keeps pointing to it."""
    current = current_id(person_id)
    joined = Person.objects.filter(merged_into_id=current).values_list("pk", flat=True)
    return [current, *joined]


def entries_of(person_id: int | None) -> list[int]:
    """Return every entry that is this person, none where nobody is known."""
    return [] if person_id is None else ids_of_one(person_id)


def current_ids(person_ids: Collection[int]) -> dict[int, int]:
    """Return for each of these entries the one that stands for her today; one query."""
    found = Person.objects.filter(pk__in=person_ids)
    now = {pk: into or pk for pk, into in found.values_list("pk", "merged_into_id")}
    return {pk: now.get(pk, pk) for pk in person_ids}


def asked_by_entry(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Return each entry of these people with the asked ids that are the same person; one query."""
    asked = {pk: {pk} for pk in person_ids}
    found = sql.tuples("people.asked_by_entry", ASKED, [list(asked)]) if asked else []
    for one, entry in found:
        asked.setdefault(entry, set()).add(one)
    return asked


def joined_to(person_ids: Collection[int]) -> dict[int, int]:
    """Return the entries that were joined to others → the one that was kept; one query."""
    joined = Person.objects.filter(merged_into_id__in=person_ids)
    return {pk: into for pk, into in joined.values_list("pk", "merged_into_id") if into}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register holds on one person, as far as the actor may see it. No vault data."""

    person: Person
    residencies: list[Residency]
    memberships: list[HouseholdMember]
    answers_for: list[DwellingParty]
    rolls: list[RollEntry]

    @property
    def home(self) -> Residency | None:
        """Return the residency that counts today."""
        return next((row for row in self.residencies if row.until is None), None)


def entry_of(actor: Actor, person: Person) -> Entry:
    """Return a person's entry; residencies elsewhere stay hidden from those who do not see there."""
    own = actor.person_id == person.pk
    lives = Residency.objects.all() if own else visible_residencies(actor)
    rolls = RollEntry.objects.all() if own else _visible_entries(actor)
    residencies = lives.filter(person=person).select_related("dwelling")
    paths = Q(household__village_id__in={row.village_id for row in residencies})
    return Entry(
        person,
        sorted(residencies, key=lambda row: (row.until is not None, -row.pk)),
        list(
            HouseholdMember.objects.filter(paths, person=person)
            .select_related("household", "household__dwelling")
            .order_by("until", "pk")
        ),
        list(
            DwellingParty.objects.filter(
                person=person, dwelling__village_id__in={row.village_id for row in residencies}
            ).select_related("dwelling")
        ),
        list(rolls.filter(person=person).select_related("roll").order_by("roll__kind", "pk")),
    )


def _visible_entries(actor: Actor) -> QuerySet[RollEntry]:
    seen = Q(pk__in=[])
    for branch in branches(actor, permits.VIEW_ROLLS):
        seen |= Q(**{f"roll__{branch.column}": branch.id})
    return RollEntry.objects.filter(seen)
