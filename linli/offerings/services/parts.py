"""Departments work on an application: side by side, or one after the other (后台分工协同)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.queries.handling import parts_now
from linli.cases.services import assigning
from linli.cases.services.perform import perform
from linli.cases.types import AssignmentRole, AssignmentState
from linli.cases.types.moves import At, Done, Given, To
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.offerings import permits
from linli.offerings.errors import Incomplete
from linli.offerings.models import Application, ApplicationPart
from linli.offerings.queries.applications import application_of
from linli.offerings.rules.applications import next_turn
from linli.offerings.services.successors import heir_of_turn
from linli.offerings.types.applications import PartWish

BY_MOVE = "the move names its permit, which the engine requires at the place and level"
GIVER = system_actor("offerings.give_part")
BACK = frozenset({AssignmentState.DECLINED, AssignmentState.REVOKED})
MOST_TASK = 200


@open_to_all(BY_MOVE)
@transaction.atomic
def distribute(at: At, lead: To, parts: Sequence[PartWish], *, actor: Actor, now: datetime) -> Done:
    """Give an accepted application to the post that decides, and to those that do a part of it.

    Refuses with NotAllowed, WrongState, Incomplete for a part without a task, or a post named twice.
    """
    posts = [lead.post_id, *(part.post_id for part in parts)]
    if len(set(posts)) != len(posts):
        raise Incomplete({"parts": [_("Name each post once.")]})
    if any(not part.task.strip() for part in parts):
        raise Incomplete({"parts": [_("Say what each post does.")]})
    application = application_of(at.case_id)
    given = Given(facts={"to": lead.post_id, "with": [part.post_id for part in parts]})
    done = perform(replace(at.wish("distribute"), given=given), actor=actor, now=now)
    if done.is_repeated:
        return done
    ApplicationPart.objects.bulk_create(
        ApplicationPart(
            application=application, turn=part.turn, org_id=part.org_id, post_id=part.post_id,
            task=part.task.strip()[:MOST_TASK],
        )
        for part in parts
    )  # fmt: skip
    assigning.offer(At(at.case_id), lead, actor=GIVER, now=now)
    give_turn(application, now=now, actor=GIVER)
    return done


@open_to_all("part of distributing, or of the job that follows a part that was done")
def give_turn(application: Application, *, actor: Actor, now: datetime) -> int:
    """Offer the parts whose turn has come; return how many."""
    rows = list(application.parts.select_for_update().order_by("turn", "pk"))
    turn = next_turn((row.turn, row.number is not None, row.done_at is not None) for row in rows)
    own = [row for row in rows if row.turn == turn]
    for row in own:
        row = heir_of_turn(row, actor=actor, now=now)
        to = To(AssignmentRole.JOINT, row.org_id, row.post_id)
        done = assigning.offer(At(application.pk), to, actor=actor, now=now, note=row.task)
        row.number = max(done.held.standing.assignments)
        row.save(update_fields=["org_id", "post_id", "number"])
    return len(own)


@open_to_all("run by its job alone: the post that did its part asked for its own permit")
@transaction.atomic
def follow_parts(case_id: int, *, actor: Actor, now: datetime) -> int:
    """Note which parts are done or were handed back, and begin the next turn. Safe to run again."""
    application = Application.objects.select_for_update().filter(pk=case_id).first()
    if application is None:
        return 0
    stand = {part.number: part.state for part in parts_now(case_id)}
    for row in application.parts.filter(number__isnull=False, done_at=None):
        state = stand.get(row.number or 0)
        if state == AssignmentState.DONE:
            row.done_at = now
            row.save(update_fields=["done_at"])
    return give_turn(application, actor=actor, now=now)


@transaction.atomic
def give_part_to(
    case_id: int, part_id: int, to: To, *, actor: Actor, now: datetime
) -> ApplicationPart:
    """Give a part that was handed back to another post. Refuses with NotFound, NotAllowed."""
    application = application_of(case_id)
    require(actor, permits.RECEIVE, at=application.case.path, level=application.case.level)
    row = application.parts.select_for_update().filter(pk=part_id, done_at=None).first()
    stand = {part.number: part.state for part in parts_now(case_id)}
    if row is None or stand.get(row.number or 0) not in BACK:
        raise NotFound()
    row.org_id, row.post_id = to.org_id, to.post_id
    joint = replace(to, role=AssignmentRole.JOINT)
    done = assigning.offer(At(case_id), joint, actor=GIVER, now=now, note=row.task)
    row.number = max(done.held.standing.assignments)
    row.save(update_fields=["org_id", "post_id", "number"])
    return row
