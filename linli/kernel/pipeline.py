"""Statements on the wire whose answers nobody waits for: PostgreSQL writes while Python goes on.

They stand in their order before everything that is asked later on the connection. What came of
them is read before the next answer that somebody wants, and with COMMIT at the latest
(docs/adr/0018).
"""

from __future__ import annotations

import select
from collections.abc import Callable
from typing import Any, Protocol

import psycopg
from psycopg import capabilities, errors, pq

HAS_PIPELINE = capabilities.has_pipeline()
AT_ITS_END = pq.ExecStatus.PIPELINE_SYNC
FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.BAD_RESPONSE)


class Reader(Protocol):
    """Is given what a statement came to, or why it was refused."""

    def __call__(self, found: pq.abc.PGresult, /) -> None: ...

    def refused(self, error: psycopg.Error, /) -> None: ...


class Link(psycopg.Connection[Any]):
    """A connection whose own cursors never meet answers to what was put on the wire before."""

    # whether anything waits on the wire (the driver has a pipeline of its own for `executemany`)
    is_busy = False
    # who wants the answers to what waits on the wire, in its order
    readers: list[Reader | None]
    # how many transactions of their own stand there, and whether nothing was put behind the last of them
    parts, is_apart = 0, False
    # whether all that is put waits for one message
    is_gathering = False

    @classmethod
    def of(cls, link: Any) -> Link:
        """Return a connection of the driver as one of ours."""
        link.__class__ = cls
        link.readers = []
        assert isinstance(link, cls)
        return link

    def wait(self, gen: Any, *given: Any, **named: Any) -> Any:
        """Do one thing with the server; everything that a cursor does comes by here."""
        settle(self)
        return super().wait(gen, *given, **named)


def can_pipeline(link: Link) -> bool:
    """Say whether statements may go without an answer: not past a pooler, nor with an old library."""
    return HAS_PIPELINE and link.prepare_threshold is not None


def put(
    link: Link, send: Callable[..., None], *given: Any, reader: Reader | None = None,
    waits: bool = False,
) -> None:  # fmt: skip
    """Send one message of the extended protocol, and go on; `reader` gets its answer when it is read.

    What costs the server nothing `waits` for the message after it: each is a call of the system.
    """
    wire = link.pgconn
    if not link.is_busy:
        wire.enter_pipeline_mode()
        link.is_busy = True
    send(*given)
    link.readers.append(reader)
    link.is_apart = False
    if not waits and not link.is_gathering:
        wire.flush()


def part(link: Link) -> None:
    """Let what was put so far, outside a transaction, be one of its own; what comes next stands apart from it.

    It goes to the server at once, with what waits.
    """
    link.pgconn.pipeline_sync()
    link.parts, link.is_apart = link.parts + 1, True


def hurry(link: Link) -> None:
    """Have the server send the answer to what was put last once it has it, before all that comes behind.

    What was put `waits` until now: both are one call of the system.
    """
    link.pgconn.send_flush_request()
    if not link.is_gathering:
        link.pgconn.flush()


def settle_until(link: Link, reader: Reader) -> None:
    """Wait for the answer that one reader wants, which was hurried; what stands behind it stays on the wire.

    Where nothing does, all is settled: only then the server counts how long the transaction is idle.
    Raises psycopg's error for the first statement before it that was refused.
    """
    if link.readers and link.readers[-1] is reader:
        settle(link)
        return
    wire = link.pgconn
    while reader in link.readers:
        is_read = False
        try:
            one, is_read = _answer(wire), True
        finally:
            if not is_read:
                # what is left would be taken for the answer to something else
                link.is_busy = False
                wire.finish()
        if one.status == AT_ITS_END:
            link.parts -= 1
            continue
        told = link.readers.pop(0)
        if one.status in FAILED:
            # of those behind it, in its part, none was run
            link.readers = [None] * len(link.readers)
            let_go(link)
            raise _refused(link, one, told)
        if told is not None:
            told(one)


def settle(link: Link) -> pq.abc.PGresult | None:
    """Wait for all that was put on the wire; return what the last statement came to.

    Raises psycopg's error for the first one that was refused: those after it, in its part, were not run.
    """
    if not link.is_busy:
        return None
    link.is_busy = False
    wire, readers, link.readers = link.pgconn, link.readers, []
    is_read = False
    try:
        if not link.is_apart:
            part(link)
        found = _answers(wire, link.parts)
        wire.exit_pipeline_mode()
        is_read = True
    finally:
        if not is_read:
            # what is left would be taken for the answer to something else
            wire.finish()
        link.parts, link.is_apart = 0, False
    for one, reader in zip(found, readers, strict=True):
        if one.status in FAILED:
            raise _refused(link, one, reader)
        if reader is not None:
            reader(one)
    return found[-1] if found else None


def _refused(link: Link, found: pq.abc.PGresult, reader: Reader | None) -> psycopg.Error:
    """Return why a statement was refused, which is told to whoever wanted its answer."""
    error = errors.error_from_result(found, encoding=link.info.encoding)
    if reader is not None:
        reader.refused(error)
    return error


def let_go(link: Link) -> None:
    """Read what was put on the wire before it is rolled back: whether it was refused is all the same."""
    try:
        settle(link)
    except psycopg.Error:
        return


def _answers(wire: pq.abc.PGconn, parts: int) -> list[pq.abc.PGresult]:
    """Read one answer for each statement, up to the mark that ends the last of so many parts."""
    found: list[pq.abc.PGresult] = []
    while parts:
        one = _answer(wire)
        if one.status == AT_ITS_END:
            parts -= 1
        else:
            found.append(one)
    return found


def _answer(wire: pq.abc.PGconn) -> pq.abc.PGresult:
    """Read the next answer, or the mark that ends a part."""
    while True:
        if wire.is_busy():
            _wait_for_answer(wire)
        one = wire.get_result()
        if one is not None:
            return one
        # a nothing stands after each answer
        if wire.status == pq.ConnStatus.BAD:
            raise psycopg.OperationalError(wire.get_error_message())


def _wait_for_answer(wire: pq.abc.PGconn) -> None:
    """Wait until an answer can be read without waiting.

    The library would wait for it with Python's lock held: another thread of this process that holds
    the row that this one waits for could never let it go.
    """
    while wire.is_busy() and wire.status != pq.ConnStatus.BAD:
        events = select.POLLIN | (select.POLLOUT if wire.flush() else 0)
        server = select.poll()
        server.register(wire.socket, events)
        server.poll()
        wire.consume_input()
