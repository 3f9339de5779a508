"""The chain as it stands in the tables: rows in order, seals in order, and the check of all of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import transaction
from psycopg import ServerCursor

from linli.kernel import sql
from linli.kernel.sealing.signing import is_marked
from linli.trail import rules
from linli.trail.types import Head, Line, Link, Problem, Report, Sealable, Tail

ROW = (
    "SELECT e.epoch, e.xid, e.id, e.at, e.account_id, e.acting_for, e.label, e.post_id, e.verb, "
    "e.kind, e.key, e.path, e.person_id, e.purpose, e.level, e.details::text, e.outcome, e.mark "
    "FROM trail_entry e "
)
LINK = "SELECT seq, epoch, xid, entry_id, algorithm, hash FROM trail_seal "
# epochs of the cluster that runs now, up to the latest without a break; rows of earlier ones were
# written elsewhere, no transaction here can still add to them
FLOOR = (
    "(SELECT coalesce(max(number) FILTER (WHERE cluster <> (SELECT system_identifier FROM "
    "pg_control_system())), 0) FROM trail_epoch)"
)
READY = (
    ROW + "WHERE (e.epoch, e.xid, e.id) > (%s::int, %s::bigint, %s::bigint) "
    f"AND (e.epoch <= {FLOOR} OR e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint) "
    "ORDER BY e.epoch, e.xid, e.id LIMIT %s"
)
MOST_PROBLEMS = 1000
TAIL_NAMED = 100
AT_ONCE = 5000


def head() -> Head:
    """Return the end of the chain."""
    last = last_link()
    return Head(last.seq, last.hash) if last else Head(0, rules.GENESIS)


def last_link() -> Link | None:
    """Return the last seal, if there is one."""
    found = sql.tuples("trail.last_link", LINK + "ORDER BY seq DESC LIMIT 1")
    return Link(*found[0]) if found else None


def ready_to_seal(after: tuple[int, int, int], most: int) -> list[Sealable]:
    """Return rows behind a position that no running transaction can get in front of any more."""
    return [sealable(row) for row in sql.tuples("trail.ready", READY, [*after, most])]


def sealable(row: tuple[Any, ...]) -> Sealable:
    """Return a row of the table as the chain reads it."""
    told = json.loads(row[15]) if row[15] != "{}" else {}
    said = (*row[2:15], told, row[16])
    return Sealable(row[0], row[1], Line(*said), bytes(row[17]))


def verify(
    heads: Mapping[int, bytes], *, progress: Callable[[int], None] = lambda number: None
) -> Report:
    """Check every row against its seal, and the chain against heads known elsewhere by number.

    `progress` is told the number of each seal.
    """
    check = rules.Check(_bears_our_mark, heads)
    with transaction.atomic(), _streams() as (rows, links):
        told = _telling(links, progress)
        found = list(islice(check.problems(rows, told), MOST_PROBLEMS))
        missing = {problem.entry_id for problem in found if problem.kind == "missing"}
        tail, moved = _tail(check.rows_left, missing)
    return Report(
        sealed=check.seq,
        problems=tuple(_joined(found, moved)),
        tail=tail,
        head=Head(check.seq, check.before),
        heads_compared=check.heads_compared,
        marks_unknown=check.marks_unknown,
        is_cut_short=len(found) == MOST_PROBLEMS,
    )


def _telling(links: Iterator[Link], progress: Callable[[int], None]) -> Iterator[Link]:
    for link in links:
        progress(link.seq)
        yield link


@contextmanager
def _streams() -> Iterator[tuple[Iterator[Sealable], Iterator[Link]]]:
    """Read seals first, rows second: each sealed row was there before its seal."""
    raw = sql.bare_link()
    with ServerCursor(raw, "trail_links") as links, ServerCursor(raw, "trail_rows") as rows:
        links.itersize = rows.itersize = AT_ONCE
        links.execute(LINK + "ORDER BY seq")
        rows.execute(ROW + "ORDER BY e.epoch, e.xid, e.id")
        yield (sealable(row) for row in rows), (Link(*row) for row in links)


def _bears_our_mark(row: Sealable) -> bool | None:
    return is_marked(rules.body(row.line), row.mark, purpose=b"trail")


def _tail(rows: Iterator[Sealable], missing: Set[int | None]) -> tuple[Tail, set[int | None]]:
    """Return what is not sealed yet, and which missing rows were moved there."""
    count, first, oldest = 0, [], None
    moved: set[int | None] = set()
    for row in rows:
        if row.line.id in missing:
            moved.add(row.line.id)
            continue
        count += 1
        if count <= TAIL_NAMED:
            first.append(row.line.id)
        if oldest is None or row.line.at < oldest:
            oldest = row.line.at
    return Tail(count, tuple(first), oldest), moved


def _joined(found: list[Problem], moved: set[int | None]) -> Iterator[Problem]:
    """A row that is missing in one place and stands in another was moved: name it once."""
    missing = {p.entry_id for p in found if p.kind == "missing"}
    moved = moved | {p.entry_id for p in found if p.kind == "inserted" and p.entry_id in missing}
    for problem in found:
        if problem.entry_id not in moved or problem.kind not in ("missing", "inserted"):
            yield problem
        elif problem.kind == "missing":
            text = f"entry {problem.entry_id} was changed: it no longer stands in its place"
            yield Problem("changed", text, problem.entry_id, problem.seq)


def is_empty() -> bool:
    """Say whether nothing was ever recorded here."""
    return not sql.tuples("trail.any", "SELECT 1 FROM trail_entry LIMIT 1")


def seal_of(entry_id: int) -> Link | None:
    """Return the seal of an entry, if it has one by now."""
    found = sql.tuples("trail.seal_of", LINK + "WHERE entry_id = %s", [entry_id])
    return Link(*found[0]) if found else None
