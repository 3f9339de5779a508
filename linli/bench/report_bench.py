"""Bench `report`: reports over HTTP with a photo, routed and timed, against one row and commit."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from linli.bench.home_bench import server
from linli.bench.measure import Part, Result, judge, machine
from linli.bench.resting import rest
from linli.cli.serve import prepare_static
from linli.demo import city

PLACE = "441900990201"
REQUESTS, ROUNDS = 150, 15
# what Signalen does with the same work on a machine like those of our figures
SIGNALEN = 19.0
COPY = """
INSERT INTO files_storedfile (code, owner_kind, owner_id, place, kind, name, size, sha256,
    storage_name, content_key, width, height, level, state, account_id, is_made, stored_at,
    retention_until, erased_at)
SELECT unnest(%s::text[]), owner_kind, owner_id, place, kind, name, size, sha256, storage_name,
    content_key, width, height, level, state, account_id, is_made, stored_at, retention_until,
    erased_at FROM files_storedfile WHERE code = %s
"""


def run(say: Callable[[str], None]) -> Result:
    """Ours: the whole service; floor: no middleware, one INSERT and commit, same server settings."""
    city.make_demo(say)
    prepare_static()
    photos = iter(_photos(REQUESTS * (ROUNDS + 1)))
    with server("linli.bench.report_app:app") as ours, server("linli.bench.floor:app") as floor:
        say(f"{ROUNDS} pairs of {REQUESTS} requests …")
        pairs = alternating(
            lambda: rate(ours, "/api/v1/reports/", _reports(photos)),
            lambda: rate(floor, "/floor/insert/", _rows()),
        )
    first, second = ([pair[n] for pair in pairs] for n in (0, 1))
    part = judge(
        "reports/s against one row", first, second, target=0.2, bound="at least", unit="1/s"
    )
    work = f"{REQUESTS * ROUNDS:,} reports: photo, words, clocks, routing, receipt; one worker, one client"
    return Result("report", work, (part, _beside(first)), machine())


def alternating(ours: Callable[[], float], floor: Callable[[], float]) -> list[tuple[float, float]]:
    """Return the rates of pairs behind a first one, after which the database rests.

    One pair takes half a second, in which a shared machine may be a fifth slower: many are asked.
    """
    ours(), floor()
    rest()
    return [(ours(), floor()) for _ in range(ROUNDS)]


def _beside(rates: list[float]) -> Part:
    """Signalen's figure stands there to be compared; it was measured on another machine."""
    rate = statistics.median(rates)
    return Part("reports/s beside Signalen's 19", round(rate, 2), SIGNALEN, round(rate / SIGNALEN, 4), 1.0, rate >= SIGNALEN, "1/s")  # fmt: skip


def _photos(count: int) -> list[str]:
    """One photo taken in as people send it, and as many rows of it as there are reports."""
    from linli.cases.services.photos import keep_photos
    from linli.files.testing import photo
    from linli.kernel.ids import public_code
    from linli.kernel.permits import NOBODY

    taken = SimpleUploadedFile("a.jpg", photo(640, 480))
    kept, _ = keep_photos([taken], actor=NOBODY, now=timezone.now())
    codes = [public_code(14) for _ in range(count)]
    with connection.cursor() as cursor:
        cursor.execute(COPY, [codes, kept[0].code])
    return codes


def _reports(photos: Iterator[str]) -> Iterator[str]:
    """Bodies of reports, each with a photo of its own and a number that wants a text message."""
    for number in range(REQUESTS):
        yield json.dumps({
            "text": f"榕树巷口的路灯从上周三晚上起不亮，看不清台阶。第 {number} 盏。",
            "where": "榕树巷12号门口", "place": PLACE, "matter": "help", "photos": [next(photos)],
            "contact": {"name": "陈小姐", "phone": f"138{number:08d}"}, "by_sms": True,
        })  # fmt: skip


def _rows() -> Iterator[str]:
    return iter(["{}"] * REQUESTS)


def rate(port: int, path: str, bodies: Iterator[str]) -> float:
    """Return requests a second over one kept connection; only successes count."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    wanted = [(body, str(uuid4())) for body in bodies]
    began = time.perf_counter()
    for body, key in wanted:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        link.request("POST", path, body.encode(), headers)
        answer = link.getresponse()
        said = answer.read()
        assert answer.status == 201, f"{path} answered {answer.status}: {said[:300]!r}"
    seconds = time.perf_counter() - began
    link.close()
    return len(wanted) / seconds
