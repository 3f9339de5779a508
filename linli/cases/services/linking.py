"""Cases that hang together: split into parts, the same as another, taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import AlreadyMerged, NeverFollowed, TargetOver, TooDeep
from linli.cases.models import CaseEvent, CaseLink
from linli.cases.models.holding import hold_cases
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.rules.conflicts import about_of
from linli.cases.rules.projecting import is_waiting
from linli.cases.services.opening import Follow, Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.sent_here import share_last_moment
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.cases.types.words import LinkKind
from linli.kernel.permits import Actor, require, system_actor

KEEPER = system_actor("cases.last_moment")
# what is taken apart begins anew; where the company had its time already, the office has it again
WAY_ON = {
    ("property_complaint", "coordinated"): ("coordinate",),
    ("property_complaint", "at_town"): ("coordinate", "ask_town"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is opened: whether the whole waits for it, and what sends it on, if anything."""

    opening: Opening
    is_required: bool = True
    follow: Follow | None = None


def split(at: At, parts: Sequence[Part], *, actor: Actor, now: datetime) -> list[Opened]:
    """Open parts of a case, each a case of its own; the whole waits for the required ones.

    Refuses with NotAllowed, TooDeep: a part is not split again.
    """
    opened: list[Opened] = []

    def build(held: Held, kind: CaseKind) -> Given:
        if held.standing.columns.get("parent_id"):
            raise TooDeep()
        for part in parts:
            child = _child(part.opening, held)
            opened.append(open_case(child, actor=actor, now=now, follow=part.follow))
        return Given(facts={"parts_opened": [one.held.id for one in opened]})

    perform_step(at.wish("split"), build, permit=permits.DISPATCH, actor=actor, now=now)
    CaseLink.objects.bulk_create(
        CaseLink(
            case_id=one.held.id,
            to_id=at.case_id,
            kind=LinkKind.CHILD_OF,
            is_required=part.is_required,
            made_at=now,
        )
        for one, part in zip(opened, parts, strict=False)
    )
    return opened


def relate(at: At, number: str, *, actor: Actor, now: datetime) -> Done:
    """Tie a case to another that has to do with it; both sheets show it.

    Refuses with NotFound, NotAllowed, AlreadyMerged for the case itself.
    """
    other = get_case(actor, number)
    if other.pk == at.case_id:
        raise AlreadyMerged()
    done = perform_step(
        at.wish("relate"),
        lambda held, kind: Given(facts={"to": other.pk}),
        permit=permits.HANDLE,
        actor=actor,
        now=now,
    )
    if not done.is_repeated:
        CaseLink.objects.get_or_create(
            case_id=at.case_id, to=other, kind=LinkKind.RELATED_TO, ended_at=None,
            defaults={"made_at": now},
        )  # fmt: skip
    return done


def _child(part: Opening, parent: Held) -> Opening:
    level = max(part.level or 1, parent.level)
    return replace(part, parent_id=parent.id, level=level, **about_of(parent.standing.columns))


def merge(
    at: At, into_number: str, *, text: str = "", actor: Actor, now: datetime
) -> Done:  # fmt: skip
    """Say that a case is the same as another, whose news its reporter follows from now on.

    She reads in `text` why; only a reporter's own choice needs no words. What others told of the
    case before follow it there. Refuses with NotFound, NotAllowed, WrongState, Missing,
    AlreadyMerged, TargetOver where nobody works on the other any more, and with NeverFollowed where
    it is of a kind that nobody else follows.
    """
    into = get_case(actor, into_number)
    held = hold_cases(sorted({at.case_id, into.pk}))
    target = held[into.pk]
    require(actor, permits.HANDLE, at=target.path, level=target.level)
    _check_target(target, at)
    told = _why_same(held.get(at.case_id), text, actor)
    given = Given(public=told, facts={"into": target.id}, columns={"merged_into_id": target.id})
    done = perform(Wish(at.case_id, "merge", given, at.expected_seq, at.key), actor=actor, now=now)
    if not done.is_repeated:
        CaseLink.objects.create(
            case_id=at.case_id, to=into, kind=LinkKind.DUPLICATE_OF, made_at=now, reads_from=now
        )
        share_last_moment(done.held, into.pk, actor=KEEPER, now=now)
    return done


def _check_target(target: Held, at: At) -> None:
    """Refuse a case that nobody works on: what is merged waits for what becomes of the other."""
    if target.id == at.case_id or target.standing.columns.get("merged_into_id"):
        raise AlreadyMerged()
    kind = kind_of(target.standing.kind, target.standing.version)
    if "merge" not in kind.machine.moves:
        raise NeverFollowed()
    if not is_waiting(kind, target.standing.state):
        raise TargetOver()


def _why_same(held: Held | None, text: str, actor: Actor) -> dict[str, str] | None:
    """Return what the reporter reads of why hers is the same. Refuses with Missing."""
    if held is None:
        return None
    kind = kind_of(held.standing.kind, held.standing.version)
    is_owed = kind.has_reporter and not actor.is_system
    return {"text": clean(text)} if is_owed or text.strip() else None


def unmerge(at: At, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Take a case apart from the one it was merged into; whoever had it before goes on with it."""
    before = _before_merge(at.case_id)
    given = Given(internal={"reason": reason}, columns={"merged_into_id": None})
    done = perform(
        Wish(at.case_id, "unmerge", given, at.expected_seq, at.key), actor=actor, now=now
    )
    if not done.is_repeated:
        CaseLink.objects.filter(
            case_id=at.case_id, kind=LinkKind.DUPLICATE_OF, ended_at__isnull=True
        ).update(ended_at=now)
        for name in WAY_ON.get((done.held.standing.kind, before), ()):
            again = Given(internal={"reason": reason})
            done = perform(Wish(at.case_id, name, again), actor=actor, now=now)
    return done


def _before_merge(case_id: int) -> str:
    """Return where a case stood when it was merged last; nothing if it never was."""
    steps = CaseEvent.objects.filter(case_id=case_id).order_by("-seq")
    merged = steps.filter(move="merge").first()
    stood = steps.filter(seq__lt=merged.seq).first() if merged is not None else None
    return stood.state if stood is not None else ""
