"""Bench `mixed`: fifty people at once for ten minutes, four reads to one report, on the same cores.

It promises no rate but evenness: no error, no memory that grows, nobody who waits much longer than
the others.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.test import Client

from linli.bench.home_bench import server
from linli.bench.measure import Part, Result, machine
from linli.cli.serve import prepare_static
from linli.demo import city

CLIENTS, MINUTES, WRITES, THREADS = 50, 10, 0.2, 4
EARLY = 2
VILLAGE = "441900990201"
PUBLIC = (
    "/zh-hans/", f"/zh-hans/places/{VILLAGE}/", f"/zh-hans/report/?place={VILLAGE}",
    "/zh-hans/search/?q=%E8%B7%AF%E7%81%AF", f"/zh-hans/places/{VILLAGE}/cases/",
    "/api/v1/places/?level=village&limit=50", "/en/plan/",
)  # fmt: skip
STAFF = ("/zh-hans/desk/", "/zh-hans/desk/cases/", "/api/v1/cases/?view=open")


@dataclass
class Seen:
    """What all clients saw: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: dict[int, int] = field(default_factory=dict)


def run(say: Callable[[str], None]) -> Result:
    """Fifty clients without a pause between requests, as many as the server takes."""
    rows = city.make_demo(say)
    prepare_static()
    seen, session = Seen(), _session(rows)
    with server("linli.bench.report_app:app", threads=THREADS) as port:
        _drive(port, session, seen, say)
    return Result(
        "mixed",
        f"{CLIENTS} clients, {MINUTES} minutes, {len(seen.seconds):,} requests, a fifth of them reports",
        (_errors(seen), _memory(seen), _evenness(seen)),
        machine(),
    )


def _drive(port: int, session: str, seen: Seen, say: Callable[[str], None]) -> None:
    ends = time.monotonic() + MINUTES * 60
    clients = [
        threading.Thread(target=_client, args=(port, session, number, ends, seen))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for minute in range(1, MINUTES + 1):
        time.sleep(max(0.0, ends - time.monotonic() - (MINUTES - minute) * 60))
        seen.memory[minute] = _resident(port)
        say(
            f"minute {minute} of {MINUTES}: {len(seen.seconds):,} requests, {len(seen.errors)} errors"
        )
    for client in clients:
        client.join()


def _client(port: int, session: str, number: int, ends: float, seen: Seen) -> None:
    """Ask again and again over one kept connection; a third of the clients are staff."""
    dice = random.Random(number)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for method, path, body, headers in _wishes(dice, session if number % 3 == 0 else ""):
        if time.monotonic() >= ends:
            break
        began = time.perf_counter()
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            seen.errors.append(f"{path}: {type(error).__name__}")
            link.close()
            continue
        seen.seconds.append(time.perf_counter() - began)
        if answer.status >= http.client.BAD_REQUEST:
            seen.errors.append(f"{path}: {answer.status}")
    link.close()


def _wishes(
    dice: random.Random, session: str
) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
    cookie = {"Cookie": f"linli-session={session}"} if session else {}
    while True:
        if dice.random() < WRITES:
            text = f"榕树巷口的路灯不亮，看不清台阶。第 {dice.randrange(10**6)} 盏。"
            body = json.dumps({"text": text, "place": VILLAGE, "matter": "help"}).encode()
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            yield "POST", "/api/v1/reports/", body, headers
        else:
            yield "GET", dice.choice(STAFF if session else PUBLIC), None, cookie


def _session(rows: list[dict[str, object]]) -> str:
    """Sign one of the demo's clerks in; return what her browser holds."""
    from linli.access import rules

    row = next(row for row in rows if row.get("username") == "ye.shaofen")
    browser = Client(SERVER_NAME="127.0.0.1")
    given = {"username": row["username"], "password": row["password"]}
    browser.post("/en/access/sign-in/", given)
    code = rules.totp(str(row["totp_secret"]), int(time.time()) // 30)
    answer = browser.post("/en/access/sign-in/factor/", {"code": code})
    assert answer.status_code == http.client.SEE_OTHER, "the clerk of the bench does not get in"
    return str(browser.cookies["linli-session"].value)


def _resident(port: int) -> int:
    """Return the resident memory in bytes of the server that listens on a port, with its workers."""
    own = {
        int(p.name)
        for p in Path("/proc").iterdir()
        if p.name[0] in "123456789" and _serves(p, port)
    }
    return sum(_bytes(number) for number in own)


def _serves(process: Path, port: int) -> bool:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"--port" in words and str(port).encode() in words


def _bytes(number: int) -> int:
    try:
        told = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


def _errors(seen: Seen) -> Part:
    for error in sorted(set(seen.errors))[:5]:
        print(error)  # noqa: T201  names the first kinds of error beside the figure
    count = len(seen.errors)
    return Part("errors", count, 0, count, 0, count == 0, "errors")


def _memory(seen: Seen) -> Part:
    early, late = seen.memory[EARLY], seen.memory[MINUTES]
    ratio = round(late / early, 4)
    return Part(f"memory at minute {MINUTES} against {EARLY}", late, early, ratio, 1.1, ratio <= 1.1, "bytes")  # fmt: skip


def _evenness(seen: Seen) -> Part:
    cuts = statistics.quantiles(seen.seconds, n=100)
    middle, slow = cuts[49], cuts[98]
    ratio = round(slow / middle, 4)
    return Part("p99 against p50", round(slow, 4), round(middle, 4), ratio, 10.0, ratio <= 10)
