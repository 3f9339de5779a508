"""Turning the drawn people of one village into rows for every table of the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat

import numpy as np

from linli.people.clients.tables import Words
from linli.people.queries.scopes import Node
from linli.people.rules import crowd as crowds
from linli.people.rules import fiction
from linli.people.rules.addresses import address_key
from linli.people.rules.city import VillageSize
from linli.people.rules.crowd import Crowd, Flags
from linli.people.rules.documents import DocumentKind
from linli.people.rules.names import name_key, name_terms
from linli.people.services.mass import bulk
from linli.people.services.mass.homes import place_of
from linli.people.services.mass.vault_rows import sealed_contacts, sealed_documents
from linli.people.types import Basis, ContactKind, DwellingKind, HouseholdKind, PartyRole, Standing

SLICE = 5000
PHONE_AGE = 12
SHARE_WITH_PERMIT, SHARE_OWN_HUKOU, SHARE_OWN_OTHERS = 0.45, 0.9, 0.2
BEDS = 8
Day = np.datetime64


@dataclass(frozen=True)
class Village:
    """One drawn village: arrays over its people, lists over its households."""

    node: Node
    size: VillageSize
    crowd: Crowd
    names: list[str]
    born: np.ndarray[tuple[int], np.dtype[Day]]
    numbers: list[str]
    since: np.ndarray[tuple[int], np.dtype[Day]]
    has_permit: Flags
    permit_until: np.ndarray[tuple[int], np.dtype[Day]]
    homes: list[tuple[str, str, str]]
    there: int

    def slices(self) -> Iterator[tuple[int, int]]:
        """Cut the people where a household begins."""
        firsts = np.flatnonzero(np.diff(self.crowd.household, prepend=-1))
        start = 0
        while start < self.size.people:
            later = firsts[firsts >= start + SLICE]
            end = int(later[0]) if len(later) else self.size.people
            yield start, end
            start = end


class VillageMaker:
    """Draws villages, and makes rows of their people."""

    def __init__(self, model: crowds.Model, words: Words, as_of: date, now: datetime) -> None:
        self.model, self.words, self.now = model, words, now
        self.as_of = Day(as_of)
        hukou, others = words.families["hukou"], words.families["non_hukou"]
        self.family_names = np.array([*hukou[0], *others[0]])
        self.shares = fiction.running_shares(hukou[1]), fiction.running_shares(others[1])
        self.landlords: list[int] = []

    def draw(
        self, node: Node, size: VillageSize, random: np.random.Generator, *, prefix: int, there: int
    ) -> Village:
        """Draw who lives in a village, what they are called and where they live.

        `there` dwellings stand in it already.
        """
        crowd = crowds.draw(self.model, size.people, random)
        born = self.as_of - (crowd.age * crowds.YEAR).astype("timedelta64[D]")
        stay = np.minimum(-np.log1p(-random.random(size.people)) * 6, crowd.age)
        stay = np.where(crowd.is_hukou, crowd.age, stay)
        self.landlords = []
        return Village(
            node,
            size,
            crowd,
            self._names(crowd, born, random),
            born,
            fiction.numbers(prefix, born, crowd.is_male),
            self.as_of - (stay * crowds.YEAR).astype("timedelta64[D]"),
            ~crowd.is_hukou
            & ~crowd.is_collective
            & (random.random(size.people) < SHARE_WITH_PERMIT),
            self.as_of + (random.random(size.people) * 365).astype("timedelta64[D]"),
            self._homes(crowd, random, there),
            there,
        )

    def _names(self, crowd: Crowd, born: object, random: np.random.Generator) -> list[str]:
        family = self.family_names[fiction.families(crowd, *self.shares, random)]
        years = np.asarray(born).astype("datetime64[Y]").astype(np.int64) + 1970
        decade = fiction.decades(years).tolist()
        chance = random.random(len(family)).tolist()
        given = self.words.given
        return [
            name + (options := given[when, "male" if man else "female"])[int(luck * len(options))]
            for name, when, man, luck in zip(
                family.tolist(), decade, crowd.is_male.tolist(), chance, strict=True
            )
        ]

    def _homes(
        self, crowd: Crowd, random: np.random.Generator, there: int
    ) -> list[tuple[str, str, str]]:
        """Return (kind, address, employer) of each household's dwelling."""
        roads = fiction.roads_of(self.words.roads, random)
        firsts = np.flatnonzero(np.diff(crowd.household, prepend=-1))
        own = random.random(len(firsts)) < np.where(
            crowd.is_hukou[firsts], SHARE_OWN_HUKOU, SHARE_OWN_OTHERS
        )
        works = self.words.roads["factory"]
        homes, rooms = [], there
        # behind the last building of each road
        flats = -(-there // len(roads)) * len(roads) + len(roads) * bool(there)
        for shared, is_own in zip(crowd.is_collective[firsts].tolist(), own.tolist(), strict=True):
            if shared:
                employer, address = fiction.dormitory(works, rooms)
                homes.append((DwellingKind.DORMITORY.value, address, employer))
                rooms += 1
            else:
                kind = DwellingKind.OWN if is_own else DwellingKind.LET
                homes.append((kind.value, fiction.home(roads, flats), ""))
                flats += 1
        return homes

    def add(self, batch: bulk.Batch, village: Village, start: int, end: int) -> None:
        """Add the rows of one slice."""
        people = slice(start, end)
        persons = bulk.reserve("person", end - start)
        household = village.crowd.household[people]
        first, last = int(household[0]), int(household[-1]) + 1
        dwellings = bulk.reserve("dwelling", last - first)
        households = bulk.reserve("household", last - first)
        self._add_homes(batch, village, range(first, last), dwellings, households)
        self._add_people(batch, village, people, persons, [dwellings[i] for i in household - first])
        relations = [crowds.RELATIONS[i] for i in village.crowd.relation[people].tolist()]
        batch.members += zip(
            [households[i] for i in household - first], persons, relations, repeat(""),
            village.since[people].tolist(),
        )  # fmt: skip
        heads = village.crowd.is_hukou[people] & (village.crowd.relation[people] == crowds.HEAD)
        self.landlords += [persons[i] for i in np.flatnonzero(heads).tolist()]
        self._add_parties(batch, village, range(first, last), dwellings)
        self._add_vault(batch, village, people, persons)

    def _add_homes(
        self, batch: bulk.Batch, village: Village, which: range,
        dwellings: list[int], households: list[int],
    ) -> None:  # fmt: skip
        place = place_of(village.node)
        shared = village.homes
        for number, dwelling, household in zip(which, dwellings, households, strict=True):
            kind, address, employer = shared[number]
            is_room = kind == DwellingKind.DORMITORY
            batch.dwellings.append(
                (dwelling, *place, address, address_key(address), kind,
                 BEDS if is_room else None, employer, self.now)
            )  # fmt: skip
            sort = HouseholdKind.COLLECTIVE if is_room else HouseholdKind.FAMILY
            batch.households.append(
                (household, *place, sort.value, f"{'JT' if is_room else 'HU'}{village.there + number + 1:06d}",
                 employer, dwelling, None)
            )  # fmt: skip

    def _add_parties(
        self, batch: bulk.Batch, village: Village, which: range, dwellings: list[int]
    ) -> None:
        """Let dwellings belong to heads of families with local hukou."""
        for number, dwelling in zip(which, dwellings, strict=True):
            if village.homes[number][0] == DwellingKind.LET and self.landlords:
                landlord = self.landlords[number % len(self.landlords)]
                batch.parties.append((dwelling, PartyRole.LANDLORD.value, landlord))

    def _add_people(
        self, batch: bulk.Batch, village: Village, people: slice,
        persons: list[int], dwellings: list[int],
    ) -> None:  # fmt: skip
        crowd, names = village.crowd, village.names[people]
        sexes = np.where(crowd.is_male[people], "male", "female").tolist()
        born = village.born[people].tolist()
        batch.persons += zip(
            persons, names, repeat(""), sexes, born, repeat(True), repeat(self.now)
        )
        permit = village.has_permit[people]
        basis = np.select(
            [crowd.is_hukou[people], crowd.is_collective[people], permit],
            [Basis.HUKOU.value, Basis.EMPLOYER.value, Basis.RESIDENCE_PERMIT.value],
            Basis.DECLARED.value,
        ).tolist()
        until = [
            day if given else None
            for day, given in zip(
                village.permit_until[people].tolist(), permit.tolist(), strict=True
            )
        ]
        standing = np.where(
            crowd.is_hukou[people], Standing.REGISTERED.value, Standing.NON_LOCAL.value
        ).tolist()
        employers = [village.homes[i][2] for i in crowd.household[people].tolist()]
        batch.residencies += zip(
            persons, dwellings, *map(repeat, place_of(village.node)), repeat(""), standing, basis,
            until, employers, village.since[people].tolist(), repeat(None),
            [name_key(name) for name in names], sexes, born,
        )  # fmt: skip
        ids = place_of(village.node)[1:]
        batch.terms += [
            (term, *ids, person)
            for person, name in zip(persons, names, strict=True)
            for term in name_terms(name)
        ]

    def _add_vault(
        self, batch: bulk.Batch, village: Village, people: slice, persons: list[int]
    ) -> None:
        batch.documents += sealed_documents(
            persons, repeat(DocumentKind.RESIDENT_ID.value), village.numbers[people]
        )
        old = np.flatnonzero(village.crowd.age[people] >= PHONE_AGE).tolist()
        start = village.size.before + people.start
        batch.contacts += sealed_contacts(
            [persons[i] for i in old],
            repeat(ContactKind.PHONE.value),
            [fiction.phone(start + i) for i in old],
        )
