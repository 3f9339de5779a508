"""People who report one after the other over HTTP, whatever happens to the server meanwhile."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from uuid import uuid4

from linli.demo.cast import VILLAGE_1

LETTERS = str.maketrans("0123456789abcdef-", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午")
PATIENCE_SECONDS = 60


class Reporters:
    """Each report is sent under its key again and again until the server says that it has it."""

    def __init__(self, port: int, people: int) -> None:
        self.port = port
        self.numbers: dict[str, str] = {}
        self.never: list[str] = []
        self._ended = threading.Event()
        # each report comes from an address of its own, as nobody may send many
        self._addresses = count(1)
        self._people = [threading.Thread(target=self._report) for _ in range(people)]

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Let them report inside the block; what was begun is brought to its end."""
        for one in self._people:
            one.start()
        try:
            yield
        finally:
            self._ended.set()
            for one in self._people:
                one.join()

    def _report(self) -> None:
        while not self._ended.is_set():
            key, address = str(uuid4()), next(self._addresses)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while (number := self._sent(key, address)) is None and time.monotonic() < deadline:
                time.sleep(0.05)
            if number is None:
                self.never.append(key)
            else:
                self.numbers[key] = number

    def _sent(self, key: str, address: int) -> str | None:
        """Return the number that was given to a report; None if nobody said that it was taken."""
        source = (f"127.0.{1 + address // 250}.{1 + address % 250}", 0)
        link = HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=source)
        # no digits: a text with long numbers is asked about first
        body = {"text": f"路灯不亮{key.translate(LETTERS)}", "place": VILLAGE_1}
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            link.request("POST", "/api/v1/reports/", json.dumps(body), headers)
            answer = link.getresponse()
            told = json.loads(answer.read())
            return str(told["number"]) if answer.status == 201 else None
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            link.close()
