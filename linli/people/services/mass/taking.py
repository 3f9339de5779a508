"""Taking rows that passed the rules into the register: new people, known ones, and who moved in.

One function for an import of a million and for one form. The caller has checked the permit for
every village, and runs as the system, since a number may be borne by somebody it may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from linli.people.queries.scopes import Node, node_of_code
from linli.people.rules.addresses import address_key
from linli.people.rules.names import name_key, name_terms
from linli.people.services.mass import bulk, homes, updating
from linli.people.services.mass.arrivals import Arrival, contacts_of, is_head, relation_of
from linli.people.services.mass.disputes import dispute
from linli.people.services.mass.matching import Fate, fate_of, holders
from linli.people.services.mass.memberships import demote_heads
from linli.people.services.mass.terms import rebuild_terms
from linli.people.services.mass.vault_rows import sealed_contacts, sealed_documents
from linli.people.types import PersonRow


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of each row, in their order: a word, and the person (0 if refused); and who left."""

    words: list[str]
    persons: list[int]
    left: list[updating.Left]

    def count(self, *words: str) -> int:
        return sum(word in words for word in self.words)


def take_rows(rows: Sequence[PersonRow], *, now: datetime) -> Taken:
    """Take rows into the register; a row whose number bears another name here is left out."""
    assert connection.in_atomic_block, "rows are taken whole or not at all"
    nodes = [_node(row.village) for row in rows]
    found = holders([row.number for row in rows])
    fates = [
        fate_of(row, found.get(row.number), node.id) for row, node in zip(rows, nodes, strict=True)
    ]
    fresh = iter(bulk.reserve("person", sum(fate.word in NEW for fate in fates)))
    arrivals = [
        Arrival(row, node, fate, next(fresh) if fate.word in NEW else _holder_id(fate))
        for row, node, fate in zip(rows, nodes, fates, strict=True)
    ]
    left = _write([arrival for arrival in arrivals if arrival.fate.word != "name_differs"], now)
    words = [arrival.fate.word for arrival in arrivals]
    persons = [0 if a.fate.word == "name_differs" else a.person_id for a in arrivals]
    return Taken(words, persons, left)


def take_one(row: PersonRow, *, now: datetime) -> Taken:
    """Take a single row; if another worker took its number a moment ago, look again."""
    try:
        with transaction.atomic():
            return take_rows([row], now=now)
    except IntegrityError:
        return take_rows([row], now=now)


NEW = frozenset({"new", "disputed"})


def _node(code: str) -> Node:
    node = node_of_code(code)
    assert node is not None and node.level == "village", "the rules let villages through only"
    return node


def _holder_id(fate: Fate) -> int:
    assert fate.holder is not None, "known people have a holder"
    return fate.holder.person_id


def _write(arrivals: list[Arrival], now: datetime) -> list[updating.Left]:
    batch, today = bulk.Batch(), localdate(now)
    over = updating.left_before([a for a in arrivals if a.fate.word == "joined" and a.row.until])
    arrivals = [a for a in arrivals if (a.person_id, a.node.id) not in over]
    placed = _placed(arrivals, batch, now)
    new = [a for a in placed if a.fate.word in NEW]
    moved_in = [a for a in placed if a.fate.word == "joined"]
    known = [a for a in placed if a.fate.holder is not None and a.fate.word != "disputed"]
    batch.persons += [
        (a.person_id, a.row.name, a.row.other_name, a.row.sex, a.row.born_on, False, now)
        for a in new
    ]
    _add_residencies(batch, [*new, *moved_in])
    _add_terms(batch, new)
    _add_vault(batch, new)
    batch.members += [
        (a.household_id, a.person_id, relation_of(a.row), a.row.bed, a.row.since)
        for a in new
        if a.household_id
    ]
    demote_heads({a.household_id: a.person_id for a in placed if a.household_id and is_head(a.row)})
    updating.update_known(known, batch, today=today, now=now)
    bulk.write(batch)
    # who comes back is found here already by the words of her first stay
    if moved_in:
        rebuild_terms({a.person_id for a in moved_in})
    left = updating.end_residencies([a for a in known if a.row.until])
    claims = [
        (a.person_id, a.fate.holder.person_id, a.node.path, a.fate.holder.villages)
        for a in new
        if a.fate.holder
    ]
    dispute(claims, now=now)
    return left


def _placed(arrivals: list[Arrival], batch: bulk.Batch, now: datetime) -> list[Arrival]:
    """Give each row its dwelling and household."""
    pairs = [(a.row, a.node) for a in arrivals]
    dwellings = homes.dwellings_for(pairs, batch, now)
    households = homes.households_for(pairs, batch, dwellings)
    return [
        Arrival(
            a.row, a.node, a.fate, a.person_id,
            dwellings.get((a.node.id, address_key(homes.home_address(a.row)))),
            households.get((a.node.id, homes.household_number(a.row))),
        )
        for a in arrivals
    ]  # fmt: skip


def _add_residencies(batch: bulk.Batch, arrivals: list[Arrival]) -> None:
    batch.residencies += [
        (
            a.person_id, a.dwelling_id, *homes.place_of(a.node), a.row.group, a.row.standing,
            a.row.basis, a.row.permit_until, a.row.employer, a.row.since, a.row.until,
            name_key(a.row.name), a.row.sex, a.row.born_on,
        )
        for a in arrivals
    ]  # fmt: skip


def _add_terms(batch: bulk.Batch, new: list[Arrival]) -> None:
    batch.terms += [
        (term, a.node.city_id, a.node.town_id, a.node.id, a.person_id)
        for a in new
        for term in name_terms(a.row.name, a.row.other_name)
    ]


def _add_vault(batch: bulk.Batch, new: list[Arrival]) -> None:
    batch.documents += sealed_documents(
        [a.person_id for a in new],
        [a.row.kind for a in new],
        [a.row.number for a in new],
        [a.row.document_until for a in new],
        [a.fate.word == "disputed" for a in new],
    )
    given: list[tuple[int, str, str]] = [
        (a.person_id, kind, value) for a in new for kind, value in contacts_of(a.row)
    ]
    if given:
        persons, kinds, values = zip(*given, strict=True)
        batch.contacts += sealed_contacts(persons, kinds, values)
