"""Many things one after the other: what breaks of one is logged and counted, and stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError
from prometheus_client import Counter

T = TypeVar("T")
R = TypeVar("R")
BROKEN = Counter("linli_broken_things_total", "Things that a job could not do", ["job"])
# the server's own words for a shutdown; without words the connection is gone
SHUTDOWN = "57P"
log = structlog.get_logger("linli.each")


class Broke(Exception):
    """The things that a job could not do: raised at its end, so that they are tried again."""


def each(job: str, things: Iterable[T], do: Callable[[T], object]) -> list[T]:
    """Do one thing after the other and return those that broke; `do` keeps each in a transaction of its own.

    Things are ids, or functions. A database that is away is no fault of a thing, and raised.
    """
    return each_done(job, things, do)[1]


def each_done(job: str, things: Iterable[T], do: Callable[[T], R]) -> tuple[list[R], list[T]]:
    """As `each`: return what came of those that went well, and those that broke."""
    results: list[R] = []
    return results, [thing for thing in things if not _done(job, thing, do, results)]


def in_halves(
    job: str, things: Sequence[T], do: Callable[[Sequence[T]], R]
) -> tuple[list[R], list[T]]:
    """Do all things at once, or, where that breaks, each half of them, down to the ones that broke.

    Return what came of each part, and these.
    """
    results: list[R] = []
    if len(things) <= 1:
        return results, [
            one for one in things if not _done(job, one, lambda thing: do([thing]), results)
        ]
    try:
        return [do(things)], []
    except Exception as error:
        if is_away(error):
            raise
    half, broken = len(things) // 2, []
    for part in (things[:half], things[half:]):
        more, faulty = in_halves(job, part, do)
        results += more
        broken += faulty
    return results, broken


def _done(job: str, thing: T, do: Callable[[T], R], results: list[R]) -> bool:
    """Do one thing, keep what came of it, and say whether it went well."""
    try:
        results.append(do(thing))
    except Exception as error:
        if is_away(error):
            raise
        BROKEN.labels(job).inc()
        log.exception("thing_broke", job=job, thing=getattr(thing, "__name__", str(thing)))
        return False
    return True


def is_away(error: Exception) -> bool:
    """Say whether an error is that of a database that is away or shuts down."""
    if not isinstance(error, (InterfaceError, OperationalError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(SHUTDOWN)
