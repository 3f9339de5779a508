"""Bench `import`: 200,000 residents from csv against bare COPY and bare AES-GCM of the same."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from linli.bench.generate_bench import copy_again, empty
from linli.bench.measure import Result, judge, machine
from linli.demo import city
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.people.services import importing, running
from linli.places import queries as places

ROWS, PAIRS, VILLAGES = 200_000, 3, 40
HEADS = ("姓名", "性别", "出生日期", "证件号码", "手机", "地址", "户号", "与户主关系", "村代码")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def run(say: Callable[[str], None]) -> Result:
    """Ours: check and take a csv, sealing, households, name terms; baseline: COPY of the same columns into
    tables with the same indexes, plus AES-GCM of the same fields."""
    city.make_city(say)
    codes = [p.code for p in places.places_of_level("village")[:VILLAGES]]
    ours, bare = [], []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        rows = list(_rows(codes))
        with open(file, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([HEADS, *rows])
        for pair in range(PAIRS):
            say(f"pair {pair + 1} of {PAIRS}: {ROWS:,} residents …")
            # a run that was broken off goes on with the same file, and would not be measured from its start
            empty("people_importrun")
            ours.append(_import(file))
            bare.append(copy_again() + _bare_sealing(rows))
    parts = (judge("seconds in all", ours, bare, target=8.0, bound="at most"),)
    return Result("import", f"{ROWS:,} residents from csv, {PAIRS} pairs", parts, machine())


def _import(file: Path) -> float:
    actor, now = system_actor("bench import"), timezone.now()
    began = time.perf_counter()
    with scope.acting(actor):
        run = importing.receive_path(file, "bench", place="441900/", actor=actor, now=now)
        run = importing.map_columns(run, run.mapping, run.defaults, actor=actor, now=now)
        run = running.check_run(run, actor=actor, now=now, path=file, say=_quiet)
        run = running.take_run(run, actor=actor, now=now, path=file, say=_quiet)
    seconds = time.perf_counter() - began
    assert run.counts.get("new") == ROWS, run.counts
    return seconds


def _quiet(done: int) -> None:
    """Nobody watches a bench."""


def _bare_sealing(rows: list[tuple[str, ...]]) -> float:
    """AES-256-GCM of number, phone and address of each row, a fresh nonce each."""
    seal = AESGCM(AESGCM.generate_key(256)).encrypt
    began = time.perf_counter()
    for row in rows:
        for field in (row[3], row[4], row[5]):
            seal(os.urandom(12), field.encode(), b"people")
    return time.perf_counter() - began


def _rows(codes: list[str]) -> Iterator[tuple[str, ...]]:
    """Households of three in the fictitious number range; every number with its check digit."""
    surnames, given = "陈李黄张梁何叶麦卢黎冼曾区周钟", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
    for n in range(ROWS):
        day = f"{1950 + n % 60}{1 + n % 12:02d}{1 + n % 28:02d}"
        body = f"000000{day}{n // 420:03d}"
        name = surnames[n % 15] + given[n % 20] + given[n // 20 % 20]
        home = n // 3
        yield (
            name, "男" if int(body[16]) % 2 else "女", f"{day[:4]}-{day[4:6]}-{day[6:]}",
            body + _check_digit(body), f"1380{n % 10_000_000:07d}", f"和顺路{home}号",
            f"H{home}", "户主" if n % 3 == 0 else "子女", codes[home % len(codes)],
        )  # fmt: skip


def _check_digit(body: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
