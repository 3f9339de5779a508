"""Bench `replay`: 200 phones × 50 moves, shuffled and doubled, against the same moves by `perform`."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from linli.bench.measure import PAIRS, Result, judge, machine
from linli.bench.perform_bench import NOW, PATH, VILLAGE, WRITERS
from linli.bench.writers import at_once
from linli.demo import city
from linli.kernel.permits import Actor, Grant

PHONES, MOVES = 200, 50
# one move in so many is on a case that another moved meanwhile, and is kept for a person
SHARED = 25
BATCH = 20
GRANTS = tuple(Grant(permit, PATH, 5, 1) for permit in ("grid.work", "cases.see", "cases.handle"))
WHO = Actor(1, None, "grid worker of the bench", GRANTS)
LATER = NOW + timedelta(hours=1)
Move = tuple[int, str]


@dataclass(frozen=True)
class Phone:
    """One person's queue: the batches as they arrive, out of order and each move twice."""

    actor: Actor
    batches: tuple[Any, ...]


def run(say: Callable[[str], None]) -> Result:
    """Ours: batches of phones through `replay`; baseline: each move once by `perform`, in a transaction."""
    city.make_demo(say)
    say(f"{PHONES} phones, {MOVES} moves each, sent twice, {PAIRS} pairs …")
    ours, bare = [], []
    for number in range(PAIRS + 1):
        pair = (_replayed(PHONES), _performed(PHONES))
        if number:  # the first round warms everything
            ours.append(pair[0])
            bare.append(pair[1])
    part = judge("moves/s against perform", ours, bare, target=0.5, bound="at least", unit="1/s")
    work = f"{PHONES} phones × {MOVES} moves, shuffled and sent twice; {WRITERS} writers; each once, done or kept"
    return Result("replay", work, (part,), machine())


def _opened(count: int) -> list[tuple[int, str, int]]:
    """Open events and return (id, number, seq) of each."""
    from linli.cases.services.opening import Opening, open_case
    from linli.cases.types.moves import Given
    from linli.places import queries as places

    place = tuple(places.chain_of(VILLAGE))
    given = Given(internal={"note": "The lamp is dark."})
    opening = Opening("grid_event", place, "patrol", matter="facility", title="Lamp", given=given)
    with transaction.atomic():
        made = [open_case(opening, actor=WHO, now=NOW).held for _ in range(count)]
    return [(one.id, one.number, one.standing.seq) for one in made]


def _replayed(phones: int) -> float:
    """Return moves a second, each sent twice and counted once; checks that each happened once."""
    random.seed(phones)
    made = [_phone(number) for number in range(phones)]
    seconds = at_once([made[n::WRITERS] for n in range(WRITERS)], _send)
    _check(made)
    return phones * MOVES / seconds


def _phone(number: int) -> Phone:
    """Fill a queue: three steps on each case; some cases were moved by others meanwhile."""
    from linli.grid.services.phones import open_queue
    from linli.grid.types.replay import Batch, Entry

    actor = replace(WHO, account_id=10_000 + number)
    queue = open_queue(uuid4(), (), actor=actor, now=NOW)
    cases = _opened(-(-MOVES // 2))
    wanted = [(case, move) for case in cases for move in ("verify", "file")][:MOVES]
    _meanwhile([case for at, (case, _move) in enumerate(wanted) if at % SHARED == 0])
    entries = [
        Entry(seq, uuid4(), "move", NOW, {"move": move, "note": ""}, case[1], case[2])
        for seq, (case, move) in enumerate(wanted, 1)
    ]
    batches = [tuple(entries[at : at + BATCH]) for at in range(0, MOVES, BATCH)] * 2
    random.shuffle(batches)
    return Phone(actor, tuple(Batch(queue.code, _shuffled(batch)) for batch in batches))


def _shuffled(entries: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(random.sample(entries, len(entries)))


def _meanwhile(cases: Sequence[tuple[int, str, int]]) -> None:
    """Let another cancel these cases after the phone had seen them."""
    from linli.cases.services.perform import perform
    from linli.cases.types.moves import Given, Wish

    given = Given(internal={"reason": "Entered twice."})
    for case_id, _number, _seq in cases:
        with transaction.atomic():
            perform(Wish(case_id, "cancel", given), actor=WHO, now=NOW)


def _send(phone: Phone) -> None:
    from linli.grid.services.replaying import replay

    for batch in phone.batches:
        replay(batch, actor=phone.actor, now=LATER)


def _check(phones: Sequence[Phone]) -> None:
    """Every move exactly once: done, or kept for a person; none waits, none is lost or doubled."""
    from linli.cases.models import CaseEvent
    from linli.grid.models import PhoneQueue, Queued

    codes = [phone.batches[0].phone for phone in phones]
    rows = Queued.objects.filter(queue__code__in=codes)
    states = Counter(rows.values_list("state", flat=True))
    assert set(states) <= {"done", "conflict"}, states
    assert sum(states.values()) == len(phones) * MOVES, states
    assert states["conflict"] > 0, "some moves met others"
    keys = rows.filter(state="done").values_list("key", flat=True)
    assert CaseEvent.objects.filter(key__in=list(keys)).count() == states["done"]
    queues = PhoneQueue.objects.filter(code__in=codes)
    assert set(queues.values_list("next_seq", "waits")) == {(MOVES + 1, 0)}


def _performed(phones: int) -> float:
    """Return moves a second of the same moves, each once and alone in a transaction."""
    cases = _opened(phones * -(-MOVES // 2))
    moves = [(case[0], move) for case in cases for move in ("verify", "file")]
    size = 2 * -(-len(cases) // WRITERS)
    parts = [moves[at : at + size] for at in range(0, len(moves), size)]
    return len(moves) / at_once(parts, _perform)


def _perform(move: Move) -> None:
    from linli.cases.services.perform import perform
    from linli.cases.types.moves import Wish

    with transaction.atomic():
        perform(Wish(move[0], move[1]), actor=WHO, now=LATER)
