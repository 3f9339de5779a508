"""The crowd of bench `rush`: people who send a form at their own moment, each twice, from several processes."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from linli.bench.writers import FORK

PROCESSES, LATER = 2, 0.3
# while it is calm one person comes after another, this long after the one before was answered
PAUSE = 0.02
# status, body, the seconds to wait if told to come again, and the place in line then
Answer = tuple[int, bytes, float, str]
# who is told to come again does so this often, and then is lost
TRIES = 200


@dataclass
class Seen:
    """Seconds of the first answers, the codes that were given, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    unanswered: int = 0
    # people whose two copies were answered with two codes
    differing: int = 0

    def add(self, other: Seen) -> None:
        self.seconds += other.seconds
        self.codes += other.codes
        self.unanswered += other.unanswered
        self.differing += other.differing


def one_by_one(port: int, path: str, days: Sequence[str], people: Iterable[int]) -> Seen:
    """Let one come after the other, each twice in a row."""
    seen = Seen()

    async def work() -> None:
        for number in people:
            form, key = _form(number, days), str(uuid4())
            began = time.perf_counter()
            first = await _send(port, path, form, key, number)
            seen.seconds.append(time.perf_counter() - began)
            _note(seen, [first, await _send(port, path, form, key, number)])
            await asyncio.sleep(PAUSE)

    asyncio.run(work())
    return seen


def crowd(port: int, path: str, days: Sequence[str], people: Sequence[int], seconds: float) -> Seen:
    """Let everybody come at a moment of her own within `seconds`, and press again a moment later."""
    told, ready = FORK.Queue(), FORK.Barrier(PROCESSES)
    parts = [people[n::PROCESSES] for n in range(PROCESSES)]
    ways = [
        FORK.Process(target=_part, args=(told, ready, port, path, days, part, seconds))
        for part in parts
    ]
    for way in ways:
        way.start()
    seen = Seen()
    for _ in ways:
        seen.add(told.get(timeout=seconds * 10))
    for way in ways:
        way.join()
    return seen


def _part(
    told: Any, ready: Any, port: int, path: str, days: Sequence[str], people: Sequence[int],
    seconds: float,
) -> None:  # fmt: skip
    ready.wait(60)
    told.put(asyncio.run(_all(port, path, days, people, seconds)))


async def _all(
    port: int, path: str, days: Sequence[str], people: Sequence[int], seconds: float
) -> Seen:
    seen, dice, begins = Seen(), random.Random(people[0]), time.perf_counter()
    moments = sorted(dice.uniform(0, seconds) for _ in people)
    coming = []
    for number, moment in zip(people, moments, strict=True):
        await asyncio.sleep(max(0.0, begins + moment - time.perf_counter()))
        coming.append(asyncio.create_task(_person(seen, port, path, days, number, begins + moment)))
    await asyncio.gather(*coming)
    return seen


async def _person(
    seen: Seen, port: int, path: str, days: Sequence[str], number: int, moment: float
) -> None:
    """Send, press again a moment later whatever came, and follow either until there is a code."""
    form, key = _form(number, days), str(uuid4())

    async def send(after: float) -> str:
        await asyncio.sleep(after)
        place = ""
        for _ in range(TRIES):
            status, body, wait, place = await _send(port, path, form, key, number, place)
            if not after and len(timed) == 0:
                timed.append(time.perf_counter() - moment)
            if status == 201:
                return str(json.loads(body)["code"])
            if not wait:
                return ""
            await asyncio.sleep(wait)
        return ""

    timed: list[float] = []
    codes = await asyncio.gather(send(0), send(random.uniform(0.01, LATER)))
    seen.seconds += timed
    _keep(seen, codes)


def _note(seen: Seen, answers: Sequence[Answer]) -> None:
    _keep(seen, [json.loads(body).get("code", "") if status == 201 else "" for status, body, *_rest in answers])  # fmt: skip


def _keep(seen: Seen, codes: Sequence[str]) -> None:
    seen.differing += len(set(codes)) > 1
    seen.unanswered += not all(codes)
    seen.codes += [codes[0]] if codes[0] else []


def _form(number: int, days: Sequence[str]) -> bytes:
    wishes = random.Random(number).sample(list(days), k=1 + number % len(days))
    return json.dumps({"wishes": wishes, "phone": f"138{number:08d}"}).encode()


async def _send(
    port: int, path: str, form: bytes, key: str, person: int, place: str = ""
) -> Answer:
    """Send a form over a connection of its own, with the place in line that was given before."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return 0, b"", 0.5, place
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Bench-Person: {person}\r\nIdempotency-Key: {key}\r\nPlace-In-Line: {place}\r\n"
        f"Content-Length: {len(form)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + form)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    top, _, body = answer.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])
    }
    status = int(lines[0].split()[1]) if lines[0] else 0
    return status, body, float(headers.get("retry-after", 0)), headers.get("place-in-line", "")
