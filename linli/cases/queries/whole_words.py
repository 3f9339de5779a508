"""What whoever follows a case reads of it: what the office decided and why it is late, not what it asked one reporter."""

from __future__ import annotations

from collections.abc import Collection

from linli.cases.models import Case
from linli.cases.queries.heard import ASK_BACK
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.told import Told, steps_of
from linli.cases.rules.lateness import SAY_WHY
from linli.kernel.permits import STAFF

FOR_ALL = frozenset({SAY_WHY, "extend"})


def words_for_others(whole: Case) -> list[Told]:
    """Return the steps of a case whose words are for everybody who reported the same, in order.

    Of a case that became confidential they read where it stands, and no words.
    """
    if whole.level > STAFF:
        return []
    moves = kind_of(whole.kind, whole.version).machine.moves
    return [one for one in steps_of(whole.pk) if one.text and _is_for_all(one, moves)]


def _is_for_all(one: Told, moves: Collection[str]) -> bool:
    is_decided = one.move in moves and one.move != ASK_BACK
    return not one.is_by_reporter and (is_decided or one.move in FOR_ALL)
