"""Kinds of cases, from the registry that the apps fill."""

from __future__ import annotations

from functools import lru_cache

from linli.cases.errors import UnknownKind
from linli.cases.models import Case
from linli.cases.types.kinds import CaseKind, StateDef
from linli.kernel.permits import Actor, Grant, Permit
from linli.kernel.registries import CASE_KINDS


def kind_of(key: str, version: int) -> CaseKind:
    """Return a kind in one version. Refuses with UnknownKind."""
    found = CASE_KINDS.get(f"{key}/{version}")
    if found is None:
        raise UnknownKind(kind=key)
    kind: CaseKind = found.kind
    return kind


def state_of(case: Case) -> StateDef:
    """Return where a case stands, in the words of its own kind."""
    kind = kind_of(case.kind, case.version)
    return kind.says(case.state, case.lead_post_id, case.offered_post_id)


@lru_cache(maxsize=64)
def _newest(key: str, known: int) -> CaseKind | None:
    kinds: list[CaseKind] = [entry.kind for entry in CASE_KINDS if entry.kind.key == key]
    return max(kinds, key=lambda kind: kind.version, default=None)


def newest_kind(key: str) -> CaseKind:
    """Return the version under which new cases are opened. Refuses with UnknownKind."""
    found = _newest(key, len(CASE_KINDS))
    if found is None:
        raise UnknownKind(kind=key)
    return found


def all_kinds() -> list[CaseKind]:
    """Return every kind in every version, in the order of their names."""
    return sorted((entry.kind for entry in CASE_KINDS), key=lambda kind: kind.name)


def waiting_states() -> list[str]:
    """Return "kind:state" of each state in which time stands still for somebody outside."""
    return sorted(
        {
            f"{kind.key}:{state}"
            for kind in all_kinds()
            for clock in kind.clocks
            for state in clock.pauses
        }
    )


def kinds_seen_by(permit: Permit) -> frozenset[str]:
    """Return the kinds whose cases a permit shows."""
    return frozenset(kind.key for kind in all_kinds() if kind.sees.name == permit.name)


def unled_kinds() -> list[str]:
    """Return the kinds of which no post takes a case on: nobody is said to be missing there."""
    return sorted({kind.key for kind in all_kinds() if not kind.is_led})


def sight_of(actor: Actor) -> list[tuple[Grant, list[str]]]:
    """Return the actor's grants to see cases, each with the kinds that it shows."""
    shown: dict[str, tuple[int, set[str]]] = {}
    for kind in all_kinds():
        shown.setdefault(kind.sees.name, (kind.sees.level, set()))[1].add(kind.key)
    return [
        (grant, sorted(shown[grant.permit][1]))
        for grant in actor.grants
        if grant.permit in shown and grant.ceiling >= shown[grant.permit][0]
    ]
