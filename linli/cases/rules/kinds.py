"""The lint of kinds: what no published kind may have, and the table that must not change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from linli.cases.types.kinds import Ask, By, ByForm, CaseKind, CaseMove, ClockDef, Stage
from linli.kernel.canonical import canonical

SETTLED = (Stage.SOLVED, Stage.REFUSED, Stage.ENDED)
LEVELS = frozenset({"city", "town", "village"})


def faults(kind: CaseKind) -> Iterator[str]:
    """Yield what is wrong with a kind, in words for who declares it."""
    yield from _of_states(kind)
    yield from _of_moves(kind)
    for clock in kind.clocks:
        yield from _of_clock(kind, clock)
    if not kind.opens_at or not kind.opens_at <= LEVELS:
        yield f"{kind.name}: opens at no level, or at one that does not exist"
    if not 1 <= kind.floor <= 8:
        yield f"{kind.name}: {kind.floor} is no level of confidentiality"
    if not kind.series.isupper():
        yield f"{kind.name}: needs a series of numbers in capitals"
    yield from _of_coming_in(kind)
    keep = kind.keep
    if keep is None or not (keep.said and keep.basis):
        yield f"{kind.name}: does not say how long its words are kept, and why"


def _of_coming_in(kind: CaseKind) -> Iterator[str]:
    way = kind.comes_in
    if way is None or not way.said:
        yield f"{kind.name}: does not say how a case of it comes in"
        return
    if isinstance(way, ByForm) and (way.url_name or kind.opens is None):
        yield f"{kind.name}: staff open it on their common page, by a permit and at no other address"


def _of_states(kind: CaseKind) -> Iterator[str]:
    known = {str(state) for state in kind.machine.states}
    if set(kind.states) != known:
        yield f"{kind.name}: words and table differ in {sorted(set(kind.states) ^ known)}"
        return
    # a clock that stands still there reminds nobody, nor does one with which nobody is ever late
    timed = {s for clock in kind.clocks if not clock.lapses for s in clock.runs}
    ends = {str(end) for end in kind.machine.ends}
    leads = _lead_to_an_end(kind)
    for state, said in kind.states.items():
        where = f"{kind.name}.{state}"
        if not (said.title and said.public and said.next):
            yield f"{where}: lacks words"
        if state not in leads:
            yield f"{where}: no way leads from it to an end"
        if state in ends and said.stage not in SETTLED:
            yield f"{where}: is an end but {said.stage}"
        waits = said.stage in (Stage.OPEN, Stage.ANSWERED)
        if waits and state not in timed and not said.without_clock:
            yield f"{where}: waits without a clock and says no reason"


def _lead_to_an_end(kind: CaseKind) -> set[str]:
    found, grew = {str(end) for end in kind.machine.ends}, True
    while grew:
        more = {
            str(source)
            for move in kind.machine.moves.values()
            for source in move.source
            if str(move.target) in found
        }
        found, grew = found | more, not more <= found
    return found


def _of_moves(kind: CaseKind) -> Iterator[str]:
    for move in kind.machine.moves.values():
        where = f"{kind.name}.{move.name}"
        if not isinstance(move, CaseMove) or not move.title:
            yield f"{where}: is no move of a case, or has no title"
            continue
        if move.by in (By.PERMIT, By.LEAD, By.ASKER) and move.permit is None:
            yield f"{where}: asks for no permit"
        to = kind.states[str(move.target)].stage
        comes = any(kind.states[str(s)].stage != to for s in move.source)
        shown = move.by in (By.REPORTER, By.ASKER) or Ask.EVIDENCE in move.asks
        if comes and to is Stage.SOLVED and not shown:
            yield f"{where}: calls it solved without evidence or the reporter's word"
        if comes and to is Stage.REFUSED and not {Ask.BASIS, Ask.PUBLIC} <= set(move.asks):
            yield f"{where}: refuses without a basis and words for the reporter"
        if (Ask.BASIS in move.asks) != bool(move.grounds):
            yield f"{where}: a basis and the grounds it may be chosen from go together"


def _of_clock(kind: CaseKind, clock: ClockDef) -> Iterator[str]:
    where, known = f"{kind.name}.{clock.key}", set(kind.states)
    if not clock.runs or not (clock.runs | clock.pauses) <= known or clock.runs & clock.pauses:
        yield f"{where}: runs in no state, in an unknown one, or runs and stands still in one"
        return
    if not 0 < clock.warn < 100:
        yield f"{where}: warns at {clock.warn} percent"
    if clock.escalate and clock.lapses:
        yield f"{where}: is over without anything, and escalates"
    if clock.escalate:
        move = kind.machine.moves.get(clock.escalate)
        if move is None or not clock.runs <= {str(s) for s in move.source}:
            yield f"{where}: escalates by a move that some of its states do not have"
        elif getattr(move, "asks", ()):
            yield f"{where}: escalates by a move that asks for something"
    if not clock.term and not clock.by_day:
        yield f"{where}: has neither a term nor a day"
    if clock.by_day and kind.start not in clock.runs:
        yield f"{where}: its day is given at opening, when it does not run yet"


def table_of(kind: CaseKind) -> dict[str, Any]:
    """Return what of a kind must never change in a published version; words may be mended."""
    return {
        "key": kind.key,
        "version": kind.version,
        "start": kind.start,
        "ends": sorted(str(end) for end in kind.machine.ends),
        "stages": {state: str(said.stage) for state, said in sorted(kind.states.items())},
        "moves": [
            {
                "name": move.name,
                "from": sorted(str(s) for s in move.source),
                "to": str(move.target),
                "permit": move.permit.name if move.permit else "",
                "by": str(getattr(move, "by", "")),
                "asks": [str(ask) for ask in getattr(move, "asks", ())],
                "opens_cycle": bool(getattr(move, "opens_cycle", False)),
            }
            for move in kind.machine.moves.values()
        ],
        "clocks": [
            {
                "key": clock.key,
                "term": clock.term,
                "terms": [list(pair) for pair in sorted(clock.terms)],
                "runs": sorted(clock.runs),
                "pauses": sorted(clock.pauses),
                "roll_over": clock.roll_over,
                "warn": clock.warn,
                "escalate": clock.escalate,
                "extend": [clock.extend_most, clock.extend_times],
                **({"by_day": True} if clock.by_day else {}),
                **({"anew": True} if clock.anew else {}),
            }
            for clock in kind.clocks
        ],
        "floor": kind.floor,
        "opens_at": sorted(kind.opens_at),
        "may_be_released": kind.may_be_released,
    }


def checksum(kind: CaseKind) -> str:
    """Return the hash of a kind's table, by which a changed published version is found out."""
    return hashlib.sha256(canonical(table_of(kind))).hexdigest()
