"""How rows go when their term is over: in small steps, so that nothing is locked for long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection

# more than this is not counted: it is enough to know that it is much
MOST_COUNTED = 1000
Before = Callable[[datetime], datetime]


class Going(Protocol):
    """Lets rows go whose term is over."""

    def step(self, now: datetime, limit: int) -> int:
        """Let about `limit` rows go, inside the caller's transaction, and return how many went."""

    def waiting(self, now: datetime) -> int:
        """Return how many rows are over their term, counted up to a thousand."""


def ago(keep: timedelta) -> Before:
    """Return what tells the moment before which a row has outlived `keep`."""
    return lambda now: now - keep


@dataclass(frozen=True)
class Rows:
    """Rows of one table that `where` finds; `%(before)s` in it is the end of the term.

    Names and conditions are written by programmers; nothing that people typed gets in here.
    """

    table: str
    where: str
    before: Before

    def step(self, now: datetime, limit: int) -> int:
        """Delete at most `limit` rows and return how many."""
        given = {"before": self.before(now), "limit": limit}
        return _changed(
            f"DELETE FROM {self.table} WHERE ctid = ANY(ARRAY({self._found} FOR UPDATE SKIP LOCKED))",  # noqa: S608 - names of ours
            given,
        )

    def waiting(self, now: datetime) -> int:
        """Return how many rows are over their term."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM ({self._found}) AS over",  # noqa: S608 - names of ours
                {"before": self.before(now), "limit": MOST_COUNTED},
            )
            return int(cursor.fetchone()[0])

    @property
    def _found(self) -> str:
        return f"SELECT ctid FROM {self.table} WHERE {self.where} LIMIT %(limit)s"  # noqa: S608


@dataclass(frozen=True)
class Blanked(Rows):
    """Rows that stay because others point to them, but lose what `blank` sets to nothing."""

    blank: str = ""

    def step(self, now: datetime, limit: int) -> int:
        """Empty at most `limit` rows and return how many."""
        given = {"before": self.before(now), "limit": limit}
        return _changed(
            f"UPDATE {self.table} SET {self.blank} WHERE ctid = ANY(ARRAY({self._found} FOR UPDATE SKIP LOCKED))",  # noqa: S608 - names of ours
            given,
        )


@dataclass(frozen=True)
class InTurn:
    """Several that go one after the other: what points to something before what it points to."""

    parts: tuple[Going, ...]

    def step(self, now: datetime, limit: int) -> int:
        """Let the first go that has anything over its term."""
        for part in self.parts:
            gone = part.step(now, limit)
            if gone:
                return gone
        return 0

    def waiting(self, now: datetime) -> int:
        """Return how many rows of all are over their term."""
        return sum(part.waiting(now) for part in self.parts)


@dataclass(frozen=True)
class Work:
    """Rows that a service lets go of, because more hangs on them than their table knows."""

    do: Callable[[datetime, int], int]
    left: Callable[[datetime], int]

    def step(self, now: datetime, limit: int) -> int:
        """Let the service do a step."""
        return self.do(now, limit)

    def waiting(self, now: datetime) -> int:
        """Ask the service how many are left."""
        return self.left(now)


def _changed(statement: str, given: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)
