"""Who handled a case: persons, whichever post they did it in, since one person may hold several."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from linli.cases.models import CaseEvent, CaseLink
from linli.cases.queries.kinds import all_kinds
from linli.cases.types.acting import Act
from linli.cases.types.kinds import CaseKind, CaseMove
from linli.cases.types.words import LinkKind
from linli.kernel.permits import Actor

# a petition, its review and its re-examination
MOST_STAGES = 3
# taking what was offered is no handling yet: whoever only passes it on may decide about it later
PARTS = frozenset({Act.FINISH_PART.value})


def may_decide(actor: Actor, case_id: int, move: CaseMove[Any]) -> bool:
    """Say whether the actor stands far enough from a case for a move that others have to make."""
    if not move.by_others or actor.is_system or actor.account_id is None:
        return True
    own = CaseEvent.objects.filter(account_id=actor.account_id)
    if own.filter(case_id=case_id, move__in=_handling()).exists():
        return False
    # what a review looks at: there a decision counts as handling too
    decided = [*_handling(), *_deciding()]
    return not own.filter(case_id__in=_before(case_id), move__in=decided).exists()


def handled_by(actor: Actor) -> Exists:
    """Return the condition on cases that the actor handled; for rows of a list."""
    own = CaseEvent.objects.filter(case_id=OuterRef("pk"), account_id=actor.account_id)
    return Exists(own.filter(move__in=_handling()))


def _before(case_id: int) -> list[int]:
    found: list[int] = []
    for _stage in range(MOST_STAGES):
        link = CaseLink.objects.filter(case_id=case_id, kind=LinkKind.APPEAL_OF).first()
        if link is None:
            break
        found.append(case_id := link.to_id)
    return found


def _handling() -> list[str]:
    """Moves by which staff handle: not passing on or taking down, which have pages of their own."""
    return sorted(
        PARTS
        | {m.name for m in _moves() if m.permit is not None and not m.by_others and not m.form}
    )


def _deciding() -> list[str]:
    return sorted({move.name for move in _moves() if move.by_others})


def _moves() -> list[CaseMove[Any]]:
    kinds: list[CaseKind] = all_kinds()
    return [kind.move(name) for kind in kinds for name in kind.machine.moves]
