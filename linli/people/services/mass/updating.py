"""What a new list changes about people who are known: only what it says, never what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.kernel import sealing, sql
from linli.people.services.mass import bulk
from linli.people.services.mass.arrivals import Arrival, contacts_of
from linli.people.services.mass.memberships import join_households
from linli.people.services.mass.vault_rows import VALUE_PURPOSE, sealed_contacts


@dataclass(frozen=True, slots=True)
class Living:
    """An open residency of somebody known."""

    id: int
    person_id: int
    village_id: int
    group: str
    standing: str
    basis: str
    basis_until: date | None
    employer: str
    since: date | None
    dwelling_id: int | None


@dataclass(frozen=True, slots=True)
class Left:
    """A residency that a list has ended."""

    person_id: int
    path: str
    until: date
    residency_id: int


_LIVING = """
SELECT id, person_id, village_id, "group", standing, basis, basis_until, employer, since, dwelling_id
FROM people_residency
WHERE person_id = ANY(%s::int8[]) AND until IS NULL AND NOT is_shadowed
"""
_CHANGE_LIVING = """
UPDATE people_residency AS r
SET "group" = n."group", standing = n.standing, basis = n.basis, basis_until = n.basis_until,
    employer = n.employer, since = n.since, dwelling_id = n.dwelling_id, version = r.version + 1
FROM unnest(%s::int8[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::date[],
            %s::int8[])
  AS n (id, "group", standing, basis, basis_until, employer, since, dwelling_id)
WHERE r.id = n.id
"""


def update_known(
    known: Sequence[Arrival], batch: bulk.Batch, *, today: date, now: datetime
) -> set[int]:
    """Write what differs, and return the persons for whom anything did."""
    if not known:
        return set()
    persons = [arrival.person_id for arrival in known]
    living = {
        (row.person_id, row.village_id): row
        for row in sql.rows("people.living", _LIVING, [persons], into=Living)
    }
    changes = [
        change
        for arrival in known
        if (row := living.get((arrival.person_id, arrival.node.id)))
        and (change := _changed(row, arrival))
    ]
    if changes:
        sql.execute(
            "people.change_living", _CHANGE_LIVING, [list(c) for c in zip(*changes, strict=True)]
        )
    touched = {row.person_id for row in living.values() if row.id in {c[0] for c in changes}}
    touched |= join_households(known, batch, today)
    touched |= _contacts(known, batch, today)
    _document_ends(known)
    return touched


def _changed(row: Living, arrival: Arrival) -> tuple[Any, ...] | None:
    """Return the residency as the list has it; None if nothing differs."""
    new = arrival.row
    now = (
        row.group, row.standing, row.basis, row.basis_until, row.employer, row.since, row.dwelling_id
    )  # fmt: skip
    wanted = (
        new.group or row.group, new.standing, new.basis, new.permit_until or row.basis_until,
        new.employer or row.employer, new.since or row.since, arrival.dwelling_id or row.dwelling_id,
    )  # fmt: skip
    return None if now == wanted else (row.id, *wanted)


_CONTACTS = """
SELECT person_id, kind, coalesce(value_index, value_index_next) FROM people_contact
WHERE person_id = ANY(%s::int8[]) AND until IS NULL
"""
_END_CONTACTS = """
UPDATE people_contact AS c SET until = %s
FROM unnest(%s::int8[], %s::text[]) AS n (person_id, kind)
WHERE c.person_id = n.person_id AND c.kind = n.kind AND c.until IS NULL
"""


def _contacts(known: Sequence[Arrival], batch: bulk.Batch, today: date) -> set[int]:
    """A list that names another telephone replaces the one before."""
    given = [(a.person_id, kind, value) for a in known for kind, value in contacts_of(a.row)]
    if not given:
        return set()
    persons = [person for person, _kind, _value in given]
    held = {
        (person, kind, bytes(index))
        for person, kind, index in sql.tuples("people.contacts", _CONTACTS, [persons])
    }
    pairs = sealing.blind_many([value for _p, _k, value in given], purpose=VALUE_PURPOSE)
    new = [
        entry
        for entry, pair in zip(given, pairs, strict=True)
        if not any((entry[0], entry[1], index) in held for index in pair if index)
    ]
    if not new:
        return set()
    who, kinds, values = (list(column) for column in zip(*new, strict=True))
    sql.execute("people.end_contacts", _END_CONTACTS, [today, who, kinds])
    batch.contacts += sealed_contacts(who, kinds, values)
    return set(who)


_ENDS = """
UPDATE people_persondocument AS d SET valid_until = n.valid_until
FROM unnest(%s::int8[], %s::text[], %s::date[]) AS n (person_id, kind, valid_until)
WHERE d.person_id = n.person_id AND d.kind = n.kind AND d.until IS NULL
  AND d.valid_until IS DISTINCT FROM n.valid_until
"""


def _document_ends(known: Sequence[Arrival]) -> None:
    named = [(a.person_id, a.row.kind, a.row.document_until) for a in known if a.row.document_until]
    if named:
        sql.execute("people.document_ends", _ENDS, [list(c) for c in zip(*named, strict=True)])


_LEFT_BEFORE = """
SELECT DISTINCT r.person_id, r.village_id
FROM unnest(%s::int8[], %s::int8[], %s::date[]) AS n (person_id, village_id, since)
JOIN people_residency AS r ON r.person_id = n.person_id AND r.village_id = n.village_id
WHERE r.until IS NOT NULL AND NOT r.is_shadowed AND (n.since IS NULL OR n.since <= r.until)
"""


def left_before(gone: Sequence[Arrival]) -> set[tuple[int, int]]:
    """Return (person, village) of rows that say once more that somebody left; they change nothing."""
    if not gone:
        return set()
    rows = zip(*((a.person_id, a.node.id, a.row.since) for a in gone), strict=True)
    found = sql.tuples("people.left_before", _LEFT_BEFORE, [list(column) for column in rows])
    return {(int(person), int(village)) for person, village in found}


_LEAVE = """
UPDATE people_residency AS r SET until = n.until, version = r.version + 1
FROM unnest(%s::int8[], %s::int8[], %s::date[]) AS n (person_id, village_id, until)
WHERE r.person_id = n.person_id AND r.village_id = n.village_id AND r.until IS NULL
RETURNING r.person_id, r.path, r.until, r.id, r.is_shadowed
"""
# one that began later ends as it began
_LEAVE_HOMES = """
UPDATE people_householdmember AS m SET until = greatest(m.since, n.until)
FROM unnest(%s::int8[], %s::int8[], %s::date[]) AS n (person_id, village_id, until),
     people_household AS h
WHERE m.person_id = n.person_id AND h.id = m.household_id AND h.village_id = n.village_id
  AND m.until IS NULL
"""


def end_residencies(left: Sequence[Arrival]) -> list[Left]:
    """Somebody whom a list calls gone has left on that day, also the household; return who did."""
    if not left:
        return []
    rows = zip(*((a.person_id, a.node.id, a.row.until) for a in left), strict=True)
    columns = [list(column) for column in rows]
    ended = sql.tuples("people.leave", _LEAVE, columns)
    sql.execute("people.leave_homes", _LEAVE_HOMES, columns)
    return [Left(*row[:4]) for row in ended if not row[4]]
