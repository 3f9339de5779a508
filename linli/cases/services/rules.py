"""Rules of a draft: added, changed, moved, taken out; a rule in force can end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.saying import within
from linli.cases.errors import NotADraft
from linli.cases.models import Category, RoutingRule, RuleSet
from linli.cases.models.rule_holding import hold_draft, hold_set, touch
from linli.cases.queries.outlines import told_outline
from linli.cases.queries.posts import layer_faults, post_to_route
from linli.cases.rules.outlines import BadOutline, checked
from linli.cases.types.keeping import RuleDetails
from linli.cases.types.routing import SetState
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

STEP = 10
TITLE_SIGNS = 80
MOST_RULES = 2000


@transaction.atomic
def save_rule(
    set_id: int,
    details: RuleDetails,
    *,
    rule_id: int | None = None,
    edition: int,
    actor: Actor,
    now: datetime,
) -> RoutingRule:
    """Add a rule at the end of a draft, or change one. Refuses with NotFound, Stale, NotADraft, Invalid."""
    held = _draft(set_id, edition, actor)
    rule = RoutingRule(rule_set=held, order=_last(held) + STEP)
    if rule_id is not None:
        rule = _rule(held, rule_id)
    elif held.rules.count() >= MOST_RULES:
        raise Invalid({"title": [_("A set holds at most %(most)s rules.") % {"most": MOST_RULES}]})
    faults, org_id = _faults(held, details), 0
    if details.layer:
        faults |= layer_faults(details.layer, details.post_id)
    elif post := post_to_route(actor, details.post_id):
        org_id = post[0]
    else:
        faults["post_id"] = [_("Choose a post of a public body, or the post of the cell.")]
    if faults:
        raise Invalid(faults)
    for name, value in _columns(details).items():
        setattr(rule, name, value)
    rule.org_id, rule.edition = org_id, rule.edition + 1
    rule.save()
    note_change("cases.rule_saved", held, actor, now, rule=rule.pk)
    return rule


@transaction.atomic
def move_rule(
    set_id: int, rule_id: int, by: int, *, edition: int, actor: Actor, now: datetime
) -> None:
    """Move a rule of a draft up (below 0) or down by some places. Refuses as `save_rule`."""
    held = _draft(set_id, edition, actor)
    rules = list(held.rules.order_by("order", "pk"))
    at = next((n for n, rule in enumerate(rules) if rule.pk == rule_id), None)
    if at is None:
        raise NotFound()
    rules.insert(max(0, min(len(rules), at + by)), rules.pop(at))
    for n, rule in enumerate(rules, 1):
        rule.order = n * STEP
    RoutingRule.objects.bulk_update(rules, ["order"])
    note_change("cases.rule_moved", held, actor, now, rule=rule_id)


@transaction.atomic
def drop_rule(set_id: int, rule_id: int, *, edition: int, actor: Actor, now: datetime) -> None:
    """Take a rule out of a draft. Refuses as `save_rule`."""
    held = _draft(set_id, edition, actor)
    _rule(held, rule_id).delete()
    note_change("cases.rule_dropped", held, actor, now, rule=rule_id)


@transaction.atomic
def end_rule(
    set_id: int, rule_id: int, until: date, *, edition: int, actor: Actor, now: datetime
) -> RoutingRule:
    """Let a rule in force send nothing from a day on; what follows it in order takes over.

    Refuses with NotFound, Stale, NotADraft (a draft's rule is changed instead), Invalid.
    """
    held = hold_set(set_id, edition, actor)
    require(actor, permits.KEEP_RULES, at=held.path)
    if held.state != SetState.IN_FORCE:
        raise NotADraft()
    rule = _rule(held, rule_id)
    if until < localdate(now):
        raise Invalid({"until": [_("A rule ends today or later.")]})
    if rule.since is not None and until < rule.since:
        raise Invalid({"until": [_("It begins later than this day.")]})
    rule.until = until
    rule.save(update_fields=["until"])
    note_change("cases.rule_ended", held, actor, now, rule=rule.pk, until=until.isoformat())
    return rule


def _draft(set_id: int, edition: int, actor: Actor) -> RuleSet:
    held = hold_draft(set_id, edition, actor)
    require(actor, permits.KEEP_RULES, at=held.path)
    return held


def _rule(held: RuleSet, rule_id: int) -> RoutingRule:
    found = RoutingRule.objects.filter(rule_set=held, pk=rule_id).first()
    if found is None:
        raise NotFound()
    return found


def _last(held: RuleSet) -> int:
    return held.rules.order_by("-order").values_list("order", flat=True).first() or 0


@open_to_all("part of a change of a set, which asked for the permit when it was locked")
def note_change(verb: str, held: RuleSet, actor: Actor, now: datetime, **facts: Any) -> None:
    """Count a change of a set and record it."""
    touch(held)
    record(verb, on=held, actor=actor, now=now, place=held.path, **facts)


def _faults(held: RuleSet, details: RuleDetails) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if not details.title.strip():
        faults["title"] = [_("This is needed here.")]
    if details.path and not details.path.startswith(held.path):
        faults["place"] = [_("Choose a place that these rules are for.")]
    if details.polygon is not None:
        try:
            checked(details.polygon)
        except BadOutline as error:
            faults["polygon"] = [told_outline(error)]
    if details.since and details.until and details.until <= details.since:
        faults["until"] = [_("The last day is before the first.")]
    if details.hours and details.hours[0] == details.hours[1]:
        faults["hours_to"] = [_("From and to are the same time.")]
    wanted = set(details.categories)
    if Category.objects.filter(pk__in=wanted).count() != len(wanted):
        faults["categories"] = [_("Choose a category that is in use.")]
    return faults


def _columns(details: RuleDetails) -> Mapping[str, Any]:
    hours = details.hours or (None, None)
    return {
        "title": within(details.title, field="title", most=TITLE_SIGNS),
        "post_id": details.post_id,
        "categories": sorted(details.categories),
        "matters": sorted(details.matters),
        "channels": sorted(details.channels),
        "path": details.path,
        "polygon": details.polygon,
        "hours_from": hours[0],
        "hours_to": hours[1],
        "weekdays": sorted(details.weekdays),
        "answers": {key: sorted(values) for key, values in details.answers.items()},
        "since": details.since,
        "until": details.until,
        "layer": details.layer,
    }
