"""The list of responsibilities (权责清单): which post is in charge of what, and which is to know."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.saying import within
from linli.cases.models import Category, Responsibility
from linli.cases.queries.posts import post_to_route
from linli.cases.types.keeping import Charge
from linli.cases.types.routing import Duty
from linli.kernel import locks
from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.permits import Actor, require
from linli.trail.services import record

# as many as the column holds
BASIS_SIGNS = 200


@transaction.atomic
def name_responsible(charge: Charge, *, actor: Actor, now: datetime) -> Responsibility:
    """Put a post in charge of a category at a place, or have it informed.

    Who was in charge before ends on that day. Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.KEEP_RULES, at=charge.path)
    locks.hold("cases.responsible", charge.path)
    post = post_to_route(actor, charge.post_id)
    faults: dict[str, list[str]] = (
        {} if post else {"post_id": [_("Choose a post of a public body.")]}
    )
    if not Category.objects.filter(pk=charge.category_id, until__isnull=True).exists():
        faults["category_id"] = [_("Choose a category that is in use.")]
    open_ones = Responsibility.objects.filter(
        category_id=charge.category_id, path=charge.path, until__isnull=True
    )
    if open_ones.filter(post_id=charge.post_id).exists():
        faults["post_id"] = [_("This post stands in the list for this category already.")]
    before = open_ones.filter(duty=Duty.RESPONSIBLE).first()
    replaces = charge.duty == Duty.RESPONSIBLE and before is not None
    if replaces and before and before.since and before.since > charge.since:
        faults["since"] = [_("The post before begins later than this day.")]
    if faults or post is None:
        raise Invalid(faults)
    if replaces and before:
        _end(before, charge.since)
    made = Responsibility.objects.create(
        category_id=charge.category_id,
        path=charge.path,
        duty=charge.duty,
        org_id=post[0],
        post_id=charge.post_id,
        since=charge.since,
        basis=within(charge.basis, field="basis", most=BASIS_SIGNS),
    )
    record(
        "cases.responsible_named", on=made, actor=actor, now=now, place=made.path,
        category=made.category_id, post=made.post_id, duty=str(charge.duty),
    )  # fmt: skip
    return made


@transaction.atomic
def end_responsibility(
    row_id: int, until: date, *, edition: int, actor: Actor, now: datetime
) -> Responsibility:
    """End a line of the list on a day; it stays on record. Refuses with NotAllowed, Stale, Invalid."""
    row = Responsibility.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    require(actor, permits.KEEP_RULES, at=row.path)
    if row.edition != edition or row.until is not None:
        raise Stale()
    if row.since is not None and until < row.since:
        raise Invalid({"until": [_("It begins later than this day.")]})
    _end(row, until)
    record(
        "cases.responsibility_ended", on=row, actor=actor, now=now, place=row.path,
        category=row.category_id, post=row.post_id,
    )  # fmt: skip
    return row


def _end(row: Responsibility, until: date) -> None:
    row.until, row.edition = until, row.edition + 1
    row.save(update_fields=["until", "edition"])
