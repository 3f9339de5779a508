"""Finding people: by a part of the name, its reading, initials, a number, an address.

Each look-up is an equality on the place and a range over beginnings, so it reads the twenty rows
that it shows, however many people the city has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from linli.kernel import scope, sealing, sql
from linli.kernel.paging import COUNT_LIMIT, bad_cursor, decode_cursor, encode_cursor, page_of_rows
from linli.kernel.permits import Actor
from linli.kernel.wholes import whole_number
from linli.people import permits
from linli.people.queries.scopes import Branch, branches
from linli.people.rules.asked import Asked, read_question

LIMIT = 20
# who lives in a house or a street; more is no search any more
MOST_AT_ADDRESS = COUNT_LIMIT
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """One person that was found, with the residency that the actor may see."""

    branch: int
    term: str
    person_id: int
    name: str
    other_name: str
    sex: str
    born_on: date | None
    is_synthetic: bool
    path: str
    village_id: int
    until: date | None
    standing: str
    group_name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """People found, and where the next ones begin. `count` is known where all were read."""

    items: list[Found]
    next: str | None = None
    count: int | None = None


def find_people(
    actor: Actor, text: str, *, at: str = "", limit: int = LIMIT, cursor: str | None = None
) -> FoundPage:
    """Return people whom the actor may see, at a place or wherever the actor holds the permit.

    A number finds somebody only where the actor may see her: it is not told that it exists.
    """
    asked = read_question(text)
    scopes = branches(actor, permits.VIEW, at=at)
    if not scopes:
        return FoundPage([])
    if asked.numbers:
        return _cut(_by_number(actor, asked, scopes), limit, cursor)
    if asked.address:
        living = _by_address(asked.address, scopes, MOST_AT_ADDRESS)
        if living:
            return _cut(living, limit, cursor)
    villages = [branch for branch in scopes if branch.column == "village_id"] if asked.part else []
    # a list of rows goes on by two values, one of names by three
    goes_on = cursor is not None and len(decode_cursor(cursor)[1]) == 2
    if not (villages and goes_on):
        found = _by_name(asked, scopes, limit, cursor)
        if found.items or cursor or not villages:
            return found
    return _cut(_by_part(asked.part, villages, MOST_AT_ADDRESS), limit, cursor)


def _cut(found: list[Found], limit: int, cursor: str | None) -> FoundPage:
    page = page_of_rows(found, lambda hit: str(hit.person_id), cursor=cursor, limit=limit)
    return FoundPage(page.items, page.next, page.count)


def count_people(actor: Actor, text: str, page: FoundPage, *, at: str = "") -> int:
    """Return how many people are found in all, given one page of them; counted up to COUNT_LIMIT."""
    if page.count is not None:
        return page.count
    return len(find_people(actor, text, at=at, limit=COUNT_LIMIT).items)


_SHOWN = """
SELECT t.branch, t.term, p.id AS person_id, p.name, p.other_name, p.sex, p.born_on,
       p.is_synthetic, r.path, r.village_id, r.until, r.standing, r.group_name, d.address
FROM ({found}) AS t
JOIN people_person AS p ON p.id = t.person_id
JOIN LATERAL (
    SELECT path, village_id, until, standing, "group" AS group_name, dwelling_id
    FROM people_residency AS r
    WHERE r.person_id = t.person_id AND ({inside}) AND NOT r.is_shadowed
    ORDER BY r.until DESC NULLS FIRST LIMIT 1
) AS r ON true
LEFT JOIN people_dwelling AS d ON d.id = r.dwelling_id
ORDER BY t.branch, t.term, t.person_id
"""
_TERM_BRANCH = """
(SELECT {number} AS branch, term, person_id FROM people_nameterm
 WHERE {column} = %s AND term >= %s AND term < %s {after}
 ORDER BY term, person_id LIMIT {limit})
"""


def _shown(parts: list[str], limit: int, scopes: list[Branch]) -> str:
    """Put branches together: one after the other is read until there are enough rows."""
    found = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS parts LIMIT {limit}"  # noqa: S608 - texts of ours
    # + 0 keeps the planner from the index by place, which reads a whole town for one person when
    # statistics do not know the town yet
    inside = " OR ".join(f"r.{branch.column} + 0 = %s" for branch in scopes)
    return _SHOWN.format(found=found, inside=inside)


def _by_name(asked: Asked, scopes: list[Branch], limit: int, cursor: str | None) -> FoundPage:
    """Read branch after branch until the page is full: full names before readings before families."""
    wanted = [(branch, term) for term in asked.terms for branch in scopes]
    start, last = _position(cursor)
    parts: list[str] = []
    params: list[object] = []
    for number, (branch, term) in list(enumerate(wanted))[start:]:
        goes_on = last if number == start else None
        after = "AND (term, person_id) > (%s, %s)" if goes_on else ""
        parts.append(
            _TERM_BRANCH.format(number=number, column=branch.column, after=after, limit=limit + 1)
        )
        params += [branch.id, term, term + LAST_SIGN, *(goes_on or ())]
    if not parts:
        return FoundPage([])
    statement = _shown(parts, limit + 1, scopes)
    rows = sql.rows("people.by_name", statement, [*params, *(s.id for s in scopes)], into=Found)
    more = rows[limit - 1] if len(rows) > limit else None
    ahead = encode_cursor([more.branch, more.term, more.person_id]) if more else None
    return FoundPage(_once(rows[:limit]), ahead)


def _position(cursor: str | None) -> tuple[int, tuple[str, int] | None]:
    if not cursor:
        return 0, None
    _backwards, values = decode_cursor(cursor)
    numbers = [whole_number(one) for one in values[::2]]
    if len(values) != 3 or None in numbers:
        raise bad_cursor()
    return numbers[0] or 0, (values[1], numbers[1] or 0)


def _once(rows: list[Found]) -> list[Found]:
    """A name may hold what was typed twice; its bearer is one person."""
    return list({row.person_id: row for row in reversed(rows)}.values())[::-1]


def _by_number(actor: Actor, asked: Asked, scopes: list[Branch]) -> list[Found]:
    """Look in the vault, which shows an actor only rows of her own places."""
    parts, params = [], []
    for number in asked.numbers:
        field, value = _index("number_index", number, "people.document.number")
        parts.append(
            f"SELECT 0 AS branch, '' AS term, person_id FROM people_persondocument WHERE {field} = %s"  # noqa: S608 - one of two names of ours
        )
        params.append(value)
    if asked.phone:
        field, value = _index("value_index", asked.phone, "people.contact.value")
        parts.append(
            f"SELECT 1, '', person_id FROM people_contact WHERE {field} = %s AND until IS NULL"  # noqa: S608 - one of two names of ours
        )
        params.append(value)
    statement = _shown(parts, LIMIT, scopes)
    # row security reads its settings from the transaction
    with scope.acting(actor), transaction.atomic():
        rows = sql.rows(
            "people.by_number", statement, [*params, *(s.id for s in scopes)], into=Found
        )
    return _once(rows)


def _index(field: str, value: str, purpose: str) -> tuple[str, bytes]:
    ((column, hashed),) = sealing.blind_lookup(field, value, purpose=purpose).items()
    return column, hashed


_ADDRESS_BRANCH = """
(SELECT {number} AS branch, d.address_key AS term, r.person_id FROM people_dwelling AS d
 JOIN people_residency AS r ON r.dwelling_id = d.id AND r.until IS NULL
 WHERE d.{column} = %s AND {begins}
 ORDER BY d.address_key, r.person_id LIMIT {limit})
"""


_EMPLOYER_BRANCH = """
(SELECT {number} AS branch, r.employer AS term, r.person_id FROM people_residency AS r
 WHERE r.{column} = %s AND r.until IS NULL AND position(%s IN lower(r.employer)) > 0
 ORDER BY r.employer, r.person_id LIMIT {limit})
"""


def _by_part(key: str, villages: list[Branch], limit: int) -> list[Found]:
    """In a village any part of an address or employer is found, in whatever words it is written."""
    living = _by_address(key, villages, limit)
    parts = [
        _EMPLOYER_BRANCH.format(number=number, column=branch.column, limit=limit)
        for number, branch in enumerate(villages)
    ]
    params: list[object] = [one for branch in villages for one in (branch.id, key)]
    statement = _shown(parts, limit, villages)
    working = sql.rows(
        "people.by_employer", statement, [*params, *(s.id for s in villages)], into=Found
    )
    return _once([*living, *working])[:limit]


def _by_address(key: str, scopes: list[Branch], limit: int) -> list[Found]:
    """In a village any part of an address is found, above it the beginning."""
    parts: list[str] = []
    params: list[object] = []
    for number, branch in enumerate(scopes):
        is_village = branch.column == "village_id"
        begins = (
            "position(%s IN d.address_key) > 0"
            if is_village
            else ("d.address_key >= %s AND d.address_key < %s")
        )
        parts.append(
            _ADDRESS_BRANCH.format(number=number, column=branch.column, begins=begins, limit=limit)
        )
        params += [branch.id, key] if is_village else [branch.id, key, key + LAST_SIGN]
    statement = _shown(parts, limit, scopes)
    return _once(
        sql.rows("people.by_address", statement, [*params, *(s.id for s in scopes)], into=Found)
    )
