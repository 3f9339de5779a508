"""Where cases stand, as the choice of moves looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils.timezone import localdate

from linli.cases.queries.givers import givers_of, steps_in_at
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.offering import Stand
from linli.cases.types.kinds import By


class Row(Protocol):
    """A case or a row of a list of cases."""

    @property
    def id(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def state(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def level(self) -> int: ...

    @property
    def lead_post_id(self) -> int | None: ...

    @property
    def offered_post_id(self) -> int | None: ...


def stand_of(case: Row) -> Stand:
    """Return where one case stands."""
    return stands_of([case])[case.id]


def stands_of(cases: Sequence[Row]) -> dict[int, Stand]:
    """Return where cases stand by their ids; who gave them is asked only where that counts."""
    asked = [case for case in cases if _has_giver(case)]
    givers = givers_of([case.id for case in asked]) if asked else {}
    places = {(givers.get(one.id, frozenset()), one.path) for one in asked}
    on = localdate()
    steps_in = steps_in_at(places, on) if places else {}
    found: dict[int, Stand] = {}
    for case in cases:
        posts = givers.get(case.id, frozenset())
        found[case.id] = Stand(
            case.state, case.path, case.level, case.lead_post_id, case.offered_post_id,
            posts, steps_in.get((posts, case.path), frozenset()),
        )  # fmt: skip
    return found


def _has_giver(case: Row) -> bool:
    """Say whether a move from here is for whoever gave the case."""
    moves = kind_of(case.kind, case.version).machine.moves_from(case.state)
    return any(getattr(move, "by", None) is By.ASKER for move in moves)
