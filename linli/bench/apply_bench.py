"""Bench `apply`: applications of twenty fields, two of them sealed, over HTTP against one row and commit."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import randrange
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from linli.bench.home_bench import server
from linli.bench.measure import Result, judge, machine
from linli.bench.report_bench import ROUNDS, alternating, rate
from linli.cli.serve import prepare_static
from linli.demo import city
from linli.offerings.models import Item, ItemVersion
from linli.people.rules.documents import check_sign
from linli.places import queries as places

PLACE, TOWN, KEY = "441900990201", "441900990", "bench-apply"
REQUESTS = 150
# with item, place, delivery, name, number, telephone, address and channel these are twenty fields
QUESTIONS = 12
# a second run within half an hour begins with others: who sends the same again is asked first
PEOPLE = itertools.count(randrange(99_000_000))


def run(say: Callable[[str], None]) -> Result:
    """Ours: the whole service; floor: no middleware, one INSERT and commit, same server settings."""
    city.make_demo(say)
    prepare_static()
    _offer()
    with server("linli.bench.report_app:app") as ours, server("linli.bench.floor:app") as floor:
        say(f"{ROUNDS} pairs of {REQUESTS} requests …")
        pairs = alternating(
            lambda: rate(ours, "/api/v1/applications/", _wishes()),
            lambda: rate(floor, "/floor/insert/", _rows()),
        )
    first, second = ([pair[n] for pair in pairs] for n in (0, 1))
    part = judge(
        "applications/s against one row", first, second, target=0.2, bound="at least", unit="1/s"
    )
    work = f"{REQUESTS * ROUNDS:,} applications: twenty fields, two sealed, clocks, list of papers; one worker, one client"
    return Result("apply", work, (part,), machine())


def _offer() -> None:
    """Offer an item that asks as much as the longest ones do; a second run finds it."""
    if Item.objects.filter(key=KEY).exists():
        return
    item = Item.objects.create(key=KEY, path=places.get_place(TOWN).path, state="offered")
    content = _content()
    ItemVersion.objects.create(
        item=item, number=1, state="published", since=localdate() - timedelta(days=1),
        kind=content["kind"], subject=content["subject"], level=content["level"],
        name=content["name"]["zh"], says=content["says"]["zh"], content=content,
        written_at=timezone.now(),
    )  # fmt: skip


def _content() -> dict[str, Any]:
    answers = [{"key": "yes", "zh": "是", "en": "yes"}, {"key": "no", "zh": "否", "en": "no"}]
    return {
        "key": KEY, "kind": "public_service", "name": {"zh": "测速事项", "en": "Bench"},
        "says": {"zh": "只用来测速。", "en": "For the bench alone."}, "subject": "person",
        "level": "town", "channels": ["online", "counter"], "fee": {"fen": 0},
        "statutory": {"days": 15, "unit": "working", "certainty": "sure"},
        "promised": {"days": 10, "unit": "working"},
        "questions": [
            {"key": f"q{n}", "ask": {"zh": f"第{n}问", "en": f"Question {n}"}, "options": answers}
            for n in range(QUESTIONS)
        ],
        "materials": [
            {"key": f"m{n}", "zh": f"材料{n}", "en": f"Paper {n}", "when": {f"q{n}": ["yes"]}}
            for n in range(QUESTIONS)
        ],
    }  # fmt: skip


def _card(number: int) -> str:
    """Return the number of a card that nobody else in the bench has: who sends the same again is asked first."""
    first17 = (
        f"110105{1950 + number // 12000 % 50}{number // 1000 % 12 + 1:02d}15{number % 1000:03d}"
    )
    return first17 + check_sign(first17)


def _wishes() -> Iterator[str]:
    """Bodies of applications, each of somebody else; number and address are sealed."""
    for number in itertools.islice(PEOPLE, REQUESTS):
        yield json.dumps({
            "item": KEY, "place": PLACE, "delivery": "post", "channel": "page",
            "applicant": {
                "name": f"陈小姐{number}", "id_number": _card(number),
                "phone": f"138{number:08d}", "address": f"榕树巷{number}号",
            },
            "answers": {f"q{n}": "yes" if n % 3 == 0 else "no" for n in range(QUESTIONS)},
        })  # fmt: skip


def _rows() -> Iterator[str]:
    return iter(["{}"] * REQUESTS)
