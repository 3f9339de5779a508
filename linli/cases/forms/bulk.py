"""What may be done to several ticked cases at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.forms.act_frame import ActForm
from linli.cases.forms.acts import MoveForm, ReasonForm
from linli.cases.forms.part_forms import OfferForm
from linli.cases.models import Case
from linli.cases.permits import DISPATCH
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.sheet import with_open_offers
from linli.cases.queries.standing import stands_of
from linli.cases.rules.offering import move_back, moves_open_to
from linli.cases.types.acting import MERGE, UNMERGE, Act
from linli.cases.types.kinds import Ask, CaseMove
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that at least one of the ticked cases may make, and how many of them."""

    name: str
    title: str
    move: CaseMove[Any] | None
    count: int

    @property
    def is_bare(self) -> bool:
        """Whether it asks for nothing, so that its preview comes at once."""
        return self.move is not None and not self.move.asks


def choices_for(actor: Actor, cases: Sequence[Case]) -> list[Choice]:
    """Return the moves that may be made of the cases, the most frequent first, then handing on."""
    found: dict[str, Choice] = {}
    stands = stands_of(cases)
    for case in cases:
        kind = kind_of(case.kind, case.version)
        for move in moves_open_to(actor, kind, stands[case.pk]):
            if not _is_for_many(move):
                continue
            known = found.get(move.name)
            shared = _shared(move, known.move if known else None)
            found[move.name] = Choice(
                move.name, str(move.title), shared, known.count + 1 if known else 1
            )
    return [*sorted(found.values(), key=lambda one: -one.count), *_steps(actor, cases)]


def _shared(move: CaseMove[Any], known: CaseMove[Any] | None) -> CaseMove[Any]:
    """A move of several kinds asks for what any of them needs, on grounds that all of them have."""
    if known is None:
        return move
    asks = tuple(dict.fromkeys((*known.asks, *move.asks)))
    return replace(move, asks=asks, grounds=tuple(g for g in known.grounds if g in move.grounds))


def _is_for_many(move: CaseMove[Any]) -> bool:
    """What needs another case, a page or files of its own is done one by one."""
    is_alone = move.name in (MERGE, UNMERGE) or Ask.EVIDENCE in move.asks
    return not is_alone and not move.form


def _steps(actor: Actor, cases: Sequence[Case]) -> Iterator[Choice]:
    hers = [case for case in cases if actor.may(DISPATCH, at=case.path, level=case.level)]
    is_open = sum(case.is_open for case in hers)
    if is_open:
        yield Choice(Act.OFFER, _("Hand on"), None, is_open)
    offered = len(with_open_offers(hers))
    if offered:
        yield Choice(Act.REVOKE, _("Take an offer back"), None, offered)


def form_for(name: str, move: CaseMove[Any] | None, *args: Any) -> ActForm:
    """Return the form of what is done to many cases."""
    if name == Act.OFFER:
        return OfferForm(*args)
    if name == Act.REVOKE:
        return ReasonForm(*args)
    return MoveForm(*args, move=move)


def step_for_many(cases: Sequence[Case], name: str) -> Choice | None:
    """Return a step by its name if any of the cases' kinds has it for many, whatever may be now."""
    if name in (Act.OFFER, Act.REVOKE):
        return Choice(name, name, None, len(cases))
    shared: CaseMove[Any] | None = None
    for case in cases:
        kind = kind_of(case.kind, case.version)
        if name in kind.machine.moves and _is_for_many(kind.move(name)):
            shared = _shared(kind.move(name), shared)
    return Choice(name, name, shared, len(cases)) if shared else None


def undo_of(name: str, moved: Sequence[tuple[Case, str]]) -> str:
    """Return the move that takes back what was done to all of these (case, state before), or none."""
    if name == Act.OFFER:
        return Act.REVOKE
    backs = set()
    for case, before in moved:
        kind = kind_of(case.kind, case.version)
        back = move_back(kind, name, before) if name in kind.machine.moves else None
        backs.add(back.name if back else "")
    return backs.pop() if len(backs) == 1 else ""
