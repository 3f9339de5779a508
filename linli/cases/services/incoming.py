"""Papers that come in: registered, shown to others, given to a post (党政机关公文处理工作条例)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.engine.deciding import hand_in
from linli.cases.engine.saying import clean
from linli.cases.errors import Missing
from linli.cases.models.holding import hold_cases
from linli.cases.queries.receivers import Receiver, receivers
from linli.cases.rules.assigning import handed
from linli.cases.rules.clocks import local_day
from linli.cases.rules.given_days import DUE_ON, check_day
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.taking_down import attach
from linli.cases.types.moves import At, Done, Given, Held
from linli.cases.types.openings import Receiving
from linli.cases.types.shapes import AssignmentNow
from linli.cases.types.words import LIVE, AssignmentRole, AssignmentState, Channel
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places

BY_KIND = "the kind and its moves name their permit, which the engine requires at the place"
MOST_READERS = 60


@open_to_all(BY_KIND)
@transaction.atomic
def open_incoming(paper: Receiving, *, actor: Actor, now: datetime) -> Opened:
    """Register a paper that came in. Refuses with NotAllowed, Missing, Invalid, DayGone."""
    told = {
        "title": clean(paper.title, field="title"),
        "sender": clean(paper.sender, field="sender"),
    }
    more = {
        "paper_number": paper.paper_number.strip(),
        "dated_on": paper.dated_on.isoformat() if paper.dated_on else "",
        "text": paper.text.strip(),
    }
    if paper.dated_on is not None and paper.dated_on > local_day(now):
        raise Invalid({"dated_on": [_("A paper cannot be dated later than today.")]})
    facts = {"urgency": str(paper.urgency)}
    if paper.due_on is not None:
        check_day(paper.due_on, local_day(now))
        facts[DUE_ON] = paper.due_on.isoformat()
    internal = {**told, **{name: value for name, value in more.items() if value}}
    opening = Opening(
        "incoming",
        tuple(places.chain_of(paper.place)),
        Channel.LETTER,
        title=f"{told['sender']} {told['title']}",
        given=Given(internal=internal, facts=facts),
    )
    opened = open_case(opening, actor=actor, now=now)
    attach(opened.held, paper.files, actor=actor, now=now)
    return opened


@open_to_all(BY_KIND)
@transaction.atomic
def circulate(
    at: At, post_ids: Sequence[int], *, note: str, basis: str = "", actor: Actor, now: datetime
) -> Done:
    """Show a paper to posts. Only with a `basis` each of them marks that it has read it (BU-13).

    Refuses with NotAllowed, WrongState, Missing.
    """
    held = _held(at.case_id)
    readers = _readers(post_ids, held.path, now)
    names = "、".join(one.name for one in readers if one.name)
    internal = {"readers": names, "note": note.strip(), "basis": basis.strip()}
    given = Given(
        internal={name: value for name, value in internal.items() if value},
        facts={"readers": [one.post_id for one in readers], "marks": bool(basis.strip())},
        parts=_reading(held, readers, actor, now) if basis.strip() else (),
    )
    return perform(replace(at.wish("circulate"), given=given), actor=actor, now=now)


@open_to_all(BY_KIND)
@transaction.atomic
def hand_out(at: At, post_id: int, *, note: str, actor: Actor, now: datetime) -> Done:
    """Give a paper to the post that handles it. Refuses with NotAllowed, WrongState, Missing."""
    held = _held(at.case_id)
    found = [one for one in receivers([post_id], local_day(now)).values() if _near(one, held.path)]
    if not found:
        raise Missing({"post": [_("Choose the post that handles it.")]})
    own = hand_in(actor, held).post_id
    given = Given(
        internal={"note": note.strip()} if note.strip() else None,
        parts=handed(held.standing, found[0].to, from_post_id=own, at=now),
    )
    return perform(replace(at.wish("hand_out"), given=given), actor=actor, now=now)


def _held(case_id: int) -> Held:
    held = hold_cases([case_id]).get(case_id)
    if held is None:
        raise NotFound()
    return held


def _near(receiver: Receiver, path: str) -> bool:
    """A paper is handled where it came in, or by the offices above and below that see it there."""
    return receiver.path == path or path.startswith(receiver.path)


def _readers(post_ids: Sequence[int], path: str, now: datetime) -> list[Receiver]:
    wanted = list(dict.fromkeys(post_ids))
    known = receivers(wanted, local_day(now))
    found = [known[one] for one in wanted if one in known and _near(known[one], path)]
    if not found or len(found) != len(wanted):
        raise Missing({"posts": [_("Choose who is to see it.")]})
    if len(found) > MOST_READERS:
        raise Missing({"posts": [_("At most %(most)s posts.") % {"most": MOST_READERS}]})
    return found


def _reading(
    held: Held, readers: Sequence[Receiver], actor: Actor, now: datetime
) -> tuple[AssignmentNow, ...]:
    parts = held.standing.assignments
    has = {
        part.post_id
        for part in parts.values()
        if part.role == AssignmentRole.CONSULT and part.state in LIVE
    }
    fresh = [one for one in readers if one.post_id not in has]
    begin = max(parts, default=0) + 1
    return tuple(
        AssignmentNow(
            number=begin + n,
            role=AssignmentRole.CONSULT,
            org_id=one.org_id,
            post_id=one.post_id,
            state=AssignmentState.ACCEPTED,
            offered_at=now,
            from_post_id=hand_in(actor, held).post_id,
            responded_at=now,
        )
        for n, one in enumerate(fresh)
    )
