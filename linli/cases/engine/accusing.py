"""What a reporter says may accuse an official: from that step on the case keeps away from the accused (AP-07).

Every step comes through here, the first words and those added years later, by whatever door.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from linli.cases.errors import OwnMatter
from linli.cases.queries.accusing import accused_posts, accuses, post_in_charge
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.public import NEVER_SHOWN
from linli.cases.rules import assigning
from linli.cases.rules.clocks import local_day
from linli.cases.rules.conflicts import with_accused
from linli.cases.rules.lapsing import without_offers
from linli.cases.types.moves import Given, Held
from linli.cases.types.shapes import AssignmentNow, Standing
from linli.cases.types.words import AssignmentState


def accuses_official(given: Given) -> bool:
    """Say whether the reporter accuses an official by what comes with a step."""
    return given.by_reporter and (given.against_cadres or accuses(said_in(given)))


def is_read_alone(matter: str, given: Given) -> bool:
    """Say whether somebody has to read a report by itself, though others reported the same: what only joins
    another is given to nobody. So are tips, and what accuses an official (AP-07)."""
    return matter in NEVER_SHOWN or accuses_official(given)


def check_own_matter(text: str, *, is_joined: bool) -> None:
    """Refuse with OwnMatter what accuses an official in a report that only follows another (AP-07).

    A person reads such words first, which nobody does there.
    """
    if is_joined and accuses_official(Given(public={"text": text}, by_reporter=True)):
        raise OwnMatter()


def said_in(given: Given) -> str:
    """Return all that a reporter says by a step, also what is kept under seal or was said by telephone."""
    public, internal = given.public or {}, given.internal or {}
    return "\n".join((str(public.get("text", "")), str(internal.get("reason", "")), *given.sealed))


def kept_away(held: Held, given: Given, *, now: datetime) -> Given:
    """Return what a step changes besides if its words accuse an official.

    The case is about all whom they name from now on, as far as that can be seen; nobody is offered it, what was
    offered is taken back, and so is whatever part an accused has. A person reads it first.
    """
    if not accuses_official(given):
        return given
    known = {**held.standing.columns, **given.columns}
    on = local_day(now)
    found = accused_posts(said_in(given), held.path, on)
    if given.against_cadres and not found:
        found = post_in_charge(held.path, on)
    about = with_accused(known, found)
    standing = held.standing
    given = without_offers(given, standing, now)
    # what is begun by such words is given to nobody by the way, not even to the company that is meant
    parts = tuple(part for part in given.parts if part.number in standing.assignments)
    return replace(
        given,
        columns={**given.columns, **about},
        parts=(*parts, *_of_accused(standing, kept_from({**known, **about}, on), now)),
    )


def _of_accused(
    standing: Standing, posts: frozenset[int], now: datetime
) -> tuple[AssignmentNow, ...]:
    return tuple(
        assigning.revoked(standing, part.number, now)
        for part in standing.assignments.values()
        if part.post_id in posts and part.state == AssignmentState.ACCEPTED
    )
