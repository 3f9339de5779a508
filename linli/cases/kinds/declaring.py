"""How an app tells the engine of a kind of case that it owns."""

from __future__ import annotations

from datetime import datetime

from linli.cases.queries.keeping import words_over
from linli.cases.services.keeping import TABLES, let_words_go
from linli.cases.types.kinds import CaseKind, Keep
from linli.kernel.permits import system_actor
from linli.kernel.registries import CASE_KINDS, RETENTION, CaseKindEntry, Retention
from linli.kernel.retention import MOST_COUNTED, Work
from linli.rulebook.queries import term_before

KEEPER = system_actor("cases.keep")


def declare(kind: CaseKind) -> None:
    """Register a kind, and the term after which its words go, if they do. Called at start."""
    CASE_KINDS.add(CaseKindEntry(kind.name, kind))
    keep = kind.keep
    if keep is not None and keep.term and RETENTION.get(f"cases.{kind.key}") is None:
        RETENTION.add(_retention(kind, keep))


def _retention(kind: CaseKind, keep: Keep) -> Retention:
    return Retention(
        f"cases.{kind.key}", kind.title, TABLES, keep.said, keep.basis, _going(kind, keep)
    )


def _going(kind: CaseKind, keep: Keep) -> Work:
    before = term_before(keep.term)

    def step(now: datetime, limit: int) -> int:
        return let_words_go(kind.key, before(now), limit, actor=KEEPER, now=now)

    def left(now: datetime) -> int:
        return len(words_over(kind.key, before(now)).values_list("pk")[:MOST_COUNTED])

    return Work(step, left)
