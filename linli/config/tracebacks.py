"""What of an error may be written into a log: where it happened and its kind, no values of people."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import psycopg
from django.db import Error as DjangoError
from django.db import InterfaceError, OperationalError

from linli.kernel.errors import busy_in

# "invalid input syntax for type integer: "…"": the words of this class of errors repeat the value
DATA_EXCEPTION = "22"
# what a lost connection or a full disk raises, and a lock that took too long
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def told(error: BaseException) -> str:
    """Return kind and words of an error. Of the database's own words only the first line is kept.

    Its DETAIL names values ("Key (phone)=(…) already exists"), its CONTEXT whole rows.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not isinstance(error, (psycopg.Error, DjangoError)):
        words = str(error)
        return f"{kind}: {words}" if words else kind
    source = error if isinstance(error, psycopg.Error) else error.__cause__
    if not isinstance(source, psycopg.Error) or source.sqlstate is None:
        # no answer of the server: words of the driver, such as "connection refused"
        words = str(error).splitlines()[0] if str(error) else ""
        return f"{kind}: {words}"
    repeats = source.sqlstate.startswith(DATA_EXCEPTION)
    primary = "" if repeats else source.diag.message_primary or ""
    return f"{kind}: {source.sqlstate} {primary}".rstrip()


def text_of(error: BaseException) -> str:
    """Return the traceback of an error and of those that led to it."""
    return "\n".join(_parts(error, set()))


def _parts(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _parts(before, seen)
        yield "which led to:" if error.__cause__ else "and while that was handled:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield told(error)


def write_exception(
    logger: Any, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put the traceback of an event into it, as a processor of structlog."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if given is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = text_of(error)
    return event


class FailedPages(logging.Filter):
    """Lets Django tell of a page that failed by its view: addresses hold codes and one-time words.

    While the database is away one line for each page is enough.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        reason = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if isinstance(error, AWAY) and busy_in(error) is None:
            reason, record.exc_info = told(error), None
        record.msg, record.args = "%s, view %s", (reason, match.view_name if match else "unknown")
        return True


def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Write an error that nobody caught, as the interpreter would, without values."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("linli").critical("uncaught", exc_info=error)
