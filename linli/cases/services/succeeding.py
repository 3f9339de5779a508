"""Who is in charge, and the rules of routing, when a place ends: they go over to the one that follows.

The list of responsibilities goes on from the day, so that nobody's report falls to nobody. Rules were
tested for the ground that ended: they come as a draft, and whoever keeps them puts them in force.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from linli.cases.models import Responsibility, RoutingRule, RoutingTest, RuleSet
from linli.cases.models.rule_copying import copy_rules
from linli.cases.models.rule_holding import touch
from linli.cases.types.routing import Duty, SetState
from linli.kernel import locks
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.shapes import share_a_day
from linli.places import queries as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@open_to_all("the change of the place asked for its permit; this runs in it")
@transaction.atomic
def succeed(old_place_id: int, new_place_id: int, *, actor: Actor, now: datetime) -> int:
    """Let the place that follows have the list and the rules of the one that ended; return how many."""
    old, new = places.place_of_id(old_place_id), places.place_of_id(new_place_id)
    day = old.valid_to or localdate(now)
    for path in sorted((old.path, new.path)):
        locks.hold("cases.responsible", path)
        locks.hold("cases.rules", path)
    lines = _lines_go_over(old, new, day)
    sets = _sets_go_over(old, new, day, actor.label, now)
    _conditions_follow(old, new, day)
    if lines or sets:
        record(
            "cases.responsibilities_went_over", on=new, actor=actor, now=now, place=new.path,
            lines=lines, sets=sets,
        )  # fmt: skip
    return lines + sets


def _lasting(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=day)


def _lines_go_over(old: Place, new: Place, day: date) -> int:
    rows = Responsibility.objects.select_for_update().filter(_lasting(day), path=old.path)
    # those in charge first: who is only told never takes their seat
    found = sorted(rows, key=lambda row: (row.duty != Duty.RESPONSIBLE, row.pk))
    for row in found:
        begins = max(row.since or day, day)
        _name_at(new.path, row, begins)
        row.until, row.edition = begins, row.edition + 1
        row.save(update_fields=["until", "edition"])
    return len(found)


def _name_at(path: str, row: Responsibility, begins: date) -> None:
    """Begin a line anew; where another place's post is in charge already, this one is told of cases."""
    made = Responsibility(
        category_id=row.category_id, path=path, duty=row.duty, org_id=row.org_id,
        post_id=row.post_id, basis=row.basis, since=begins, until=row.until,
    )  # fmt: skip
    there = Responsibility.objects.filter(category_id=row.category_id, path=path)
    met = [one for one in there if share_a_day(one, made)]
    same = [one for one in met if one.post_id == row.post_id]
    is_taken = any(one.duty == Duty.RESPONSIBLE for one in met)
    if not same:
        made.duty = Duty.INFORMED.value if is_taken else row.duty
        made.save()
    elif row.duty == Duty.RESPONSIBLE and not is_taken:
        same[0].duty = row.duty
        same[0].save(update_fields=["duty"])


def _sets_go_over(old: Place, new: Place, day: date, label: str, now: datetime) -> int:
    """End the set in force and begin a draft like it; what was still being written goes along."""
    rows = RuleSet.objects.select_for_update().filter(path=old.path)
    in_force = list(rows.filter(_lasting(day), state=SetState.IN_FORCE).order_by("pk"))
    for held in in_force:
        assert held.since is not None, "what is in force has a day"
        if held.since > max(day, localdate(now)):
            held.state, held.since, held.until = SetState.DRAFT.value, None, None
            touch(held)
            continue
        # a decision that looks back leaves on record what sent cases in the meantime
        held.until = max(day, held.since + timedelta(1))
        touch(held)
        made = RuleSet.objects.create(
            path=new.path, title=held.title, copied_from=held, made_at=now, made_by=label
        )
        copy_rules(held, made, day)
    unused = list(rows.exclude(state=SetState.IN_FORCE).order_by("pk"))
    for held in unused:
        held.path, held.state = new.path, SetState.DRAFT.value
        held.save(update_fields=["path"])
        touch(held)
    return len({held.pk for held in (*in_force, *unused)})


def _conditions_follow(old: Place, new: Place, day: date) -> None:
    """Let rules and tests that name the ended place name the one that follows, but in sets of the past."""
    live = RuleSet.objects.filter(_lasting(day)).exclude(path=old.path)
    RoutingRule.objects.filter(path=old.path, rule_set__in=live).update(path=new.path)
    RoutingTest.objects.filter(path=old.path, rule_set__in=live).update(path=new.path)
