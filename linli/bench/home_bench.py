"""Bench `home`: a village's home over HTTP against the same page from a frozen context."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.bench.measure import Part, Result, judge, machine, p95
from linli.cli.serve import prepare_static
from linli.demo import city

PLACE = "441900990201"
REQUESTS, PAIRS = 400, 6


def run(say: Callable[[str], None]) -> Result:
    """Ours: the whole service; floor: no middleware, no query, same template and server settings."""
    city.make_demo(say)
    prepare_static()
    os.environ["LINLI_BENCH_PLACE"] = PLACE
    with (
        server("linli.config.wsgi:application") as ours,
        server("linli.bench.floor:app") as floor,
    ):
        mine, bare = f"/zh-hans/places/{PLACE}/", "/floor/"
        for _ in range(2):
            ask(ours, mine, REQUESTS), ask(floor, bare, REQUESTS)
        say(f"{PAIRS} pairs of {REQUESTS} requests …")
        first, second = [], []
        for _ in range(PAIRS):
            first.append(ask(ours, mine, REQUESTS))
            second.append(ask(floor, bare, REQUESTS))
    rates = [[len(run) / sum(run) for run in runs] for runs in (first, second)]
    slow = [[p95(run) for run in runs] for runs in (first, second)]
    parts = (
        judge("requests/s", *rates, target=0.5, bound="at least", unit="1/s"),
        judge("p95", *slow, target=2.0, bound="at most"),
        _queries(),
    )
    return Result(
        "home", f"{REQUESTS * PAIRS:,} requests, one worker, one client", parts, machine()
    )


def _queries() -> Part:
    """The number of queries is a promise of its own: at most eight."""
    from django.test import Client

    with CaptureQueriesContext(connection) as seen:
        Client(SERVER_NAME="127.0.0.1").get(f"/zh-hans/places/{PLACE}/")
    count = len(seen)
    return Part("queries", count, 8, count, 8, count <= 8, "queries")


@contextmanager
def server(target: str, threads: int = 1, workers: int = 1) -> Iterator[int]:
    """A granian on a free port of 127.0.0.1, stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws",
        "--log-level", "warning", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "LOG_LEVEL": "ERROR"})
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server of the bench did not start")


def ask(port: int, path: str, count: int) -> list[float]:
    """Return the seconds of each request over one kept connection; only successes count.

    Cookies are sent back, as a browser does.
    """
    link = http.client.HTTPConnection("127.0.0.1", port)
    seconds: list[float] = []
    kept: dict[str, str] = {}
    for _ in range(count):
        began = time.perf_counter()
        link.request("GET", path, headers=kept)
        answer = link.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - began)
        assert answer.status == 200, f"{path} answered {answer.status}"
        given = answer.headers.get_all("Set-Cookie")
        if given:
            kept = {"Cookie": "; ".join(cookie.split(";")[0] for cookie in given)}
    link.close()
    return seconds
