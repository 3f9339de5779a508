"""What an actor may see of the trail: by place and confidentiality, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import COUNT_LIMIT, Page, decode_cursor, encode_cursor
from linli.kernel.permits import SEALED, VAULT, Actor
from linli.kernel.wholes import whole_number
from linli.trail import permits
from linli.trail.types import Seen

PERSON, MOST_ID = "people.person", 2**63 - 1
# a list without days shows the last so many; the trail of years is asked for by days
DAYS = 30
STEP = 5_000
COLUMNS = (
    "e.id, e.at, e.account_id, e.label, e.post_id, e.verb, e.kind, e.key, e.path, e.person_id, "
    "e.purpose, e.level, e.outcome, e.details::text "
)
BRANCH = "(SELECT e.id FROM trail_entry e WHERE"
FROM = "FROM trail_entry e JOIN ids USING (id) "


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is to show. `path` narrows to a place and all below it."""

    since: date
    until: date
    path: str = ""
    verb: str = ""
    outcome: str = ""
    kind: str = ""
    key: str = ""
    person_id: int | None = None
    account_id: int | None = None
    move: str = ""

    @property
    def about_person(self) -> int | None:
        """The person whose entries alone are asked for, whichever way."""
        if self.person_id is None and self.kind == PERSON:
            return whole_number(self.key, least=1, most=MOST_ID)
        return self.person_id

    def moments(self) -> tuple[datetime, datetime]:
        """Return the first moment and the one after the last."""
        return bounds(self.since, self.until)


def last_days(today: date) -> Filter:
    """Return the filter of a list that nobody narrowed."""
    return Filter(today - timedelta(days=DAYS - 1), today)


def scopes(actor: Actor) -> dict[str, int]:
    """Return where the actor reads the trail, and up to which level there."""
    if actor.is_system:
        return {"": SEALED}
    held: dict[str, int] = {}
    for grant in actor.grants:
        if grant.permit == permits.READ.name and grant.ceiling >= permits.READ.level:
            held[grant.path] = max(grant.ceiling, held.get(grant.path, 0))
    return held


def are_readings_closed(actor: Actor) -> bool:
    """Say whether nowhere the actor's right reaches the level of readings of sealed data."""
    return max(scopes(actor).values(), default=0) < VAULT


def list_entries(
    actor: Actor, wanted: Filter, *, cursor: str | None = None, limit: int = 50
) -> Page[Seen]:
    """Return a page of entries that the actor may see, newest first. Refuses with Invalid."""
    backwards, edge = _edge(cursor)
    found = _read(actor, wanted, edge, backwards=backwards, limit=limit + 1)
    more, items = len(found) > limit, found[:limit]
    if backwards:
        items.reverse()
    count = len(items) if not cursor and not more else _count(actor, wanted)
    return Page(
        items=items,
        next=_cursor(items[-1]) if items and (more or backwards) else None,
        previous=_cursor(items[0], backwards=True)
        if items and cursor and (more or not backwards)
        else None,
        count=min(count, COUNT_LIMIT),
        has_more_than_count=count > COUNT_LIMIT,
    )


def newest(actor: Actor, wanted: Filter, most: int) -> list[Seen]:
    """Return so many of the newest entries, for a file."""
    return _read(actor, wanted, None, backwards=False, limit=most)


def walk(actor: Actor, wanted: Filter, most: int) -> Iterator[list[Seen]]:
    """Yield entries for a long file, newest first, step by step and without counting."""
    edge: tuple[str, int] | None = None
    left = most
    while left > 0:
        found = _read(actor, wanted, edge, backwards=False, limit=min(STEP, left))
        if not found:
            return
        yield found
        edge, left = (found[-1].at.isoformat(), found[-1].id), left - len(found)


def get_entry(actor: Actor, entry_id: int) -> Seen:
    """Return one entry. Refuses with NotFound, also for one that is not the actor's to see."""
    asked = "WITH ids AS (SELECT %s::bigint AS id) SELECT " + COLUMNS + FROM
    found = [_seen(row) for row in sql.tuples("trail.entry", asked, [entry_id])]
    if not found or not _sees(actor, found[0]):
        raise NotFound()
    return found[0]


def _sees(actor: Actor, entry: Seen) -> bool:
    return any(
        entry.level <= ceiling
        and (entry.path.startswith(path) or (not entry.path and path.count("/") <= 1))
        for path, ceiling in scopes(actor).items()
    )


def _read(
    actor: Actor, wanted: Filter, edge: tuple[str, int] | None, *, backwards: bool, limit: int
) -> list[Seen]:
    turn = "" if backwards else " DESC"
    order = f"ORDER BY e.at{turn}, e.id{turn} LIMIT %s"
    asked, params = _ids(actor, wanted, edge, backwards=backwards, order=order, limit=limit)
    if not asked:
        return []
    whole = " ".join(["WITH ids AS (", asked, ") SELECT", COLUMNS, FROM, order])
    return [_seen(row) for row in sql.tuples("trail.entries", whole, [*params, limit])]


def _seen(row: tuple[Any, ...]) -> Seen:
    said = (*row[:-1], json.loads(row[-1]))
    return Seen(*said)


def _count(actor: Actor, wanted: Filter) -> int:
    asked, params = _ids(
        actor, wanted, None, backwards=False, order="LIMIT %s", limit=COUNT_LIMIT + 1
    )
    if not asked:
        return 0
    whole = " ".join(["SELECT count(*) FROM (", asked, ") AS ids"])
    return int(sql.tuples("trail.count", whole, params)[0][0])


def _ids(
    actor: Actor,
    wanted: Filter,
    edge: tuple[str, int] | None,
    *,
    backwards: bool,
    order: str,
    limit: int,
) -> tuple[str, list[Any]]:
    """Return one ordered, limited branch for each place where the actor reads the trail."""
    said, given = _conditions(wanted)
    if edge is not None:
        said += f" AND (e.at, e.id) {'>' if backwards else '<'} (%s::timestamptz, %s::bigint)"
        given += [*edge]
    branches, params = [], []
    for place, values, ceiling in _places(actor, wanted):
        found = [BRANCH, place, "AND e.level <= %s", said, order, ")"]
        branches.append(" ".join(found))
        params += [*values, ceiling, *given, limit]
    return " UNION ".join(branches), params


def _places(actor: Actor, wanted: Filter) -> Iterator[tuple[str, list[str], int]]:
    """Yield the condition on the place for each scope, as far as the filter reaches into it."""
    for path, ceiling in sorted(scopes(actor).items()):
        if wanted.path.startswith(path):
            yield *_below(wanted.path), ceiling
        elif path.startswith(wanted.path):
            yield *_below(path), ceiling


def _below(path: str) -> tuple[str, list[str]]:
    codes = path.count("/")
    if codes <= 1:
        # the one city of this installation, and what has no place at all
        return "true", []
    if codes == 2:
        return "e.town = %s", [path]
    if codes == 3:
        return "e.village = %s", [path]
    village = "/".join(path.split("/")[:3]) + "/"
    return "e.village = %s AND e.path >= %s AND e.path < %s", [village, path, path + "~"]


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    begin, end = wanted.moments()
    said, given = " AND e.at >= %s AND e.at < %s", list[Any]([begin, end])
    for column in ("verb", "outcome", "kind", "key", "person_id", "account_id"):
        value = getattr(wanted, column)
        if value not in ("", None):
            said += f" AND e.{column} = %s"
            given.append(value)
    if wanted.move:
        said += " AND e.details ->> 'move' = %s"
        given.append(wanted.move)
    return said + " ", given


def _edge(cursor: str | None) -> tuple[bool, tuple[str, int] | None]:
    """Return the direction, and the moment and id that a page begins behind."""
    if not cursor:
        return False, None
    backwards, values = decode_cursor(cursor)
    try:
        at, entry = values
        return backwards, (datetime.fromisoformat(at).isoformat(), int(entry))
    except ValueError as error:
        told = _("This page address is damaged. Start from the first page.")
        raise Invalid({"cursor": [told]}) from error


def _cursor(entry: Seen, *, backwards: bool = False) -> str:
    return encode_cursor([entry.at.isoformat(), entry.id], backwards=backwards)
