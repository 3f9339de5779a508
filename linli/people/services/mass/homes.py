"""Dwellings and households that rows of a list name: found, or made, once for many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.kernel import sql
from linli.people.queries.scopes import Node
from linli.people.rules.addresses import address_key
from linli.people.services.mass import bulk
from linli.people.types import DwellingKind, HouseholdKind, PersonRow, Standing

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A row that is there already."""

    id: int
    village_id: int
    key: str


_DWELLINGS = """
SELECT d.id, d.village_id, d.address_key AS key FROM people_dwelling AS d
JOIN unnest(%s::int8[], %s::text[]) AS w (village_id, key)
  ON d.village_id = w.village_id AND d.address_key = w.key
"""
_HOUSEHOLDS = """
SELECT h.id, h.village_id, h.number AS key FROM people_household AS h
JOIN unnest(%s::int8[], %s::text[]) AS w (village_id, key)
  ON h.village_id = w.village_id AND h.number = w.key
WHERE h.until IS NULL
"""


def home_address(row: PersonRow) -> str:
    """Return where a row says that somebody lives; of a dormitory, works and room."""
    if row.address:
        return row.address if not row.room else f"{row.address}{row.room}"
    return f"{row.employer}{row.room}" if row.room and row.employer else ""


def household_number(row: PersonRow) -> str:
    """Return the number of the household; people of one dormitory room are one household."""
    if row.household or row.household_kind != HouseholdKind.COLLECTIVE:
        return row.household
    return home_address(row)[:40]


def dwellings_for(
    rows: Iterable[tuple[PersonRow, Node]], batch: bulk.Batch, now: datetime
) -> dict[Key, int]:
    """Return the dwelling of each (village, address key), adding those that are not there yet."""
    wanted: dict[Key, tuple[PersonRow, Node]] = {}
    for row, node in rows:
        address = home_address(row)
        if address:
            wanted.setdefault((node.id, address_key(address)), (row, node))
    known = _known("people.dwellings", _DWELLINGS, wanted)
    missing = [key for key in wanted if key not in known]
    for key, dwelling in zip(missing, bulk.reserve("dwelling", len(missing)), strict=True):
        row, node = wanted[key]
        known[key] = dwelling
        batch.dwellings.append(
            (
                dwelling,
                *place_of(node),
                home_address(row),
                key[1],
                _kind(row),
                None,
                row.employer,
                now,
            )
        )
    return known


def households_for(
    rows: Iterable[tuple[PersonRow, Node]],
    batch: bulk.Batch,
    dwellings: dict[Key, int],
) -> dict[Key, int]:
    """Return the household of each (village, number), adding those that are not there yet."""
    wanted: dict[Key, tuple[PersonRow, Node]] = {}
    for row, node in rows:
        number = household_number(row)
        if number:
            wanted.setdefault((node.id, number), (row, node))
    known = _known("people.households", _HOUSEHOLDS, wanted)
    missing = [key for key in wanted if key not in known]
    for key, household in zip(missing, bulk.reserve("household", len(missing)), strict=True):
        row, node = wanted[key]
        known[key] = household
        dwelling = dwellings.get((node.id, address_key(home_address(row))))
        batch.households.append(
            (household, *place_of(node), row.household_kind, key[1], row.employer, dwelling, None)
        )
    return known


def _known(name: str, statement: str, wanted: Iterable[Key]) -> dict[Key, int]:
    keys = list(wanted)
    if not keys:
        return {}
    columns = [[key[0] for key in keys], [key[1] for key in keys]]
    return {
        (row.village_id, row.key): row.id for row in sql.rows(name, statement, columns, into=Known)
    }


def _kind(row: PersonRow) -> str:
    if row.dwelling_kind:
        return row.dwelling_kind
    own = row.standing == Standing.REGISTERED
    return (DwellingKind.OWN if own else DwellingKind.LET).value


def place_of(node: Node) -> tuple[str, int, int, int]:
    """Return the columns that say where a head is."""
    assert node.town_id is not None, "people live in villages"
    return node.path, node.city_id, node.town_id, node.id
