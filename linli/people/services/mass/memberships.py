"""Who belongs to which household, when a list names households of people who are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.kernel import sql
from linli.people.services.mass import bulk
from linli.people.services.mass.arrivals import Arrival, relation_of
from linli.people.types import Relation


@dataclass(frozen=True, slots=True)
class Member:
    """An open membership of somebody known."""

    id: int
    household_id: int
    person_id: int
    village_id: int
    kind: str
    relation: str
    bed: str


_MEMBERS = """
SELECT m.id, m.household_id, m.person_id, h.village_id, h.kind, m.relation, m.bed
FROM people_householdmember AS m JOIN people_household AS h ON h.id = m.household_id
WHERE m.person_id = ANY(%s::int8[]) AND m.until IS NULL
"""
_END_MEMBERS = "UPDATE people_householdmember SET until = %s WHERE id = ANY(%s)"
_CHANGE_MEMBERS = """
UPDATE people_householdmember AS m SET relation = n.relation, bed = n.bed
FROM unnest(%s::int8[], %s::text[], %s::text[]) AS n (id, relation, bed) WHERE m.id = n.id
"""


def join_households(known: Sequence[Arrival], batch: bulk.Batch, today: date) -> set[int]:
    """Put people into the household that the list names; in one village one of each kind."""
    named = [arrival for arrival in known if arrival.household_id]
    if not named:
        return set()
    open_: dict[int, list[Member]] = {}
    for row in sql.rows("people.members", _MEMBERS, [[a.person_id for a in named]], into=Member):
        open_.setdefault(row.person_id, []).append(row)
    ended: list[Member] = []
    changed: list[tuple[int, str, str]] = []
    touched: set[int] = set()
    for arrival in named:
        rows = open_.get(arrival.person_id, [])
        same = next((row for row in rows if row.household_id == arrival.household_id), None)
        change = _settle(arrival, same, batch)
        changed += change
        left = [row for row in rows if row is not same and _is_same_sort(row, arrival)]
        ended += left
        if same is None or change or left:
            touched.add(arrival.person_id)
    if ended:
        sql.execute("people.end_members", _END_MEMBERS, [today, [row.id for row in ended]])
    if changed:
        columns = [list(column) for column in zip(*changed, strict=True)]
        sql.execute("people.change_members", _CHANGE_MEMBERS, columns)
    return touched


def _settle(arrival: Arrival, same: Member | None, batch: bulk.Batch) -> list[tuple[int, str, str]]:
    """Add a membership, or return what changes in the one that is there."""
    row, relation = arrival.row, relation_of(arrival.row)
    if same is None:
        batch.members.append(
            (arrival.household_id, arrival.person_id, relation, row.bed, row.since)
        )
        return []
    wanted = (relation if row.relation else same.relation, row.bed or same.bed)
    return [] if wanted == (same.relation, same.bed) else [(same.id, *wanted)]


def _is_same_sort(row: Member, arrival: Arrival) -> bool:
    return row.village_id == arrival.node.id and row.kind == arrival.row.household_kind


_HEADS = """
UPDATE people_householdmember AS m SET relation = %s
FROM unnest(%s::int8[], %s::int8[]) AS n (household_id, person_id)
WHERE m.household_id = n.household_id AND m.person_id <> n.person_id
  AND m.relation = %s AND m.until IS NULL
"""


def demote_heads(heads: Mapping[int, int]) -> None:
    """A newer list names another head: the one before becomes an ordinary member."""
    if heads:
        columns = [list(heads), list(heads.values())]
        sql.execute("people.demote", _HEADS, [Relation.OTHER, *columns, Relation.HEAD])
