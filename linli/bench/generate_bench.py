"""Bench `generate`: synthetic people by COPY against a bare COPY of the same rows."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from linli.bench.measure import Result, judge, machine
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.demo import city
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.people.services.synthetic import generate_people

PEOPLE, PAIRS, FIRST_SEED = 1_000_000, 5, 44190
TABLES = (
    "people_person", "people_personkey", "people_persondocument", "people_contact",
    "people_residency", "people_household", "people_householdmember", "people_dwelling",
    "people_nameterm",
)  # fmt: skip


def run(say: Callable[[str], None]) -> Result:
    """Each pair: generate with a new seed, then COPY just these rows into tables of the same shape."""
    city.make_city(say)
    actor = system_actor("bench generate")
    ours, bare = [], []
    with scope.acting(actor):
        empty()
        generate_people(
            PEOPLE // 50, FIRST_SEED - 1, below="441900/", actor=actor, now=timezone.now()
        )
        for pair in range(PAIRS):
            say(f"pair {pair + 1} of {PAIRS}: {PEOPLE:,} people …")
            empty()
            began = time.perf_counter()
            generate_people(
                PEOPLE,
                FIRST_SEED + pair,
                below="441900/",
                actor=actor,
                now=timezone.now(),
                workers=2,
            )
            ours.append(time.perf_counter() - began)
            bare.append(copy_again())
    parts = (judge("seconds", ours, bare, target=4.0, bound="at most"),)
    return Result("generate", f"{PEOPLE:,} people, {PAIRS} pairs, fresh seeds", parts, machine())


def empty(*more: str) -> None:
    """Take all people out of this home, and what is in more tables, as the owner of the tables."""
    env = read_env()
    assert env.home.name == "bench-emptied", "benches empty tables only in their own home"
    with roles.connect(secrets.database(env, "owner")) as link:
        link.execute(f"TRUNCATE {', '.join((*TABLES, *more))} CASCADE")


def copy_again() -> float:
    """Return the seconds of COPY alone into empty tables of the same shape, commits included.

    The tables lie beside the real ones, with the same indexes and the same durability.
    """
    seconds = 0.0
    with roles.connect(secrets.database(read_env(), "owner")) as link:
        for table in TABLES:
            text = _read(link, table)
            link.execute(
                f"CREATE TABLE bench_bare (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)"
            )
            began = time.perf_counter()
            with link.cursor() as cursor, cursor.copy("COPY bench_bare FROM STDIN") as copy:
                for start in range(0, len(text), 1 << 20):
                    copy.write(text[start : start + (1 << 20)])
            seconds += time.perf_counter() - began
            link.execute("DROP TABLE bench_bare")
    return seconds


def _read(link: Any, table: str) -> bytes:
    """Return the rows as text; row security binds the owner too, so it says that it is the system."""
    out = io.BytesIO()
    with link.transaction():
        link.execute("SELECT set_config('linli.system', 'on', true)")
        with link.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            for block in copy:
                out.write(block)
    return out.getvalue()
