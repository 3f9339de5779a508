"""Cases against their events: chains, commitments, and heads rebuilt from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.cases.models import Case, CaseEvent
from linli.cases.models.holding import read_cases
from linli.cases.models.reading import events_of, words_of
from linli.cases.queries.kinds import kind_of
from linli.cases.rules import chain, projecting
from linli.cases.rules.published import TABLES, token_of
from linli.cases.types.moves import Held
from linli.cases.types.rates import KIND
from linli.cases.types.recounts import Recount
from linli.cases.types.shapes import Chained, Standing
from linli.kernel.days import bounds
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing import keeps

AT_ONCE = 500
# columns by which lists are cut and sorted, worked out from the events with each step
DERIVED = (
    "stage", "is_open", "due_at", "due_clock", "is_provisional", "lead_org_id", "lead_post_id",
    "offered_post_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the events say: the case's number, the event, what."""

    number: str
    seq: int
    fault: str


@open_to_all("reads only; the command that calls it runs as the operator")
def verify_cases(*, actor: Actor, at_once: int = AT_ONCE) -> Iterator[Fault | int]:
    """Check every case; yield each fault, and after each batch how many cases were read."""
    last = 0
    while True:
        ids = list(
            Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:at_once]
        )
        if not ids:
            return
        yield from _batch(ids)
        yield len(ids)
        last = ids[-1]


@open_to_all("reads only; the command that calls it runs as the operator")
def differing(told: Mapping[tuple[str, int], str], *, actor: Actor) -> Iterator[Fault]:
    """Yield the events of a file, by number and place in the chain, whose hash the chain does not have."""
    numbers = sorted({number for number, _seq in told})
    for start in range(0, len(numbers), AT_ONCE):
        asked = numbers[start : start + AT_ONCE]
        ids = dict(Case.objects.filter(number__in=asked).values_list("pk", "number"))
        known = {(ids[pk], event.seq): event.hash.hex() for pk, event in events_of(list(ids))}
        for number, seq in sorted(key for key in told if key[0] in set(asked)):
            if known.get((number, seq)) != told[number, seq]:
                yield Fault(number, seq, "another in the file")


@open_to_all("reads only; the command that calls it runs as the operator")
def in_no_chain(found: Recount, *, actor: Actor) -> Iterator[Fault]:
    """Yield a fault for each line of a published week whose event is none of that week's."""
    if not found.tokens:
        return
    since, until = bounds(*(date.fromisoformat(found.week[day]) for day in ("first", "last")))
    events = CaseEvent.objects.filter(at__gte=since, at__lt=until, case__kind=KIND)
    hashes = events.values_list("hash", flat=True).iterator(chunk_size=AT_ONCE)
    known = {token_of(column, bytes(made)) for made in hashes for column in TABLES}
    for _token in sorted(set(found.tokens) - known):
        yield Fault(found.week["place"], 0, "an event of the file is in no chain")


def _batch(ids: list[int]) -> Iterator[Fault]:
    events: dict[int, list[Chained]] = defaultdict(list)
    for case_id, event in events_of(ids):
        events[case_id].append(event)
    heads = {row["id"]: row for row in Case.objects.filter(pk__in=ids).values("id", *DERIVED)}
    for held in read_cases(ids).values():
        yield from _of_case(held, events[held.id], heads[held.id])
    for case_id, seq, committed, nonce, said in words_of(ids):
        if committed is None or not keeps(committed, nonce, said):
            yield Fault(str(case_id), seq, "words changed")


def _of_case(held: Held, events: list[Chained], head: Mapping[str, Any]) -> Iterator[Fault]:
    standing = held.standing
    for seq, fault in chain.faults(standing.uuid, events):
        yield Fault(held.number, seq, fault)
    if not events:
        yield Fault(held.number, 0, "no events")
        return
    kind = kind_of(standing.kind, standing.version)
    empty = Standing(standing.uuid, standing.kind, standing.version, "")
    again = projecting.rebuilt(empty, events, kind)
    for name in projecting.different(standing, again):
        yield Fault(held.number, again.seq, f"{name} is not what the events say")
    derived = projecting.head_columns(again, kind)
    for name in DERIVED:
        if head[name] != derived[name]:
            yield Fault(held.number, again.seq, f"{name} does not follow from the events")
