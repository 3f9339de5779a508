"""A row on its way into the register, and what it says in the register's words."""

from __future__ import annotations

from dataclasses import dataclass

from linli.people.queries.scopes import Node
from linli.people.services.mass.matching import Fate
from linli.people.types import ContactKind, HouseholdKind, PersonRow, Relation


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row, its village, what becomes of it, and where it lives."""

    row: PersonRow
    node: Node
    fate: Fate
    person_id: int
    dwelling_id: int | None = None
    household_id: int | None = None


def contacts_of(row: PersonRow) -> list[tuple[str, str]]:
    """Return what a row says about how to reach somebody, and where her hukou is."""
    given = ((ContactKind.PHONE, row.phone), (ContactKind.HUKOU_ADDRESS, row.hukou_address))
    return [(kind.value, value) for kind, value in given if value]


def relation_of(row: PersonRow) -> str:
    """Return what somebody is in the household; in a dormitory everybody is a room-mate."""
    if row.relation:
        return row.relation
    is_shared = row.household_kind == HouseholdKind.COLLECTIVE
    return (Relation.ROOMMATE if is_shared else Relation.OTHER).value


def is_head(row: PersonRow) -> bool:
    """Say whether a row names the head of its household."""
    return relation_of(row) == Relation.HEAD
