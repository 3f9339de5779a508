"""A transaction that ends at the door: its answer is finished while the server commits, and leaves once that is known.

What an act answered goes through some twenty layers on its way out, which ask the database nothing. They have
that time while COMMIT is on its way (docs/adr/0018). Should it fail, the answer is not given: the request goes
through the layers once more, with the error where the act stood.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import psycopg
from django.db import Error, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg import pq

from linli.kernel.pipeline import settle
from linli.kernel.sql import own_connection

if TYPE_CHECKING:
    from linli.kernel.db.base import DatabaseWrapper

KEPT = b"COMMIT"
Answering = Callable[[HttpRequest], HttpResponse]


class Ending:
    """A COMMIT on its way, and what is done once it came to its end."""

    def __init__(self) -> None:
        self.is_kept = False
        self.after: list[Callable[[], None]] = []

    def __call__(self, found: pq.abc.PGresult) -> None:
        """Take what it came to: a transaction that was broken already ends with another word."""
        self.is_kept = found.command_status == KEPT

    def refused(self, error: psycopg.Error) -> None:
        """Whoever waits is told by the error itself."""


def let_end_at_door() -> None:
    """Let the outermost block that ends next not wait for its COMMIT, where a door does.

    For whoever asks the database nothing more, and does nothing outside it, before the answer is out.
    """
    db = own_connection()
    db.ends_at_door = db.has_door


def once_kept(act: Callable[[], None]) -> None:
    """Act once what was done is known to be kept: at once, unless its COMMIT is on its way."""
    ending = own_connection().ending
    if ending is None:
        act()
    else:
        ending.after.append(act)


def door(get_response: Answering) -> Answering:
    """Give no answer before it is known that what it tells was kept. Stands before all that shapes answers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        db = own_connection()
        db.has_door = True
        try:
            response = get_response(request)
            error = db.ending and _lost(db, db.ending)
            if error is None:
                return response
            request.undone_by = error  # type: ignore[attr-defined]
            return get_response(request)
        finally:
            db.has_door, db.ends_at_door, db.ending = False, False, None

    return middleware


def _lost(db: DatabaseWrapper, ending: Ending) -> Error | None:
    """Wait for an end; return why nothing was kept, or None after all that was to be done then."""
    db.ending = None
    try:
        if db.connection is not None:
            with db.wrap_database_errors:
                settle(db.connection)
        if not ending.is_kept:
            # its answer was lost, or taken by somebody who did not mind it
            raise OperationalError("the transaction was not committed")
    except Error as error:
        _roll_back(db)
        return error
    for act in ending.after:
        act()
    return None


def _roll_back(db: DatabaseWrapper) -> None:
    """Leave nothing of a transaction that failed at its end, as the end of a block does it."""
    try:
        db.rollback()
    except Error:
        db.close()
