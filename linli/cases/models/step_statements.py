"""The statements that write steps of cases: one for events, words, clocks, parts and heads of many cases.

Rows of many cases travel as one JSON text per table, which costs the server less than forty lists of
values. Of a single case each value goes by itself: the server would read a JSON text twice, a quarter of
what the first steps of a case cost it. A statement has those parts alone of which there are rows: the
server sets each part up, used or not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from linli.cases.models.holding import SETTABLE

# what a step writes beside the head of its case; a step is written by those parts alone that it has
EVENT = """
    INSERT INTO cases_caseevent (case_id, seq, move, at, state, cycle, account_id, post_id,
        acting_for, by, facts, public, internal, key, hash)
    SELECT case_id, seq, move, at, state, cycle, account_id, post_id, acting_for, by, facts,
        decode(public, 'hex'), decode(internal, 'hex'), key, decode(hash, 'hex')
      FROM json_to_recordset(%(event)s) AS r(case_id bigint, seq int, move text, at timestamptz,
        state text, cycle smallint, account_id bigint, post_id bigint, acting_for bigint, by text,
        facts jsonb, public text, internal text, key uuid, hash text)
    RETURNING id, case_id, seq
"""
PUBLIC = """
    INSERT INTO cases_publicwords (event_id, case_id, nonce, said, is_by_reporter, waits)
    SELECT event.id, event.case_id, decode(nonce, 'hex'), said, is_by_reporter, waits
      FROM json_to_recordset(%(public)s) AS r(case_id bigint, seq int, nonce text, said jsonb,
        is_by_reporter boolean, waits boolean)
      JOIN event USING (case_id, seq)
"""
INTERNAL = """
    INSERT INTO cases_internalwords (event_id, case_id, nonce, said, level)
    SELECT event.id, event.case_id, decode(nonce, 'hex'), said, level
      FROM json_to_recordset(%(internal)s) AS r(case_id bigint, seq int, nonce text, said jsonb,
        level smallint)
      JOIN event USING (case_id, seq)
"""
CLOCK = """
    INSERT INTO cases_caseclock (case_id, cycle, key, state, unit, amount, legal_amount, roll_over,
        extensions, started_at, pauses, due_at, warn_at, next_at, is_warned, is_overdue,
        is_provisional, ended_at, law)
    SELECT case_id, cycle, key, state, unit, amount, legal, roll, extensions, started, pauses,
        coalesce(due, '9999-12-31T00:00:00Z'), coalesce(warn, '9999-12-31T00:00:00Z'),
        coalesce(next, '9999-12-31T00:00:00Z'), warned, overdue, provisional, ended, law
      FROM json_to_recordset(%(clock)s) AS r(case_id bigint, cycle smallint, key text, state text,
        unit text, amount int, legal int, roll boolean, extensions jsonb, started timestamptz,
        pauses jsonb, due timestamptz, warn timestamptz, next timestamptz, warned boolean,
        overdue boolean, provisional boolean, ended timestamptz, law jsonb)
"""
# with the first steps of a new case nothing is there yet that could be in the way
CLOCK_AGAIN = """
    ON CONFLICT (case_id, cycle, key) DO UPDATE SET state = excluded.state, unit = excluded.unit,
        amount = excluded.amount, legal_amount = excluded.legal_amount,
        roll_over = excluded.roll_over, started_at = excluded.started_at, law = excluded.law,
        extensions = excluded.extensions, pauses = excluded.pauses, due_at = excluded.due_at,
        warn_at = excluded.warn_at, next_at = excluded.next_at, is_warned = excluded.is_warned,
        is_overdue = excluded.is_overdue, is_provisional = excluded.is_provisional,
        ended_at = excluded.ended_at
"""
PART = """
    INSERT INTO cases_assignment (case_id, number, role, org_id, post_id, state, from_post_id,
        rule_id, offered_at, responded_at, ended_at)
    SELECT case_id, number, role, org, post, state, "from", rule, offered, responded, ended
      FROM json_to_recordset(%(part)s) AS r(case_id bigint, number smallint, role text,
        org bigint, post bigint, state text, "from" bigint, rule bigint, offered timestamptz,
        responded timestamptz, ended timestamptz)
"""
PART_AGAIN = """
    ON CONFLICT (case_id, number) DO UPDATE SET state = excluded.state,
        responded_at = excluded.responded_at, ended_at = excluded.ended_at
"""
# the trigger of the head goes by what is said here (migration 0006)
SIGNS = """
    INSERT INTO cases_casesigns (case_id, signs)
    SELECT set_config('linli.signed', case_id::text, true)::bigint, cases_signs_of(words)
      FROM json_to_recordset(%(signs)s) AS r(case_id bigint, words text)
"""
NEW = {"event": EVENT, "public": PUBLIC, "internal": INTERNAL, "clock": CLOCK, "part": PART,
       "signs": SIGNS}  # fmt: skip
AGAIN = {**NEW, "clock": CLOCK + CLOCK_AGAIN, "part": PART + PART_AGAIN}
HEAD = {
    "state": "text", "stage": "text", "is_open": "boolean", "cycle": "smallint", "seq": "int",
    "head": "bytea", "opened_at": "timestamptz", "changed_at": "timestamptz",
    "closed_at": "timestamptz", "due_at": "timestamptz", "due_clock": "text",
    "is_provisional": "boolean", "lead_org_id": "bigint", "lead_post_id": "bigint",
    "offered_post_id": "bigint",
}  # fmt: skip
TYPES = dict(
    zip(
        SETTABLE,
        ("text", "smallint", "text", "text", "bigint", "text", "bigint", "bigint", "bigint", "int",
         "int", "bigint", "bigint", "smallint", "smallint", "boolean", "boolean",
         "bigint", "bigint[]"),
        strict=True,
    )
)  # fmt: skip
ALL = {**HEAD, **TYPES}


def _row_type(columns: Mapping[str, str]) -> str:
    return ", ".join(
        f"{name} {'text' if kind == 'bytea' else kind}" for name, kind in columns.items()
    )


def _value(name: str, kind: str) -> str:
    return f"decode(r.{name}, 'hex')" if kind == "bytea" else f"r.{name}"


FRESH = {**ALL, "uuid": "uuid", "kind": "text", "version": "smallint", "title": "text", "title_en": "text",
         "follow_digest": "bytea"}  # fmt: skip
# events refer to heads that are written beside or after them: references are looked at with COMMIT
HEADS = {
    "": "SELECT 1",
    "update": (
        "UPDATE cases_case c SET "  # noqa: S608  names of columns only
        + ", ".join(f"{name} = {_value(name, kind)}" for name, kind in ALL.items())
        + f" FROM json_to_recordset(%(heads)s) AS r(id bigint, {_row_type(ALL)}) WHERE c.id = r.id"
    ),
    "insert": (
        "INSERT INTO cases_case (id, "  # noqa: S608  names of columns only
        + ", ".join(FRESH)
        + ") SELECT r.id, "
        + ", ".join(_value(name, kind) for name, kind in FRESH.items())
        + f" FROM json_to_recordset(%(heads)s) AS r(id bigint, {_row_type(FRESH)})"
    ),
}


@lru_cache(maxsize=128)
def statement(parts: tuple[str, ...], head: str, *, is_new: bool = False) -> str:
    """Return the statement that writes these parts, in their order, and heads: `update`, `insert` or none.

    `is_new` says that none of the clocks and parts is there yet.
    """
    texts = NEW if is_new else AGAIN
    written = ", ".join(f"{name} AS ({texts[name]})" for name in parts)
    return f"WITH {written}\n{HEADS[head]}" if parts else HEADS[head]


SOURCE = re.compile(r"json_to_recordset\(%\((\w+)\)s\) AS r\(([^()]+)\)")
# the table of a row, its columns as the row gives them, and their types
Places = tuple[str, tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=1024)
def plain_statement(
    counts: tuple[tuple[str, int], ...], head: str, *, is_new: bool = False
) -> tuple[str, tuple[Places, ...]]:
    """Return the statement for so many rows of each part, and of which column each of its values is, in their order.

    It is the one of `statement` with its values written out.
    """
    rows = dict(counts)
    order: list[Places] = []

    def written_out(match: re.Match[str]) -> str:
        names, kinds = zip(*map(_column, match[2].split(",")), strict=True)
        order.extend([(match[1], names, kinds)] * rows.get(match[1], 1))
        row = ", ".join(f"%s::{kind}" for kind in kinds)
        told = ", ".join(f'"{name}"' for name in names)
        return f"(VALUES {', '.join([f'({row})'] * rows.get(match[1], 1))}) AS r({told})"

    text = SOURCE.sub(written_out, statement(tuple(rows), head, is_new=is_new))
    return text, tuple(order)


def _column(told: str) -> tuple[str, str]:
    name, kind = told.split()
    return name.strip('"'), kind
