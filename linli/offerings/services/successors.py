"""What lies with a department that ended goes on at the one that took over its work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.left_parts import LeftPart
from linli.cases.services import assigning
from linli.cases.types.moves import At, To
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import ApplicationPart, Item
from linli.offerings.queries import successors as queries
from linli.trail.services import record

CHINESE = "zh-hans"
AT_CLOSING = "called inside the closing of an organisation, whose service asked for the permit"


@open_to_all("run by its job alone, for posts and bodies whose end is on record")
def follow_successors(*, actor: Actor, now: datetime) -> int:
    """Hand what ended posts have of open applications to others of the body or its successor; return how much.

    What has no successor, or one in which nobody holds a post, stays where it is. Safe to run twice.
    """
    today, moved = localdate(now), 0
    for part in queries.left_behind(today):
        taken = queries.posts_at_work(part.case_id)
        to = queries.post_after(part.org_id, today, taken)
        moved += to is not None and _hand_on(part, to, actor=actor, now=now)
    return moved


@open_to_all(AT_CLOSING)
def hand_parts_on(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Hand everything that a body has of open applications to another; return how much."""
    today, moved = localdate(now), 0
    for part in queries.parts_with(old_id):
        to = queries.post_in(new_id, today, queries.posts_at_work(part.case_id))
        moved += to is not None and _hand_on(part, to, actor=actor, now=now)
    return moved


@transaction.atomic
def _hand_on(part: LeftPart, to: tuple[int, int], *, actor: Actor, now: datetime) -> bool:
    row = ApplicationPart.objects.filter(application_id=part.case_id, number=part.number).first()
    with translation.override(CHINESE):
        why = _("The body has ended. Its successor goes on with it.")
    at, task = At(part.case_id), row.task if row is not None else ""
    assigning.revoke(at, part.number, reason=why, actor=actor, now=now)
    offered = To(part.role, *to)
    done = assigning.offer(at, offered, actor=actor, now=now, note=task)
    if row is not None:
        row.org_id, row.post_id = to
        row.number = max(done.held.standing.assignments)
        row.save(update_fields=["org_id", "post_id", "number"])
    return True


@open_to_all(AT_CLOSING)
def hand_items_on(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Let another office answer for the items of a body; return how many."""
    items = list(Item.objects.select_for_update().filter(owner_id=old_id).order_by("pk"))
    for item in items:
        item.owner_id, item.edition = new_id, item.edition + 1
        item.save(update_fields=["owner", "edition"])
        record("offerings.item_described", on=item, actor=actor, now=now, place=item.path)
    return len(items)


@open_to_all("part of giving a turn, which its caller has asked for")
def heir_of_turn(row: ApplicationPart, *, actor: Actor, now: datetime) -> ApplicationPart:
    """Let a part whose turn has come lie with the successor, if its own body has ended meanwhile."""
    today = localdate(now)
    ended = queries.body_if_ended(row.post_id, today)
    taken = queries.posts_at_work(row.application_id)
    to = queries.post_after(ended, today, taken) if ended is not None else None
    if to is not None:
        row.org_id, row.post_id = to
    return row
