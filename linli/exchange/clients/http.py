"""HTTP to the address that the city's settings name: no redirects, an end to waiting, an end to reading."""

from __future__ import annotations

import ssl
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

from linli.exchange.clients.wire import MOST_BYTES
from linli.exchange.types.connections import NO_ANSWER, Call, Later, Reply

# between two pieces, and in all: an answer that drips is no answer
SECONDS, IN_ALL, PIECE = 10, 30, 65536


class Http:
    """Carries requests to one address and nowhere else."""

    def __init__(self, address: str) -> None:
        found = urlsplit(address)
        assert found.hostname and found.scheme in ("http", "https"), "settings check addresses"
        self._host, self._port, self._root = found.hostname, found.port, found.path.rstrip("/")
        self._is_safe = found.scheme == "https"

    def carry(self, call: Call) -> Reply:
        """Return the answer. Raises Later when none comes in time."""
        link = self._link()
        try:
            link.request(
                call.method,
                self._root + call.path,
                body=call.body or None,
                headers=dict(call.heads),
            )
            answer = link.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), _read(answer))
        except (OSError, HTTPException) as fault:
            raise Later(NO_ANSWER) from fault
        finally:
            link.close()

    def _link(self) -> HTTPConnection:
        if self._is_safe:
            return HTTPSConnection(self._host, self._port, timeout=SECONDS, context=_context())
        return HTTPConnection(self._host, self._port, timeout=SECONDS)


def _read(answer: HTTPResponse) -> bytes:
    until, body = monotonic() + IN_ALL, b""
    while len(body) <= MOST_BYTES:
        piece = answer.read1(PIECE)
        if not piece:
            break
        body += piece
        if monotonic() > until:
            raise TimeoutError
    return body


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
