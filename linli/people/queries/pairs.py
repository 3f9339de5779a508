"""The queue of pairs that may be one person."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.kernel import scope
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, system_actor
from linli.people import permits
from linli.people.models import DuplicatePair, Person, PersonDocument, Residency
from linli.people.queries.scopes import branches
from linli.people.rules.documents import DocumentKind
from linli.people.rules.joining import Side, better
from linli.people.states import PairState


def visible_pairs(actor: Actor, *, at: str = "") -> QuerySet[DuplicatePair]:
    """Pairs that lie where the actor may join entries: both of them are hers to see."""
    seen = Q(pk__in=[])
    for branch in branches(actor, permits.MERGE, at=at):
        seen |= Q(**{branch.column: branch.id})
    return DuplicatePair.objects.filter(seen).select_related("one", "other")


def get_pair(actor: Actor, pair_id: int) -> DuplicatePair:
    """Return one pair. Refuses with NotFound."""
    pair = visible_pairs(actor).filter(pk=pair_id).first()
    if pair is None:
        raise NotFound()
    return pair


def are_compared(ones: Collection[int], others: Collection[int]) -> bool:
    """Say whether entries of two people wait for somebody to say whether they are one."""
    sides = Q(one__in=ones, other__in=others) | Q(one__in=others, other__in=ones)
    return DuplicatePair.objects.filter(sides, state=PairState.OPEN).exists()


def side_of(person: Person) -> Side:
    """Return what decides whether an entry can be another one's. The caller runs as the system."""
    cards = PersonDocument.objects.filter(
        person=person, kind=DocumentKind.RESIDENT_ID, until__isnull=True
    ).values_list("number_index", "number_index_next")
    return Side(
        person.pk,
        person.born_on,
        person.sex,
        frozenset(bytes(index) for pair in cards for index in pair if index),
        person.merged_into_id is not None,
    )


def locked(pair: DuplicatePair) -> QuerySet[Person]:
    """Return both entries of a pair, locked in the order of their numbers."""
    ids = [pair.one_id, pair.other_id]
    return Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")


def villages_of(*persons: int) -> set[int]:
    """Return the villages where these entries live or lived."""
    lives = Residency.objects.filter(person_id__in=persons)
    return set(lives.values_list("village_id", flat=True))


def suggested_to_keep(pair: DuplicatePair) -> int:
    """Return the entry of a pair that is better kept."""
    with scope.acting(system_actor("people.compare")), transaction.atomic():
        return better(side_of(pair.one), side_of(pair.other))
