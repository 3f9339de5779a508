"""Reads that are begun, and waited for where their answer is needed: side by side on one connection."""

from __future__ import annotations

from typing import Any, Generic, TypedDict, TypeVar, Unpack

import psycopg

from linli.kernel import prepared
from linli.kernel.pipeline import Reader, can_pipeline, hurry, part, settle_until
from linli.kernel.prepared import Params, Result, run
from linli.kernel.sql.shaping import shaped
from linli.kernel.sql.statements import _in_django_words, _ready, bare_link, own_connection

R = TypeVar("R")


class Asked(Generic[R]):
    """A read that is on its way: `rows` waits for it and for all that was asked beside it."""

    def __init__(self, into: type[R]) -> None:
        self._into = into
        self._found: Result | None = None
        self._error: psycopg.Error | None = None
        # who reads it before what stands behind it, if that was wished
        self.hurried: Reader | None = None

    def told(self, found: Result) -> None:
        """Take what the statement came to."""
        self._found = found

    def refused(self, error: psycopg.Error) -> None:
        """Take why the statement was refused; whoever wants its answer is told so, too."""
        self._error = error

    def result(self) -> Result:
        """Return what the statement came to."""
        if self._found is None and self.hurried is not None:
            _in_django_words(own_connection(), settle_until, self.hurried)
        elif self._found is None:
            bare_link()
        if self._error is not None:
            with own_connection().wrap_database_errors:
                raise self._error
        assert self._found is not None, "what was asked beside it was refused"
        return self._found

    def rows(self) -> list[R]:
        """Return the rows as `sql.rows` does."""
        return shaped(self.result(), self._into)


class How(TypedDict, total=False):
    """What else is said of a statement that is begun, as `ask` tells."""

    is_apart: bool
    is_hurried: bool


def ask(
    name: str,
    sql: str,
    params: Params,
    into: type[R],
    **how: Unpack[How],
) -> Asked[R]:
    """Begin a read and go on: several that need nothing of each other come back in one message.

    What writes outside a transaction `is_apart`: it stands whatever is begun before its answer is read.
    What others wait for `is_hurried`: its answer comes before that of anything sent after it.
    """
    asked = Asked(into)
    ask_for(asked, name, sql, params, **how)
    return asked


def ask_for(
    asked: Asked[Any],
    name: str,
    sql: str,
    params: Params,
    *,
    is_apart: bool = False,
    is_hurried: bool = False,
) -> None:
    """Begin a read as `ask` does, for something that wants to know by itself what came of it."""
    db, statement = _ready(name, sql)
    link = db.connection
    if not (link.is_busy or can_pipeline(link)):
        asked.told(_in_django_words(db, run, statement, params))
        return
    is_alone = is_apart and not db.in_atomic_block
    # their mark sends them
    held_back = is_alone or is_hurried
    reader = _in_django_words(db, prepared.ask, statement, params, asked, waits=held_back)
    if is_alone:
        _in_django_words(db, part)
    if is_hurried:
        _in_django_words(db, hurry)
        asked.hurried = reader
