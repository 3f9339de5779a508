"""Sets of rules as a whole: begun, watched, put in force from a day, taken back before it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.saying import clean, within
from linli.cases.errors import AlreadyBegun, AnotherBegins, NotADraft, TestsFail, Untested
from linli.cases.models import RuleSet
from linli.cases.models.rule_copying import copy_rules
from linli.cases.models.rule_holding import hold_set, touch
from linli.cases.queries.rule_sets import failing_tests
from linli.cases.states import RULE_SET
from linli.cases.types.routing import SetState
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, require
from linli.trail.services import record

# as many as the columns hold
TITLE_SIGNS, NOTE_SIGNS = 80, 500


@transaction.atomic
def begin_set(
    path: str, title: str, *, copy_of: RuleSet | None = None, actor: Actor, now: datetime
) -> RuleSet:
    """Begin a draft at a place, empty or with the rules and tests of another set of it.

    Rules that have ended are not copied. Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.KEEP_RULES, at=path)
    title = clean(title, field="title", most=TITLE_SIGNS)
    if copy_of is not None and copy_of.path != path:
        raise NotFound()
    made = RuleSet.objects.create(
        path=path, title=title, copied_from=copy_of, made_at=now, made_by=actor.label
    )
    if copy_of is not None:
        copy_rules(copy_of, made, localdate(now))
    record("cases.rules_begun", on=made, actor=actor, now=now, place=path)
    return made


def _held(set_id: int, edition: int, actor: Actor) -> RuleSet:
    held = hold_set(set_id, edition, actor)
    require(actor, permits.KEEP_RULES, at=held.path)
    return held


@transaction.atomic
def watch_set(set_id: int, *, edition: int, actor: Actor, now: datetime) -> RuleSet:
    """Let a draft run beside the rules in force; it sends nothing. Refuses with WrongState, Stale."""
    return _moved(set_id, "watch", "cases.rules_watched", edition=edition, actor=actor, now=now)


@transaction.atomic
def edit_again(set_id: int, *, edition: int, actor: Actor, now: datetime) -> RuleSet:
    """Make a watched set a draft again, so that it can be changed. Refuses with WrongState, Stale."""
    return _moved(set_id, "edit_again", "cases.rules_opened", edition=edition, actor=actor, now=now)


def _moved(
    set_id: int, move: str, verb: str, *, edition: int, actor: Actor, now: datetime
) -> RuleSet:
    held = hold_set(set_id, edition, actor)
    require(actor, permits.KEEP_RULES, at=held.path)
    held.state = RULE_SET.after(held.state, move)
    touch(held)
    record(verb, on=held, actor=actor, now=now, place=held.path)
    return held


@transaction.atomic
def put_in_force(
    set_id: int, since: date, *, edition: int, note: str = "", actor: Actor, now: datetime
) -> RuleSet:
    """Put a set in force from a day on; the one before ends on it. Its tests must pass.

    Refuses with NotFound, Stale, WrongState, Untested, TestsFail, AnotherBegins, Invalid.
    """
    held = _held(set_id, edition, actor)
    state = RULE_SET.after(held.state, "put_in_force")
    if since < localdate(now):
        raise Invalid({"since": [_("Rules begin today or later.")]})
    if not held.rules.exists() or not held.tests.exists():
        raise Untested()
    wrong = failing_tests(held)
    if wrong:
        raise TestsFail(count=len(wrong))
    _end_before(held, since)
    held.state, held.since, held.until, held.note = (
        state,
        since,
        None,
        within(note, field="note", most=NOTE_SIGNS),
    )
    touch(held)
    record(
        "cases.rules_put_in_force", on=held, actor=actor, now=now, place=held.path,
        since=since.isoformat(), rules=held.rules.count(), tests=held.tests.count(),
    )  # fmt: skip
    return held


def _end_before(held: RuleSet, since: date) -> None:
    in_force = RuleSet.objects.select_for_update().filter(path=held.path, state=SetState.IN_FORCE)
    last = in_force.filter(until__isnull=True).first()
    if last is None:
        return
    if last.since is not None and last.since >= since:
        raise AnotherBegins(day=last.since)
    last.until = since
    touch(last)


@transaction.atomic
def take_back(set_id: int, *, edition: int, actor: Actor, now: datetime) -> RuleSet:
    """Make a set that has not begun yet a draft again; the one before goes on.

    Refuses with AlreadyBegun, Stale, WrongState.
    """
    held = _held(set_id, edition, actor)
    state = RULE_SET.after(held.state, "take_back")
    if held.since is None or held.since <= localdate(now):
        raise AlreadyBegun()
    before = list(RuleSet.objects.filter(path=held.path, state=SetState.IN_FORCE, until=held.since))
    # rules that begin later still end those before these, on their day
    follows = held.until
    held.state, held.since, held.until = state, None, None
    touch(held)
    for one in before:
        one.until = follows
        touch(one)
    record("cases.rules_taken_back", on=held, actor=actor, now=now, place=held.path)
    return held


@transaction.atomic
def drop_set(set_id: int, *, edition: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Refuses with NotADraft, Stale."""
    held = _held(set_id, edition, actor)
    if held.state != SetState.DRAFT:
        raise NotADraft()
    RuleSet.objects.filter(copied_from=held).update(copied_from=None)
    record("cases.rules_dropped", on=held, actor=actor, now=now, place=held.path)
    held.delete()
