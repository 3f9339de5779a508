"""Who handled a case: persons, whichever post they did it in, since one person may hold several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases.errors import DecidesOwnWork, HerOwnWord, SenderDecides
from linli.cases.models import Assignment, Case, CaseEvent, CaseLink
from linli.cases.queries.kinds import all_kinds
from linli.cases.queries.visits import came_from
from linli.cases.types.acting import Act
from linli.cases.types.kinds import CaseKind, CaseMove
from linli.cases.types.words import LIVE, AssignmentRole, AssignmentState, LinkKind
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor
from linli.kernel.registries import PATH_OF

# a petition, its review and its re-examination
MOST_STAGES = 3
# taking what was offered is no handling yet: whoever only passes it on may decide about it later
PARTS = frozenset({Act.FINISH_PART.value})
WORKED = (AssignmentState.ACCEPTED, AssignmentState.DONE)
HAS_OR_HAD = (AssignmentState.OFFERED, *WORKED)


def may_decide(actor: Actor, case_id: int, move: CaseMove[Any]) -> bool:
    """Say whether the actor stands far enough from a case for a move that others have to make."""
    if actor.is_system:
        return True
    if move.apart_from and _made_one_of(actor, case_id, move.apart_from):
        return False
    if move.by_sender and not _sent_it(actor, case_id, move):
        return False
    if move.for_her and not _heard_her(actor, case_id):
        return False
    if not move.by_others or actor.account_id is None:
        return True
    own = CaseEvent.objects.filter(account_id=actor.account_id)
    if own.filter(case_id=case_id, move__in=_handling()).exists():
        return False
    # what a review looks at: there a decision counts as handling too
    decided = [*_handling(), *_deciding()]
    return not own.filter(case_id__in=_before(case_id), move__in=decided).exists()


def too_near(move: CaseMove[Any]) -> type[WrongState]:
    """Return what a move is refused with that whoever stands so near may not make."""
    if move.for_her:
        return HerOwnWord
    return SenderDecides if move.by_sender else DecidesOwnWork


def _heard_her(actor: Actor, case_id: int) -> bool:
    """Say whether the actor took the case down herself, or works on none that another post has."""
    own = CaseEvent.objects.filter(case_id=case_id, move="open", account_id=actor.account_id)
    if actor.account_id is not None and own.exists():
        return True
    has_lead = Case.objects.filter(pk=case_id, lead_post_id__isnull=False).exists()
    return has_lead and not works_on(actor, case_id)


def _sent_it(actor: Actor, case_id: int, move: CaseMove[Any]) -> bool:
    """Say whether the actor works where the case was passed on, and has it in no post herself."""
    has_it = Assignment.objects.filter(
        case_id=case_id, role=AssignmentRole.LEAD, post_id__in=actor.posts, state__in=LIVE
    )
    path, level = PATH_OF.call(came_from(case_id)), Case.objects.get(pk=case_id).level
    if move.permit is None or not path:
        return False
    return actor.may(move.permit, at=path, level=level) and not has_it.exists()


def works_on(actor: Actor, case_id: int) -> bool:
    """Say whether a case is, was or is offered to be worked on by the actor, in whichever post."""
    parts = Assignment.objects.filter(case_id=case_id, post_id__in=actor.posts)
    if parts.filter(state__in=HAS_OR_HAD).exists():
        return True
    own = CaseEvent.objects.filter(case_id=case_id, account_id=actor.account_id)
    return actor.account_id is not None and own.filter(move__in=_handling()).exists()


def handled_by(actor: Actor) -> Exists:
    """Return the condition on cases that the actor handled; for rows of a list."""
    own = CaseEvent.objects.filter(case_id=OuterRef("pk"), account_id=actor.account_id)
    return Exists(own.filter(move__in=_handling()))


def worked_on(actor: Actor, at: str = "case_id") -> Q:
    """Return the condition on rows whose case, or a part of it, the actor worked on in any round:
    one of her posts had it, or she herself handled it in whichever post.

    `at` is the column of a row that holds the case.
    """
    had = Assignment.objects.filter(post_id__in=sorted(actor.posts), state__in=WORKED)
    had = had.exclude(role=AssignmentRole.SUPERVISE)
    own = CaseEvent.objects.filter(move__in=_handling(), account_id=actor.account_id)
    found = _of_case_or_part(had, at)
    return found | _of_case_or_part(own, at) if actor.account_id is not None else found


def _of_case_or_part(rows: QuerySet[Any], at: str) -> Q:
    return Q(Exists(rows.filter(case_id=OuterRef(at)))) | Q(
        Exists(rows.filter(case__parent_id=OuterRef(at)))
    )


def _made_one_of(actor: Actor, case_id: int, moves: tuple[str, ...]) -> bool:
    """Say whether the actor, or somebody by a post that she acts by, made one of these moves."""
    hers = Q(post_id__in=actor.posts)
    if actor.account_id is not None:
        hers |= Q(account_id=actor.account_id)
    return CaseEvent.objects.filter(hers, case_id=case_id, move__in=moves).exists()


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


@dataclass(frozen=True, slots=True)
class PartNow:
    """A post's part in a case as it stands: its number, role and state."""

    number: int
    role: str
    post_id: int
    state: str


def parts_now(case_id: int) -> list[PartNow]:
    """Return the parts of a case in their order."""
    found = Assignment.objects.filter(case_id=case_id).order_by("number")
    return [PartNow(*row) for row in found.values_list("number", "role", "post_id", "state")]
