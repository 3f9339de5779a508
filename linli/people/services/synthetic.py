"""Synthetic people of a whole city, for demos and load tests: the same seed makes the same city.

Villages are drawn one after the other and written in steps, so that ten million people need no
more memory than the largest village.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, datetime
from itertools import chain

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from linli.kernel import scope, sql
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.clients import tables
from linli.people.queries.scopes import Node, held, node_at, villages_below
from linli.people.rules.city import VillageSize, prefix, stream, village_sizes
from linli.people.services.mass import bulk
from linli.people.services.mass.village import VillageMaker
from linli.trail.services import record

# the day at which ages are right; fixed, so that a seed means one city
AS_OF = date(2026, 11, 1)
STEP = 5000

Say = Callable[[int, int], None]


def generate_people(
    people: int,
    seed: int,
    *,
    below: str,
    actor: Actor,
    now: datetime,
    say: Say = lambda done, total: None,
    workers: int = 1,
) -> int:
    """Make synthetic people in the villages below a path, and return how many.

    The database refuses a second run with one seed, since the identity numbers are the same;
    sixteen seeds that follow each other live side by side.
    With several workers steps are written at the same time, each on a connection of its own.
    Refuses with NotAllowed.
    """
    require(actor, permits.IMPORT, at=below)
    held.forget()
    nodes = _villages(below)
    groups = list(_groups(_sizes(people, seed, nodes)))
    done = 0
    with scope.acting(actor):
        if workers == 1:
            steps: Iterable[int] = chain.from_iterable(
                _write(group, nodes, seed, below=below, actor=actor, now=now) for group in groups
            )
        else:
            steps = _by_many(groups, nodes, seed, below, actor, now, workers)
        for step in steps:
            done += step
            say(done, people)
    return done


def _villages(below: str) -> dict[str, Node]:
    """Invented villages get people when they are asked for, official ones otherwise."""
    asked = node_at(below)
    invented = bool(asked and asked.is_invented)
    return {n.code: n for n in villages_below(below) if n.is_invented == invented}


def _sizes(people: int, seed: int, nodes: dict[str, Node]) -> list[VillageSize]:
    # ordinals are counted over the whole city, so that numbers never meet
    everywhere = {node.code: place for place, node in enumerate(villages_below(""))}
    towns = {code: node.path.split("/")[-3] for code, node in nodes.items()}
    found = village_sizes(people, seed, towns, tables.town_people())
    return [VillageSize(s.code, everywhere[s.code], s.people, s.before) for s in found if s.people]


def _groups(sizes: Iterable[VillageSize]) -> Iterator[list[VillageSize]]:
    """Put small villages together, so that each step is worth a transaction."""
    group: list[VillageSize] = []
    for size in sizes:
        group.append(size)
        if sum(one.people for one in group) >= STEP:
            yield group
            group = []
    if group:
        yield group


def _write(
    group: list[VillageSize], nodes: dict[str, Node], seed: int,
    *, below: str, actor: Actor, now: datetime,
) -> Iterator[int]:  # fmt: skip
    for batch in _batches(group, nodes, seed, now):
        with transaction.atomic():
            bulk.write(batch)
            people = len(batch.persons)
            record("people.generated", on=("place", below), actor=actor, now=now,
                   place=below, people=people)  # fmt: skip
        yield people


def _batches(
    group: list[VillageSize], nodes: dict[str, Node], seed: int, now: datetime
) -> Iterator[bulk.Batch]:
    maker = VillageMaker(tables.crowd_model(), tables.words(), AS_OF, now)
    there = _dwellings_there([nodes[size.code].id for size in group])
    batch = bulk.Batch()
    for size in group:
        random = np.random.Generator(np.random.PCG64(stream(seed, "village", size.code)))
        node = nodes[size.code]
        village = maker.draw(node, size, random, prefix=prefix(seed, size), there=there[node.id])
        for start, end in village.slices():
            maker.add(batch, village, start, end)
            if len(batch.persons) >= STEP:
                yield batch
                batch = bulk.Batch()
    if batch.persons:
        yield batch


def _dwellings_there(villages: list[int]) -> Counter[int]:
    """Count what stands in villages already: new addresses and numbers begin behind it."""
    statement = (
        "SELECT village_id, count(*) FROM people_dwelling "
        "WHERE village_id = ANY(%s) GROUP BY village_id"
    )
    return Counter(dict(sql.tuples("people.dwellings_there", statement, [villages])))


def _by_many(
    groups: list[list[VillageSize]], nodes: dict[str, Node], seed: int, below: str,
    actor: Actor, now: datetime, workers: int,
) -> Iterator[int]:  # fmt: skip
    def work(group: list[VillageSize]) -> int:
        return sum(_write(group, nodes, seed, below=below, actor=actor, now=now))

    opened: list[BaseDatabaseWrapper] = []
    with ThreadPoolExecutor(workers, initializer=_connect, initargs=(opened,)) as pool:
        waiting = [pool.submit(copy_context().run, work, group) for group in groups]
        for future in waiting:
            yield future.result()
    for link in opened:
        link.close()


def _connect(opened: list[BaseDatabaseWrapper]) -> None:
    """Connect, each thread for itself; the thread that started them closes all."""
    link = connections[DEFAULT_DB_ALIAS]
    link.inc_thread_sharing()
    opened.append(link)
