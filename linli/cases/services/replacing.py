"""A post that ended gives its lines and rules to another one, in one act.

Lines are parted at the day. Rules go the way of the editor: what holds is copied, changed and put in force
if its test cases pass, else the copy waits as a draft; what has not begun, or is being written, is changed itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.errors import AnotherBegins, NothingNamesIt
from linli.cases.models import Responsibility, RuleSet
from linli.cases.models.rule_copying import copy_rules
from linli.cases.models.rule_holding import touch
from linli.cases.queries import ended_posts as queries
from linli.cases.queries.posts import post_names, post_to_route
from linli.cases.queries.rule_sets import failing_tests
from linli.cases.states import RULE_SET
from linli.cases.types.routing import Duty, SetState
from linli.kernel import locks
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.kernel.shapes import share_a_day
from linli.trail.services import record

CHINESE = "zh-hans"


@dataclass(slots=True)
class Replaced:
    """How many lines went over; the sets that hold with the new post, and those that wait as drafts."""

    lines: int = 0
    in_force: list[RuleSet] = field(default_factory=list)
    drafts: list[RuleSet] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Change:
    """From which post to which, of which body, from which day; who does it, when, and why in words."""

    old: int
    post_id: int
    org_id: int
    day: date
    actor: Actor
    now: datetime
    why: str


@transaction.atomic
def replace_post(old_id: int, new_id: int, *, since: date, actor: Actor, now: datetime) -> Replaced:
    """Let another post have all lines and rules of the actor's that name one that ended, from a day on.

    Refuses with NotFound, NotAllowed, Invalid, NothingNamesIt, AnotherBegins.
    """
    ended, to = queries.ended_post(old_id), post_to_route(actor, new_id)
    paths = _paths(actor, old_id, since)
    if not paths:
        raise NothingNamesIt()
    faults: dict[str, list[str]] = {} if to else {"post_id": [_("Choose a post of a public body.")]}
    if since < localdate(now):
        faults["since"] = [_("The other post begins today or later.")]
    if faults or to is None:
        raise Invalid(faults)
    _hold(paths, actor)
    change = _Change(
        ended.post_id, new_id, to[0], since, actor, now, _why(ended, new_id, localdate(now))
    )
    done = Replaced(lines=_lines_go_over(change, paths))
    found = queries.naming_sets(actor, old_id, since).filter(path__in=paths)
    for held in found.select_for_update().order_by("path", "pk"):
        _set_goes_over(held, change, done)
    if not (done.lines or done.in_force or done.drafts):
        raise NothingNamesIt()  # somebody else did it while this one waited
    return done


def _hold(paths: list[str], actor: Actor) -> None:
    for path in paths:
        require(actor, permits.KEEP_RULES, at=path)
        locks.hold("cases.responsible", path)
        locks.hold("cases.rules", path)


def _paths(actor: Actor, post_id: int, day: date) -> list[str]:
    lines = queries.naming_lines(actor, post_id, day).values_list("path", flat=True)
    sets = queries.naming_sets(actor, post_id, day).values_list("path", flat=True)
    return sorted({*lines, *sets})


def _why(ended: queries.Ended, new_id: int, today: date) -> str:
    with translation.override(CHINESE):
        names = post_names((ended.post_id, new_id))
        said = {"old": names.get(ended.post_id, ""), "new": names.get(new_id, "")}
        if ended.closed_on > today:
            return _("%(old)s is to end; %(new)s takes its place.") % said
        return _("%(old)s has ended; %(new)s takes its place.") % said


def _lines_go_over(change: _Change, paths: list[str]) -> int:
    found = queries.naming_lines(change.actor, change.old, change.day).filter(path__in=paths)
    rows = list(found.select_for_update().order_by("path", "pk"))
    # those in charge first: who is only told never takes their seat
    for row in sorted(rows, key=lambda one: one.duty != Duty.RESPONSIBLE):
        begins, until = max(row.since or change.day, change.day), row.until
        _end(row, begins, change)
        _begin(row, begins, until, change)
    return len(rows)


def _begin(row: Responsibility, begins: date, until: date | None, change: _Change) -> None:
    """Begin a line anew with the other post, unless it stands there already with the same or more."""
    made = Responsibility(
        category_id=row.category_id, path=row.path, duty=row.duty, org_id=change.org_id,
        post_id=change.post_id, basis=row.basis, since=begins, until=until,
    )  # fmt: skip
    there = Responsibility.objects.select_for_update().filter(
        category_id=row.category_id, path=row.path, post_id=change.post_id
    )
    for one in there.order_by("pk"):
        if not share_a_day(one, made):
            continue
        if row.duty == Duty.INFORMED or one.duty == Duty.RESPONSIBLE:
            return
        _end(one, max(one.since or begins, begins), change)
    made.save()
    _record("cases.responsible_named", made, change, duty=made.duty)


def _end(row: Responsibility, until: date, change: _Change) -> None:
    row.until, row.edition = until, row.edition + 1
    row.save(update_fields=["until", "edition"])
    _record("cases.responsibility_ended", row, change)


def _record(verb: str, row: Responsibility, change: _Change, **more: Any) -> None:
    record(
        verb, on=row, actor=change.actor, now=change.now, place=row.path,
        category=row.category_id, post=row.post_id, **more,
    )  # fmt: skip


def _set_goes_over(held: RuleSet, change: _Change, done: Replaced) -> None:
    if held.state != SetState.IN_FORCE:
        if held.state == SetState.SHADOW:
            held.state = RULE_SET.after(held.state, "edit_again")
        _name_other(held, change)
        _changed("cases.rule_saved", held, change)
        done.drafts.append(held)
    elif held.since is not None and held.since >= change.day and held.since > localdate(change.now):
        _change_ahead(held, change, done)
    else:
        _change_by_copy(held, change, done)


def _change_ahead(held: RuleSet, change: _Change, done: Replaced) -> None:
    """Change a set that has not begun: it begins on its day, or a copy waits if its test cases fail then."""
    try:
        with transaction.atomic():
            _name_other(held, change)
            if failing_tests(held):
                raise _DoesNotPass
    except _DoesNotPass:
        done.drafts.append(_copied(held, change))
        return
    _changed("cases.rule_saved", held, change)
    done.in_force.append(held)


def _change_by_copy(held: RuleSet, change: _Change, done: Replaced) -> None:
    """Begin a copy of what holds; it takes over on the day if its test cases pass."""
    made = _copied(held, change)
    if failing_tests(made) or not made.tests.exists():
        done.drafts.append(made)
        return
    if held.since is not None and held.since >= change.day:
        raise AnotherBegins(day=held.since)
    until, held.until = held.until, change.day
    touch(held)
    made.state, made.since, made.until = SetState.IN_FORCE.value, change.day, until
    made.note = change.why[:500]
    _changed(
        "cases.rules_put_in_force", made, change, since=change.day.isoformat(),
        rules=made.rules.count(), tests=made.tests.count(),
    )  # fmt: skip
    done.in_force.append(made)


def _copied(held: RuleSet, change: _Change) -> RuleSet:
    made = RuleSet.objects.create(
        path=held.path, title=held.title, copied_from=held, made_at=change.now,
        made_by=change.actor.label,
    )  # fmt: skip
    copy_rules(held, made, change.day)
    _name_other(made, change)
    record("cases.rules_begun", on=made, actor=change.actor, now=change.now, place=made.path)
    return made


def _name_other(held: RuleSet, change: _Change) -> None:
    """Let rules and test cases of a set name the other post."""
    held.rules.filter(post_id=change.old).update(
        post_id=change.post_id, org_id=change.org_id, edition=F("edition") + 1
    )
    held.tests.filter(post_id=change.old).update(post_id=change.post_id)


def _changed(verb: str, held: RuleSet, change: _Change, **facts: Any) -> None:
    touch(held)
    record(
        verb, on=held, actor=change.actor, now=change.now, place=held.path,
        post=change.post_id, replaced=change.old, **facts,
    )  # fmt: skip


class _DoesNotPass(Exception):
    """Test cases of a set fail with the other post."""
