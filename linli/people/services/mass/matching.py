"""Who bears a document number already: asked for the whole city, told to nobody as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.kernel import sealing, sql
from linli.people.rules.names import same_name
from linli.people.services.mass.vault_rows import NUMBER_PURPOSE
from linli.people.types import PersonRow


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who bears a number, and the villages where she lives now."""

    number_index: bytes
    person_id: int
    name: str
    other_name: str
    villages: list[int]

    def is_called(self, row: PersonRow) -> bool:
        """Say whether a list calls her by a name that the register knows."""
        known = [name for name in (self.name, self.other_name) if name]
        given = [name for name in (row.name, row.other_name) if name]
        return any(same_name(one, other) for one in known for other in given)


_HOLDERS = """
SELECT d.{column} AS number_index, p.id AS person_id, p.name, p.other_name,
       coalesce(array_agg(r.village_id) FILTER (WHERE r.village_id IS NOT NULL), '{{}}') AS villages
FROM people_persondocument AS d
JOIN people_person AS p ON p.id = d.person_id
LEFT JOIN people_residency AS r
  ON r.person_id = p.id AND r.until IS NULL AND NOT r.is_shadowed
WHERE d.{column} = ANY(%s::bytea[]) AND NOT d.is_disputed AND d.until IS NULL
GROUP BY d.{column}, p.id
"""


def number_index(number: str) -> bytes:
    """Return the blind index of a number in the column that is read today."""
    return next(iter(sealing.blind_lookup("number_index", number, purpose=NUMBER_PURPOSE).values()))


def read_column() -> str:
    """Return the index column that is read today; the other one is being filled or emptied."""
    return next(iter(sealing.blind_lookup("number_index", "", purpose=NUMBER_PURPOSE)))


def holders(numbers: Sequence[str]) -> dict[str, Holder]:
    """Return who bears which of these numbers. The caller runs as the system."""
    column = read_column()
    slot = 0 if column == "number_index" else 1
    indexes = {
        pair[slot]: number
        for number, pair in zip(
            numbers, sealing.blind_many(numbers, purpose=NUMBER_PURPOSE), strict=True
        )
    }
    found = sql.rows("people.holders", _HOLDERS.format(column=column), [list(indexes)], into=Holder)
    return {indexes[bytes(holder.number_index)]: holder for holder in found}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a row: new, known, joined, disputed, or refused because of a name."""

    word: str
    holder: Holder | None = None


def fate_of(row: PersonRow, holder: Holder | None, village_id: int) -> Fate:
    """Decide what a row means for the register.

    Here and called otherwise: refused, the clerk sees both and corrects one of them.
    Elsewhere and called so: one register of people, so she gets a second residency.
    Elsewhere and called otherwise: taken as it stands and disputed, so that nobody learns from a
    refusal that the number exists; somebody who may see both decides.
    """
    if holder is None:
        return Fate("new")
    if village_id in holder.villages:
        return Fate("known" if holder.is_called(row) else "name_differs", holder)
    return Fate("joined" if holder.is_called(row) else "disputed", holder)
