"""What a post was asked to take and did not answer in time: the place above is asked to see to it, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.access.queries.hearing import nearest_of
from linli.cases.models.holding import hold_cases
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.news import supervisors_above
from linli.cases.queries.receivers import receivers
from linli.cases.rules.clocks import local_day
from linli.cases.rules.projecting import is_waiting
from linli.cases.services.assigning import offer
from linli.cases.types.moves import At, To
from linli.cases.types.shapes import Standing
from linli.cases.types.words import LIVE, AssignmentRole, AssignmentState
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import STAFF, Actor, open_to_all


@open_to_all("the job that follows the clock alone calls it")
@transaction.atomic
def hand_up(case_id: int, number: int, *, actor: Actor, now: datetime) -> int | None:
    """Offer the supervision of a case to a post of the nearest place above that has one; return which.

    The offer that nobody answered stands: it may still be taken. None where it was answered meanwhile,
    where a post supervises it or is asked to already, or nobody is above. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    held = hold_cases([case_id])[case_id]
    kind = kind_of(held.standing.kind, held.standing.version)
    if not is_waiting(kind, held.standing.state) or not _is_left(held.standing, number):
        return None
    above = supervisors_above([held.path], now, kind.sees)[held.path][1:]
    away = kept_from(held.standing.columns, local_day(now))
    posts = nearest_of(above, away) if held.level <= max(STAFF, kind.sees.level) else []
    to = _first(posts, now)
    if to is not None:
        offer(At(case_id), to, actor=actor, now=now)
    return to.post_id if to is not None else None


def _is_left(standing: Standing, number: int) -> bool:
    part = standing.assignments.get(number)
    is_supervised = any(
        one.role == AssignmentRole.SUPERVISE and one.state in LIVE
        for one in standing.assignments.values()
    )
    return part is not None and part.state == AssignmentState.OFFERED and not is_supervised


def _first(posts: list[int], now: datetime) -> To | None:
    found = receivers(posts, local_day(now))
    for post in sorted(found):
        return To(AssignmentRole.SUPERVISE, found[post].org_id, post)
    return None
