"""Steps written down: one statement for events, words, clocks, parts and heads of many cases.

Rows travel as one JSON text per table, which costs the server less than forty lists of values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from linli.cases.models.holding import SETTABLE
from linli.cases.rules.facts import assignment_fact, clock_fact
from linli.cases.rules.projecting import head_columns
from linli.cases.types.kinds import CaseKind
from linli.cases.types.shapes import AssignmentNow, Chained, ClockNow, Standing
from linli.kernel import sql
from linli.kernel.moments import moment
from linli.kernel.quick import quick

WRITE = """
WITH event AS (
    INSERT INTO cases_caseevent (case_id, seq, move, at, state, cycle, account_id, post_id,
        acting_for, by, facts, public, internal, key, hash)
    SELECT case_id, seq, move, at, state, cycle, account_id, post_id, acting_for, by, facts,
        decode(public, 'hex'), decode(internal, 'hex'), key, decode(hash, 'hex')
      FROM json_to_recordset(%(events)s) AS r(case_id bigint, seq int, move text, at timestamptz,
        state text, cycle smallint, account_id bigint, post_id bigint, acting_for bigint, by text,
        facts jsonb, public text, internal text, key uuid, hash text)
    RETURNING id, case_id, seq
), public AS (
    INSERT INTO cases_publicwords (event_id, case_id, nonce, said, is_by_reporter, waits)
    SELECT event.id, event.case_id, decode(nonce, 'hex'), said, is_by_reporter, waits
      FROM json_to_recordset(%(public)s) AS r(case_id bigint, seq int, nonce text, said jsonb,
        is_by_reporter boolean, waits boolean)
      JOIN event USING (case_id, seq)
), internal AS (
    INSERT INTO cases_internalwords (event_id, case_id, nonce, said, level)
    SELECT event.id, event.case_id, decode(nonce, 'hex'), said, level
      FROM json_to_recordset(%(internal)s) AS r(case_id bigint, seq int, nonce text, said jsonb,
        level smallint)
      JOIN event USING (case_id, seq)
), clock AS (
    INSERT INTO cases_caseclock (case_id, cycle, key, state, unit, amount, legal_amount, roll_over,
        extensions, started_at, pauses, due_at, warn_at, next_at, is_warned, is_overdue,
        is_provisional, ended_at, law)
    SELECT case_id, cycle, key, state, unit, amount, legal, roll, extensions, started, pauses,
        coalesce(due, %(never)s), coalesce(warn, %(never)s), coalesce(next, %(never)s), warned,
        overdue, provisional, ended, law
      FROM json_to_recordset(%(clocks)s) AS r(case_id bigint, cycle smallint, key text, state text,
        unit text, amount int, legal int, roll boolean, extensions jsonb, started timestamptz,
        pauses jsonb, due timestamptz, warn timestamptz, next timestamptz, warned boolean,
        overdue boolean, provisional boolean, ended timestamptz, law jsonb)
    ON CONFLICT (case_id, cycle, key) DO UPDATE SET state = excluded.state, unit = excluded.unit,
        amount = excluded.amount, legal_amount = excluded.legal_amount,
        roll_over = excluded.roll_over, started_at = excluded.started_at, law = excluded.law,
        extensions = excluded.extensions, pauses = excluded.pauses, due_at = excluded.due_at,
        warn_at = excluded.warn_at, next_at = excluded.next_at, is_warned = excluded.is_warned,
        is_overdue = excluded.is_overdue, is_provisional = excluded.is_provisional,
        ended_at = excluded.ended_at
), part AS (
    INSERT INTO cases_assignment (case_id, number, role, org_id, post_id, state, from_post_id,
        rule_id, offered_at, responded_at, ended_at)
    SELECT case_id, number, role, org, post, state, "from", rule, offered, responded, ended
      FROM json_to_recordset(%(parts)s) AS r(case_id bigint, number smallint, role text,
        org bigint, post bigint, state text, "from" bigint, rule bigint, offered timestamptz,
        responded timestamptz, ended timestamptz)
    ON CONFLICT (case_id, number) DO UPDATE SET state = excluded.state,
        responded_at = excluded.responded_at, ended_at = excluded.ended_at
)
"""
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


UPDATE = (
    WRITE  # noqa: S608  names of columns only
    + "UPDATE cases_case c SET "
    + ", ".join(f"{name} = {_value(name, kind)}" for name, kind in ALL.items())
    + f" FROM json_to_recordset(%(heads)s) AS r(id bigint, {_row_type(ALL)}) WHERE c.id = r.id"
)
FRESH = {**ALL, "uuid": "uuid", "kind": "text", "version": "smallint", "title": "text", "title_en": "text",
         "follow_digest": "bytea"}  # fmt: skip
# events refer to heads that are written beside them: references are looked at with COMMIT
INSERT = (
    WRITE  # noqa: S608  names of columns only
    + "INSERT INTO cases_case (id, "
    + ", ".join(FRESH)
    + ") SELECT r.id, "
    + ", ".join(_value(name, kind) for name, kind in FRESH.items())
    + f" FROM json_to_recordset(%(heads)s) AS r(id bigint, {_row_type(FRESH)})"
)
# so many ids come from the block that is kept with the connection
FEW = 4
NEVER_TEXT = "9999-12-31T00:00:00Z"
NEXT_IDS = "SELECT nextval('cases_case_id_seq') FROM generate_series(1, %s)"


@quick
@dataclass(frozen=True, slots=True)
class Written:
    """One step as it is written: the case after it, its event, and the words with their nonces."""

    case_id: int
    after: Standing
    event: Chained
    kind: CaseKind
    key: str | None = None
    public: tuple[bytes, Mapping[str, Any]] | None = None
    internal: tuple[bytes, Mapping[str, Any]] | None = None
    is_by_reporter: bool = False
    waits: bool = False
    fresh: Mapping[str, Any] | None = None


def next_case_ids(count: int) -> list[int]:
    """Return ids for cases that are about to be opened."""
    if count > FEW:
        return [row[0] for row in sql.tuples("cases.ids", NEXT_IDS, [count])]
    return [sql.next_id("cases_case_id_seq") for _ in range(count)]


def write_steps(steps: Sequence[Written]) -> None:
    """Write steps of cases that this transaction holds; several of one case in their order."""
    sql.execute("cases.write", UPDATE, _params(steps))


def write_new(steps: Sequence[Written]) -> None:
    """Write the first steps of new cases, and their heads."""
    sql.later("cases.open", INSERT, _params(steps))


def _params(steps: Sequence[Written]) -> dict[str, str]:
    return {
        "never": NEVER_TEXT,
        "heads": _json(_heads(steps)),
        "events": _json([_event(step) for step in steps]),
        "clocks": _json(_last(steps, "clocks", ("cycle", "key"))),
        "parts": _json(_last(steps, "parts", ("number",))),
        "public": _json([_words(s, s.public) for s in steps if s.public]),
        "internal": _json([_words(s, s.internal) for s in steps if s.internal]),
    }


def _heads(steps: Sequence[Written]) -> list[dict[str, Any]]:
    """Where each case stands in the end; a new one with what only its first step brings."""
    heads: dict[int, dict[str, Any]] = {}
    for step in steps:
        heads[step.case_id] = {**heads.get(step.case_id, {}), **_head(step)}
    return list(heads.values())


def _last(steps: Sequence[Written], name: str, key: Sequence[str]) -> list[dict[str, Any]]:
    """What each clock or part is in the end: one statement touches a row once."""
    rows = {
        (step.case_id, *(fact[part] for part in key)): {"case_id": step.case_id, **fact}
        for step in steps
        for fact in _facts(step, name)
    }
    return list(rows.values())


def _json(rows: list[dict[str, Any]]) -> str:
    return to_json(rows).decode()


def _facts(step: Written, name: str) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = step.event.step.facts.get(name, ())
    return found


def _head(step: Written) -> dict[str, Any]:
    row = {"id": step.case_id, **head_columns(step.after, step.kind)}
    row["head"] = step.after.head.hex()
    for name in ("opened_at", "changed_at", "closed_at", "due_at"):
        row[name] = None if row[name] is None else moment(row[name])
    return {**row, **(step.fresh or {})}


def _event(step: Written) -> dict[str, Any]:
    made = step.event.step
    return {
        "case_id": step.case_id,
        "seq": step.event.seq,
        "move": made.move,
        "at": moment(made.at),
        "state": made.state,
        "cycle": made.cycle,
        "account_id": made.hand.account_id,
        "post_id": made.hand.post_id,
        "acting_for": made.hand.acting_for,
        "by": made.hand.by,
        "facts": made.facts,
        "public": None if made.public is None else made.public.hex(),
        "internal": None if made.internal is None else made.internal.hex(),
        "key": step.key,
        "hash": step.event.hash.hex(),
    }


def _words(step: Written, words: tuple[bytes, Mapping[str, Any]]) -> dict[str, Any]:
    nonce, said = words
    return {
        "case_id": step.case_id,
        "seq": step.event.seq,
        "nonce": nonce.hex(),
        "said": said,
        "is_by_reporter": step.is_by_reporter,
        "waits": step.waits,
        "level": 3,
    }


def facts_of(
    clocks: Sequence[ClockNow], parts: Sequence[AssignmentNow], columns: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what an event tells of the changes it makes; what does not change is left out."""
    told: dict[str, Any] = {}
    if clocks:
        told["clocks"] = [clock_fact(clock) for clock in clocks]
    if parts:
        told["parts"] = [assignment_fact(part) for part in parts]
    if columns:
        told["set"] = dict(columns)
    return told
