"""Cases locked for a step, read as values: three statements however many there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from linli.cases.types.moves import Held
from linli.cases.types.shapes import AssignmentNow, ClockNow, Standing
from linli.kernel import sql

# head columns that facts may set, in the order in which they are read
SETTABLE = (
    "number", "level", "channel", "matter", "category_id", "path", "city_id", "town_id",
    "village_id", "lon", "lat", "parent_id", "merged_into_id", "bounced", "reopened",
    "is_released", "waits_for_release", "about_post_id", "about_more",
)  # fmt: skip
HEADS = f"""
SELECT id, uuid::text, kind, version, state, cycle, seq, head, opened_at, changed_at, closed_at,
       {", ".join(SETTABLE)}
  FROM cases_case WHERE id = ANY(%s) ORDER BY id
"""  # noqa: S608  constants only
HOLD = HEADS + " FOR UPDATE"
# after the lock, with a snapshot of its own: what a faster step wrote is seen
CLOCKS_AND_PARTS = """
SELECT c.id,
       (SELECT json_agg(json_build_array(key, cycle, state, unit, amount, legal_amount, started_at,
               roll_over, extensions, pauses, due_at, warn_at, next_at, is_warned, is_overdue,
               is_provisional, ended_at, law))
          FROM cases_caseclock k WHERE k.case_id = c.id)::text,
       (SELECT json_agg(json_build_array(number, role, org_id, post_id, state, offered_at,
               from_post_id, rule_id, responded_at, ended_at))
          FROM cases_assignment a WHERE a.case_id = c.id)::text
  FROM unnest(%s::bigint[]) AS c(id)
"""


def hold_cases(ids: Sequence[int]) -> dict[int, Held]:
    """Lock cases in the order of their ids and return those that exist, by id."""
    return _read(sql.tuples("cases.hold", HOLD, [list(ids)]), list(ids))


def read_cases(ids: Sequence[int]) -> dict[int, Held]:
    """Return the cases that exist, by id, without a lock."""
    return _read(sql.tuples("cases.read", HEADS, [list(ids)]), list(ids))


def _read(heads: list[tuple[Any, ...]], ids: list[int]) -> dict[int, Held]:
    found = {row[0]: row for row in sql.tuples("cases.hold_rest", CLOCKS_AND_PARTS, [ids])}
    return {row[0]: _held(row, *found[row[0]][1:]) for row in heads}


def _clock(cells: list[Any]) -> ClockNow:
    pauses = tuple((_moment(since), _moment(until)) for since, until in cells[9])
    return ClockNow(
        *[*cells[:6], _moment(cells[6]), cells[7], tuple(cells[8]), pauses],
        *[_moment(cell) for cell in cells[10:13]],
        *[*cells[13:16], _moment(cells[16]), cells[17]],
    )


def _part(cells: list[Any]) -> AssignmentNow:
    return AssignmentNow(
        *[*cells[:5], _moment(cells[5]), *cells[6:8], _moment(cells[8]), _moment(cells[9])]
    )


def _moment(text: str | None) -> datetime | None:
    """Return a moment as facts and JSON write it; the session's zone is UTC."""
    return None if text is None else datetime.fromisoformat(text)


def _held(row: Sequence[Any], clocks: str | None, parts: str | None) -> Held:
    told_clocks = [_clock(cells) for cells in json.loads(clocks or "[]")]
    told_parts = [_part(cells) for cells in json.loads(parts or "[]")]
    columns = dict(zip(SETTABLE, row[11:], strict=True))
    standing = Standing(
        uuid=row[1],
        kind=row[2],
        version=row[3],
        state=row[4],
        cycle=row[5],
        seq=row[6],
        head=bytes(row[7]),
        opened_at=row[8],
        changed_at=row[9],
        closed_at=row[10],
        columns=columns,
        clocks={(clock.cycle, clock.key): clock for clock in told_clocks},
        assignments={part.number: part for part in told_parts},
    )
    return Held(row[0], columns["number"], columns["path"], columns["level"], standing)
