"""Steps written down: events, words, clocks, parts and heads of many cases in one statement, a new case in two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from pydantic_core import from_json, to_json

from linli.cases.models.step_statements import Places, plain_statement, statement
from linli.cases.rules.facts import assignment_fact, clock_fact
from linli.cases.rules.projecting import head_columns
from linli.cases.types.kinds import CaseKind
from linli.cases.types.shapes import AssignmentNow, Chained, ClockNow, Standing
from linli.kernel import sql
from linli.kernel.moments import moment
from linli.kernel.quick import quick

# so many ids come from the block that is kept with the connection
FEW = 4
# so many rows of a table travel as their values; of more the server would keep a statement for each number
FEW_ROWS = 4
# what tells the clocks and parts of a case apart
STANDING = {"clock": itemgetter("cycle", "key"), "part": itemgetter("number")}
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
    rows = {**_told(steps), **_standing(steps)}
    sql.execute("cases.write", *_writing(rows, "update", _heads(steps)))


def begin_new(step: Written, found_by: str) -> None:
    """Write the first step of a new case ahead of its head, while the next step is worked out.

    With what the case is found by, as the trigger of its head else does it when the server has more to do.
    """
    rows = {**_told([step]), **_standing([step])}
    rows["signs"] = [{"case_id": step.case_id, "words": found_by}]
    sql.later("cases.begin", *_writing(rows, "", [], is_new=True))


def write_new(steps: Sequence[Written]) -> None:
    """Write the head of one new case, with its steps but the first, which was begun with `begin_new`."""
    rows, begun = {**_told(steps[1:]), **_standing(steps[1:])}, _standing(steps[:1])
    is_new = not any(_keys(rows, name) & _keys(begun, name) for name in STANDING if rows[name])
    sql.later("cases.open", *_writing(rows, "insert", _heads(steps), is_new=is_new))


def _writing(
    rows: Mapping[str, list[dict[str, Any]]], head: str, heads: list[dict[str, Any]],
    *, is_new: bool = False,
) -> tuple[str, dict[str, Any] | list[str | None]]:  # fmt: skip
    """Return the statement that writes rows of some tables, and its values."""
    there = {name: found for name, found in rows.items() if found}
    if len(heads) <= 1 and all(len(found) <= FEW_ROWS for found in there.values()):
        counts = tuple((name, len(found)) for name, found in there.items())
        text, order = plain_statement(counts, head, is_new=is_new)
        return text, _values({**there, "heads": heads}, order)
    values = {name: _json(found) for name, found in there.items()}
    return statement(tuple(there), head, is_new=is_new), {**values, "heads": _json(heads)}


def _values(rows: Mapping[str, list[dict[str, Any]]], order: Sequence[Places]) -> list[str | None]:
    """Return the values of rows as the server reads them from texts."""
    left = {name: iter(found) for name, found in rows.items()}
    return [
        # most are nothing, texts or small numbers: a call for each would take longer than all else
        value
        if value is None or (type(value) is str and kind != "jsonb")
        else (str(value) if type(value) is int else _text(value, kind))
        for table, names, kinds in order
        for value, kind in zip(map(next(left[table]).get, names), kinds, strict=True)
    ]


def _text(value: Any, kind: str) -> str:
    """Return a value as JSON would tell it to the server."""
    if kind.endswith("[]"):
        return "{" + ",".join(map(str, value)) + "}"
    told = to_json(value).decode()
    text: str = from_json(told) if told.startswith('"') and kind != "jsonb" else told
    return text


def _told(steps: Sequence[Written]) -> dict[str, list[dict[str, Any]]]:
    """What steps tell, which nothing changes any more."""
    return {
        "event": [_event(step) for step in steps],
        "public": [_words(s, s.public) for s in steps if s.public],
        "internal": [_words(s, s.internal) for s in steps if s.internal],
    }


def _standing(steps: Sequence[Written]) -> dict[str, list[dict[str, Any]]]:
    """What cases have after steps: each clock and part as it is in the end."""
    return {
        "clock": _last(steps, "clocks", STANDING["clock"]),
        "part": _last(steps, "parts", STANDING["part"]),
    }


def _keys(rows: Mapping[str, list[dict[str, Any]]], name: str) -> set[Any]:
    return set(map(STANDING[name], rows[name]))


def _heads(steps: Sequence[Written]) -> list[dict[str, Any]]:
    """Where each case stands in the end; a new one with what only its first step brings."""
    last = {step.case_id: step for step in steps}
    fresh = {step.case_id: step.fresh for step in steps if step.fresh}
    return [{**_head(step), **fresh.get(case_id, {})} for case_id, step in last.items()]


def _last(
    steps: Sequence[Written], name: str, key: Callable[[Mapping[str, Any]], Any]
) -> list[dict[str, Any]]:
    """What each clock or part is in the end: one statement touches a row once."""
    rows = {
        (step.case_id, key(fact)): {"case_id": step.case_id, **fact}
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
    return row


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
