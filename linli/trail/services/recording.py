"""Recording what was done, refused or read, in the transaction that causes it; nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Unpack

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg import Cursor

from linli.kernel import opened, sql
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.permits import NOBODY, PERSONAL, VAULT, Actor, open_to_all
from linli.kernel.sealing import KeyTrouble
from linli.kernel.sealing.signing import mark
from linli.trail import rules
from linli.trail.services.lines import line_of
from linli.trail.types import DONE, READ, REFUSED, About, Act, Line

COLUMNS = (
    "id", "at", "account_id", "acting_for", "label", "post_id", "verb", "kind", "key", "path", "town",
    "village", "person_id", "purpose", "level", "details", "outcome", "mark",
)  # fmt: skip
INTO = f"trail_entry (epoch, {', '.join(COLUMNS)})"
EPOCH = "(SELECT max(number) FROM trail_epoch)"
# numbers travel as text, so that one prepared statement serves whatever is missing or small
ROW = f"({EPOCH}, {', '.join(['%s'] * len(COLUMNS))})"
INSERT = f"INSERT INTO {INTO} VALUES {ROW}"  # noqa: S608  names alone
# each number of rows is a statement of its own on the server
FEW = 4
# the record of an act that is one statement, as a part of it: `{ALONGSIDE} FROM what it wrote`
ALONGSIDE = f"INSERT INTO {INTO} SELECT {EPOCH}, {', '.join(f'%(trail_{one})s' for one in COLUMNS)}"
COPY = f"COPY {INTO} FROM STDIN"
# by so many the sequence goes on (migration 0003): each block is waited for
IDS_AT_ONCE = 128
# what of a refusal may be kept: no values that somebody typed
REFUSAL_FACTS = ("permit", "at", "number", "move", "state")
BY_HAND = "recording is part of the act, whose own service asked for the permit"
log = structlog.get_logger("linli.trail")


@open_to_all(BY_HAND)
def record(
    verb: str,
    *,
    on: Any,
    actor: Actor,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    **more: Any,
) -> None:
    """Record an act, in its transaction: it stands exactly if the act does.

    `on` is the thing (a model instance or a pair of kind and key). `place`, `person_id` and
    `level` are read off the thing unless given; other keywords are details: ids, codes, counts
    and short words, never personal text.
    """
    about: About = {k: more.pop(k) for k in ("place", "person_id", "level") if k in more}  # type: ignore[assignment]
    _insert([_line(Act(verb, on, {**(details or {}), **more}, about), actor, now, DONE)])


@open_to_all(BY_HAND)
def given_alongside(
    verb: str, *, on: Any, actor: Actor, now: datetime, place: str, **details: Any
) -> dict[str, Any]:
    """Return the parameters of ALONGSIDE for an act that writes at most one row, in one statement.

    `on` is the pair of kind and key of the row to come; the other arguments are those of `record`.
    """
    line = _line(Act(verb, on, details, About(place=place)), actor, now, DONE)
    return {f"trail_{name}": value for name, value in zip(COLUMNS, _values(line), strict=True)}


@open_to_all(BY_HAND)
def record_read(
    *,
    on: Any,
    fields: Sequence[str],
    actor: Actor,
    now: datetime,
    reason: str = "",
    **about: Unpack[About],
) -> None:
    """Record that sealed or personal fields of a thing were read, and why.

    Commit it before the value leaves: the reader's page or file is made afterwards.
    """
    opened.note()
    about.setdefault("level", VAULT)
    told = {"fields": list(fields), **({"reason": reason} if reason else {})}
    _insert([_line(Act("read", on, told, about), actor, now, READ)])


@open_to_all(BY_HAND)
def record_looking(person_id: int | None, *, actor: Actor, now: datetime) -> None:
    """Record that the trail of one person was looked through; nothing for a list of many."""
    if person_id is not None:
        record_read(
            on=("people.person", person_id), fields=["trail"], actor=actor, now=now,
            person_id=person_id, level=PERSONAL,
        )  # fmt: skip


@open_to_all(BY_HAND)
def record_many(acts: Iterable[Act], *, actor: Actor, now: datetime, outcome: str = DONE) -> int:
    """Record many acts at once; return how many. Commit at least every 5,000 of them."""
    return record_each([(act, actor) for act in acts], now=now, outcome=outcome)


@open_to_all(BY_HAND)
def record_each(acts: Iterable[tuple[Act, Actor]], *, now: datetime, outcome: str = DONE) -> int:
    """Record acts as `record_many` does, each with who did it."""
    lines = [_line(act, actor, now, outcome) for act, actor in acts]
    _insert(lines)
    return len(lines)


@open_to_all("whoever is refused cannot hold the permit")
def record_refusal(actor: Actor | None, refusal: Refusal, address: str) -> None:
    """Record a refused act in a transaction of its own, after the act was rolled back.

    Kept are refusals for want of a permit and those whose class says `recorded = True`: failed
    sign-ins, refused reveals; `verb` of the class says what failed. It never turns a refusal into an error.
    """
    if not (isinstance(refusal, NotAllowed) or getattr(refusal, "recorded", False)):
        return
    now, who = timezone.now(), actor or NOBODY
    if who.account_id is None and not strangers.may_pass(now):
        return
    facts = {k: str(refusal.details[k])[:200] for k in REFUSAL_FACTS if k in refusal.details}
    place = facts.get("at", "")
    told = {"code": refusal.code, **facts}
    act = Act(
        str(getattr(refusal, "verb", "refused")),
        ("address", address[:200]),
        told,
        About(place=place),
    )
    try:
        with transaction.atomic():
            # waited for: a refusal must not become an error of whatever comes after
            sql.execute("trail.record", INSERT, _values(_line(act, who, now, REFUSED)))
    except (DatabaseError, KeyTrouble) as error:
        log.error("refusal_not_recorded", code=refusal.code, why=type(error).__name__)


class _Strangers:
    """Lets so many refusals a minute of people who are not signed in be recorded, per process.

    Without it anybody could fill the disk by asking for what is forbidden.
    """

    MOST = 60

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._count = 0
        self._lock = threading.Lock()

    def may_pass(self, now: datetime) -> bool:
        with self._lock:
            if self._since is None or now - self._since > timedelta(minutes=1):
                self._since, self._count = now, 0
            self._count += 1
            return self._count <= self.MOST


strangers = _Strangers()


def _line(act: Act, actor: Actor, now: datetime, outcome: str) -> Line:
    return line_of(act, actor, now, outcome, id_=_next_id())


def _insert(lines: Sequence[Line]) -> None:
    if 0 < len(lines) <= FEW:
        values = [value for line in lines for value in _values(line)]
        sql.later("trail.record", _insertion(len(lines)), values)
    elif lines:
        _copy(lines)


@cache
def _insertion(count: int) -> str:
    return ", ".join([INSERT, *[ROW] * (count - 1)])


def _copy(lines: Sequence[Line]) -> None:
    epoch = sql.tuples("trail.epoch", "SELECT max(number) FROM trail_epoch")[0][0]
    with (
        connection.wrap_database_errors,
        Cursor(connection.connection) as cursor,
        cursor.copy(COPY) as copy,
    ):
        for line in lines:
            copy.write_row([epoch, *_values(line)])


def _values(line: Line) -> list[Any]:
    codes = line.path.split("/")
    details = rules.told(line.details)
    return [
        str(line.id),
        line.at,
        _number(line.account_id),
        _number(line.acting_for),
        line.label,
        _number(line.post_id),
        line.verb,
        line.kind,
        line.key,
        line.path,
        f"{codes[0]}/{codes[1]}/" if len(codes) > 2 else "",
        f"{codes[0]}/{codes[1]}/{codes[2]}/" if len(codes) > 3 else "",
        _number(line.person_id),
        line.purpose,
        str(line.level),
        details,
        line.outcome,
        mark(rules.body(line, details), purpose=b"trail"),
    ]


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _next_id() -> int:
    """Return the id of a row to come: known before it is written, since its mark covers it."""
    return sql.next_of_block("trail", _next_ids)


def _next_ids() -> range:
    """Return the block behind one number of the sequence, which goes on by as much."""
    first = sql.tuples("trail.ids", "SELECT nextval('trail_entry_id_seq')")[0][0]
    return range(first, first + IDS_AT_ONCE)
