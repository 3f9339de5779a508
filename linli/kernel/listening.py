"""News of the database: one connection of a process listens, however many screens ask.

Tables behind live values tell by a trigger that something of a topic changed (`pg_notify` on CHANNEL,
the topic as payload, such as queue:7). Whoever keeps something made of a topic compares its count.
Without the connection (not begun, a pooler in between, the database away) `is_heard` is false and
nobody may take silence for "nothing changed". It is looked for again until it is there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from psycopg import Connection, Error

CHANNEL = "linli_live"
# so often the server is asked whether it is still there; silence for longer is not believed
BEAT_SECONDS, BELIEVED_SECONDS = 3.0, 8.0
PAUSES = (0.2, 1.0, 2.0, 5.0)
MOST_TOPICS = 5000
log = structlog.get_logger("linli.web")
Link = Connection[Any]


class News:
    """Counts what was told of each topic."""

    def __init__(self, connect: Callable[[], Link]) -> None:
        self._connect = connect
        self._counts: dict[str, int] = {}
        self._lost = 0
        self._heard_at = float("-inf")
        self._guard = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def is_heard(self) -> bool:
        """Say whether news come in: what did not change by them did not change."""
        return time.monotonic() - self._heard_at < BELIEVED_SECONDS

    def count(self, topic: str) -> tuple[int, int]:
        """Return a mark that is another one once something of the topic changed, or may have."""
        with self._guard:
            return self._lost, self._counts.get(topic, 0)

    def begin(self) -> None:
        """Listen from now on, in a thread that ends with its process. Twice is once."""
        with self._guard:
            if self._thread is not None and self._thread.is_alive():
                return
            self._ended.clear()
            self._thread = threading.Thread(target=self._run, name="news", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Listen no more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(BELIEVED_SECONDS)

    def note(self, topic: str) -> None:
        """Count that something of a topic changed."""
        with self._guard:
            if len(self._counts) >= MOST_TOPICS:
                self._counts.clear()
                self._lost += 1
            self._counts[topic] = self._counts.get(topic, 0) + 1

    def _run(self) -> None:
        tries = 0
        while not self._ended.is_set():
            try:
                with self._connect() as link:
                    tries = 0
                    self._listen(link)
            except (Error, OSError) as error:
                log.info("news_lost", error=type(error).__name__)
            self._heard_at = float("-inf")
            self._ended.wait(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def _listen(self, link: Link) -> None:
        link.execute(f"LISTEN {CHANNEL}")
        # what changed while nobody listened was told to nobody
        with self._guard:
            self._lost += 1
        self._heard_at = time.monotonic()
        while not self._ended.is_set():
            for told in link.notifies(timeout=BEAT_SECONDS, stop_after=1):
                self.note(told.payload)
            link.execute("SELECT 1")
            self._heard_at = time.monotonic()
