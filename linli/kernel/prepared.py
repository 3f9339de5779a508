"""Statements prepared once for each connection, then run by name (docs/adr/0015).

What psycopg's cursors do besides (client-side binding, counting uses, generators that wait) costs
more than the statement itself; a page runs a dozen of them. Values are written and read by
psycopg's own adapters, so that types are the same as everywhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import psycopg
from psycopg import capabilities, errors, pq
from psycopg.abc import Buffer
from psycopg.adapt import PyFormat, Transformer

from linli.kernel.pipeline import Link, Reader, put, settle

Params = Sequence[Any] | dict[str, Any]
# for each connection; the one that was not used for longest makes room
MOST_STATEMENTS = 300
PLACEHOLDER = re.compile(r"%(?:(%)|s|\((\w+)\)s)")
KEPT, ADAPTER = "linli_prepared", "linli_adapter"
NUMBERS = itertools.count(1)
# statement → the names of its columns
_NAMES: dict[bytes, tuple[str, ...]] = {}
MOST_NAMED = 4096
GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class Result:
    """What a statement came to: its rows as tuples, and how many rows it touched."""

    __slots__ = ("_found", "_text", "count", "rows")

    def __init__(self, found: Any, rows: list[tuple[Any, ...]], text: bytes) -> None:
        self._found, self._text, self.rows = found, text, rows
        self.count: int = found.command_tuples or 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns: the same for a statement each time, unless it takes what a table has."""
        found, known = self._found, _NAMES.get(self._text)
        if known is not None and len(known) == found.nfields:
            return known
        names = tuple((found.fname(number) or b"").decode() for number in range(found.nfields))
        if b"*" not in self._text:
            if len(_NAMES) >= MOST_NAMED:
                _NAMES.clear()
            _NAMES[self._text] = names
        return names


class Told(Protocol):
    """Wants to know what came of a statement that is on its way."""

    def told(self, found: Result, /) -> None: ...

    def refused(self, error: psycopg.Error, /) -> None: ...


def run(link: Link, statement: str, params: Params, *, anew: bool = False) -> Result:
    """Run a statement by its prepared name, or planned `anew` for these values. Raises psycopg's errors."""
    text, adapter, sent = _bound(link, statement, params)
    types, wire = adapter.types or (), link.pgconn
    if anew or link.prepare_threshold is None:
        # behind a pooler the next statement may meet another connection, which knows no name of ours
        found = checked(link, wire.exec_params, text, sent, types, adapter.formats)
    else:
        name = _name(link, text, types)
        if link.is_busy:
            # what waits on the wire and this one are answered in one go
            put(link, wire.send_query_prepared, name, sent, adapter.formats)
            found = settle(link)
        else:
            found = checked(link, wire.exec_prepared, name, sent, adapter.formats)
    if not found.nfields:
        return Result(found, [], text)
    adapter.set_pgresult(found)
    return Result(found, adapter.load_rows(0, found.ntuples, tuple), text)


@dataclass(slots=True, eq=False)
class _Reader:
    """Reads the rows of one statement as its adapter writes its values."""

    adapter: Any
    told: Told
    text: bytes

    def __call__(self, found: pq.abc.PGresult) -> None:
        self.adapter.set_pgresult(found)
        rows = self.adapter.load_rows(0, found.ntuples, tuple)
        self.told.told(Result(found, rows, self.text))

    def refused(self, error: psycopg.Error) -> None:
        self.told.refused(error)


def ask(
    link: Link, statement: str, params: Params, told: Told, *, waits: bool = False
) -> Reader:  # fmt: skip
    """Send a read by its prepared name; `told` gets its rows when the answers on the wire are read."""
    text, adapter, sent = _bound(link, statement, params)
    name = _name(link, text, adapter.types or ())
    reader = _Reader(adapter, told, text)
    wire = link.pgconn
    put(link, wire.send_query_prepared, name, sent, adapter.formats, reader=reader, waits=waits)
    return reader


def send(link: Link, statement: str, params: Params, *, waits: bool = False) -> None:
    """Send a statement by its prepared name without waiting: what came of it is read by `settle`."""
    text, adapter, sent = _bound(link, statement, params)
    name = _name(link, text, adapter.types or ())
    put(link, link.pgconn.send_query_prepared, name, sent, adapter.formats, waits=waits)


def prepare(link: Link, text: bytes) -> bytes:
    """Return the name of a statement with $1 …, whose values are sent as text; it is prepared at its first use."""
    return _name(link, text, ())


def _bound(
    link: Link, statement: str, params: Params
) -> tuple[bytes, Any, Sequence[Buffer | None]]:
    """Return a statement as the server reads it, and its values as they travel, after their adapter."""
    text, order = _numbered(statement)
    values: Sequence[Any]
    if order is None:
        assert not isinstance(params, dict), "parameters without names come in a row"
        values = params
    else:
        assert isinstance(params, dict), "parameters with names come with them"
        values = [params[name] for name in order]
    adapter = link.__dict__.get(ADAPTER) or _adapter(link)
    return text, adapter, adapter.dump_sequence(values, [PyFormat.AUTO] * len(values))


def _adapter(link: Link) -> Any:
    """Make what writes and reads values for a connection: it finds out once how each type is written.

    What it holds of one statement (types, formats, the answer) is used before the next is bound or read.
    """
    kept = link.__dict__[ADAPTER] = Transformer(link)
    return kept


def checked(link: Link, act: Callable[..., Any], *given: Any) -> Any:
    """Return the result of one message to the server, which is waited for; raise what it refused."""
    settle(link)
    try:
        found = act(*given)
    except MemoryError as error:
        # so the driver calls a result that did not come because there is no connection any more
        raise psycopg.OperationalError(link.pgconn.get_error_message()) from error
    if found.status in GOOD:
        return found
    if link.pgconn.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(link.pgconn.get_error_message())
    raise errors.error_from_result(found, encoding=link.info.encoding)


@lru_cache(maxsize=2048)
def _numbered(statement: str) -> tuple[bytes, list[str] | None]:
    """Return a statement with $1, $2 …, and the order of its parameters if they bear names."""
    names: dict[str, int] = {}
    count = 0

    def number(match: re.Match[str]) -> str:
        nonlocal count
        if match[1]:
            return "%"
        if match[2]:
            return f"${names.setdefault(match[2], len(names) + 1)}"
        count += 1
        return f"${count}"

    text = PLACEHOLDER.sub(number, statement).encode()
    assert not (names and count), "parameters are named or counted, not both"
    return text, list(names) if names else None


def _name(link: Link, text: bytes, types: Sequence[int]) -> bytes:
    """Return the name under which a statement is prepared, for values of these types."""
    prepared: dict[tuple[bytes, Sequence[int]], bytes] = link.__dict__.setdefault(KEPT, {})
    key = (text, types)
    name = prepared.pop(key, None)
    if name is None:
        if len(prepared) >= MOST_STATEMENTS:
            _forget(link, prepared.pop(next(iter(prepared))))
        name = b"linli_%d" % next(NUMBERS)
        checked(link, link.pgconn.prepare, name, text, types)
    # what was used last stands last
    prepared[key] = name
    return name


def _forget(link: Link, name: bytes) -> None:
    """Close a statement by the protocol, which poolers follow, where the client library can."""
    if capabilities.has_send_close_prepared():
        checked(link, link.pgconn.close_prepared, name)
    else:
        checked(link, link.pgconn.exec_, b"DEALLOCATE " + name)
