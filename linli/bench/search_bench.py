"""Bench `search`: people by name, initials and number, at 100 k and at 1 M, and key reads beside."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from linli.bench.generate_bench import empty
from linli.bench.measure import Part, Result, machine, p95
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.demo import city
from linli.kernel import scope, sql
from linli.kernel.permits import VAULT, Actor, Grant, system_actor
from linli.people import permits
from linli.people.models import Person, PersonDocument
from linli.people.queries.search import find_people
from linli.people.services.synthetic import generate_people
from linli.people.services.vault import reveal_document
from linli.places import queries as places

SMALL, LARGE, ASKED, SEED = 100_000, 1_000_000, 2_000, 4419
CITY, FIRST_TOWNS = "441900/", 4
KEY_READ = """
    SELECT p.id, p.name, p.other_name, p.sex, p.born_on, r.path, r.standing, d.address
    FROM people_residency r JOIN people_person p ON p.id = r.person_id
    LEFT JOIN people_dwelling d ON d.id = r.dwelling_id
    WHERE r.id = ANY(%s)
"""
SAMPLE = "SELECT id FROM people_person ORDER BY md5(id::text) LIMIT %s"


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    actor: Actor


def run(say: Callable[[str], None]) -> Result:
    """Ask the same kinds of questions in a small and a large city; more people are more villages."""
    city.make_city(say)
    system = system_actor("bench search")
    towns = [town.path for town in places.places_of_level("town").order_by("code")]
    with scope.acting(system):
        empty()
        _fill(towns[:FIRST_TOWNS], SMALL, system, say)
        small, small_keys = _measure(say)
        _fill(towns[FIRST_TOWNS:], LARGE - SMALL, system, say)
        large, large_keys = _measure(say)
    growth, cost = p95(large) / p95(small), p95(large) / p95(large_keys)
    parts = (
        Part("p95 at 1 M against 100 k", p95(large), p95(small), round(growth, 3), 2, growth <= 2),
        Part("p95 against key reads", p95(large), p95(large_keys), round(cost, 3), 8, cost <= 8),
    )
    assert small_keys
    work = f"{ASKED:,} questions each: 40 % names, 20 % two signs, 20 % initials, 20 % numbers"
    return Result("search", work, parts, machine())


def _fill(towns: Sequence[str], people: int, actor: Actor, say: Callable[[str], None]) -> None:
    say(f"{people:,} people in {len(towns)} towns …")
    for town in towns:
        generate_people(
            people // len(towns), SEED, below=town, actor=actor, now=timezone.now(), workers=2
        )
    roles.analyze(
        secrets.database(read_env(), "owner"),
        "people_person",
        "people_nameterm",
        "people_residency",
        "people_persondocument",
    )


def _measure(say: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """Return the seconds of each search and of a read of the same rows by their keys."""
    questions = _questions(random.Random(SEED))
    say(f"{len(questions):,} questions …")
    for question in questions[:200]:
        find_people(question.actor, question.text)
    found, read = [], []
    for question in questions:
        with scope.acting(question.actor):
            began = time.perf_counter()
            page = find_people(question.actor, question.text)
            found.append(time.perf_counter() - began)
        ids = [row.person_id for row in page.items] or [0]
        homes = [row[0] for row in sql.tuples("bench.homes", HOMES, [ids])]
        began = time.perf_counter()
        sql.tuples("bench.keys", KEY_READ, [homes])
        read.append(time.perf_counter() - began)
    return found, read


HOMES = "SELECT id FROM people_residency WHERE person_id = ANY(%s)"


def _questions(draw: random.Random) -> list[Question]:
    ids = [int(row[0]) for row in sql.tuples("bench.sample", SAMPLE, [ASKED])]
    people = {p.pk: p for p in Person.objects.filter(pk__in=ids)}
    homes = dict(
        sql.tuples(
            "bench.paths",
            "SELECT person_id, path FROM people_residency WHERE person_id = ANY(%s)",
            [ids],
        )
    )
    numbers = _numbers(list(people)[: ASKED // 5])
    asked = []
    for pk in ids:
        if pk not in people or pk not in homes:
            continue
        text = _text(people[pk].name, numbers.get(pk, ""), draw)
        asked.append(Question(text, _actor(str(homes[pk]), draw)))
    return asked


def _text(name: str, number: str, draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.4:
        return name
    if kind < 0.6:
        return name[-2:]
    if kind < 0.8 or not number:
        return _initials(name)
    return number


def _initials(name: str) -> str:
    from linli.people.rules.names import name_terms

    latin = [term for term in name_terms(name) if term.isascii()]
    return min(latin, key=len) if latin else name


def _numbers(ids: list[int]) -> dict[int, str]:
    """The clear numbers of some people, opened as the bench's own act."""
    opened, actor = {}, system_actor("bench search")
    # row security reads who is looking from the transaction
    with transaction.atomic():
        documents = list(PersonDocument.objects.filter(person_id__in=ids))
    for document in documents:
        with transaction.atomic():
            opened[document.person_id] = reveal_document(
                document, "bench", actor=actor, now=timezone.now()
            )
    return opened


def _actor(path: str, draw: random.Random) -> Actor:
    codes = path.strip("/").split("/")
    kind = draw.random()
    depth = 3 if kind < 0.5 else 2 if kind < 0.8 else 1
    at = "/".join(codes[:depth]) + "/"
    names = (permits.VIEW.name, permits.LOOK_UP.name)
    return Actor(1, None, "clerk", tuple(Grant(name, at, VAULT) for name in names))
