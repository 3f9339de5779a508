"""Recording what was done, refused or read, in the transaction that causes it; nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Unpack

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.utils import timezone
from psycopg import Cursor

from linli.kernel import sql
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.permits import NOBODY, VAULT, Actor, open_to_all
from linli.kernel.sealing import KeyTrouble
from linli.kernel.sealing.signing import mark
from linli.trail import rules
from linli.trail.types import DONE, READ, REFUSED, About, Act, Line

# numbers travel as text, so that one prepared statement serves whatever is missing or small
INSERT = """
INSERT INTO trail_entry (epoch, id, at, account_id, acting_for, label, post_id, verb, kind, key,
    path, town, village, person_id, purpose, level, details, outcome, mark)
VALUES ((SELECT max(number) FROM trail_epoch), %s, %s, %s, %s, %s, %s, %s, %s, %s,
    %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
COPY = """
COPY trail_entry (epoch, id, at, account_id, acting_for, label, post_id, verb, kind, key,
    path, town, village, person_id, purpose, level, details, outcome, mark) FROM STDIN
"""
IDS_AT_ONCE = 32
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
    about.setdefault("level", VAULT)
    told = {"fields": list(fields), **({"reason": reason} if reason else {})}
    _insert([_line(Act("read", on, told, about), actor, now, READ)])


@open_to_all(BY_HAND)
def record_many(acts: Iterable[Act], *, actor: Actor, now: datetime, outcome: str = DONE) -> int:
    """Record many acts at once; return how many. Commit at least every 5,000 of them."""
    lines = [_line(act, actor, now, outcome) for act in acts]
    _insert(lines)
    return len(lines)


@open_to_all("whoever is refused cannot hold the permit")
def record_refusal(actor: Actor | None, refusal: Refusal, address: str) -> None:
    """Record a refused act in a transaction of its own, after the act was rolled back.

    Kept are refusals for want of a permit and those whose class says `recorded = True`: failed
    sign-ins, refused reveals. It never turns a refusal into an error.
    """
    if not (isinstance(refusal, NotAllowed) or getattr(refusal, "recorded", False)):
        return
    now, who = timezone.now(), actor or NOBODY
    if who.account_id is None and not strangers.may_pass(now):
        return
    facts = {k: str(refusal.details[k])[:200] for k in REFUSAL_FACTS if k in refusal.details}
    place = facts.get("at", "")
    told = {"code": refusal.code, **facts}
    act = Act("refused", ("address", address[:200]), told, About(place=place))
    try:
        with transaction.atomic():
            _insert([_line(act, who, now, REFUSED)])
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
    kind, key = _thing(act.on)
    path = _path(act)
    person = act.about["person_id"] if "person_id" in act.about else _person(act.on, kind)
    return Line(
        id=_next_id(),
        at=now,
        account_id=actor.account_id,
        acting_for=actor.acting_for,
        label=_text(actor.label, 200),
        post_id=post_of(actor, path),
        verb=act.verb,
        kind=kind,
        key=key,
        path=path,
        person_id=person,
        purpose=_text(actor.purpose, 500),
        level=act.about.get("level", 1),
        details=plain(act.details),
        outcome=outcome,
    )


def _thing(on: Any) -> tuple[str, str]:
    if isinstance(on, tuple):
        return str(on[0]), _text(str(on[1]), 200)
    return on._meta.label_lower, str(on.pk)


def _path(act: Act) -> str:
    place = act.about.get("place") or getattr(act.on, "path", "")
    return place if isinstance(place, str) else str(getattr(place, "path", ""))


def _person(on: Any, kind: str) -> int | None:
    if kind == "people.person" and not isinstance(on, tuple):
        return int(on.pk)
    found = getattr(on, "person_id", None)
    return found if isinstance(found, int) else None


def post_of(actor: Actor, path: str) -> int | None:
    """Return the post in which the actor acts at a place: the nearest one that gives rights there."""
    near = [g for g in actor.grants if g.post_id is not None and path.startswith(g.path)]
    if near:
        return max(near, key=lambda grant: len(grant.path)).post_id
    return min(actor.posts, default=None)


def plain(value: Any) -> Any:
    """Return details as JSON that reads back as it was written."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _text(value, 2000)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    # dates, decimals, lazy texts, identifiers; a float has no exact form and becomes text too
    return _text(value.isoformat() if hasattr(value, "isoformat") else str(value), 2000)


def _text(value: str, most: int) -> str:
    """Cut a text, and replace what PostgreSQL cannot hold."""
    cut = str(value)[:most]
    if cut.isascii() and cut.isprintable():
        return cut
    return cut.replace("\0", "\ufffd").encode(errors="replace").decode()


def _insert(lines: Sequence[Line]) -> None:
    if len(lines) == 1:
        sql.execute("trail.record", INSERT, _values(lines[0]))
    elif lines:
        _copy(lines)


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
    """Return the id of a row to come: known before it is written, since its mark covers it.

    Ids are fetched in blocks and kept with the connection, so that they never outlive the database.
    """
    db = connections[DEFAULT_DB_ALIAS]
    db.ensure_connection()
    raw: Any = db.connection
    block: list[int] = raw.__dict__.setdefault("linli_trail_ids", [])
    if not block:
        first = sql.tuples("trail.ids", "SELECT nextval('trail_entry_id_seq')")[0][0]
        block.extend(range(first + IDS_AT_ONCE - 1, first - 1, -1))
    return block.pop()
