"""Test cases of a draft: where a made-up case must go before the rules may be put in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.models import RoutingTest, RuleSet
from linli.cases.models.rule_holding import hold_draft
from linli.cases.queries.posts import layer_faults, post_to_route
from linli.cases.services.rules import note_change
from linli.cases.types.keeping import TestDetails
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, require

MOST_TESTS = 500


@transaction.atomic
def save_test(
    set_id: int,
    details: TestDetails,
    *,
    test_id: int | None = None,
    edition: int,
    actor: Actor,
    now: datetime,
) -> RoutingTest:
    """Add a test case to a draft, or change one. Refuses with NotFound, Stale, NotADraft."""
    held = _draft(set_id, edition, actor)
    test = RoutingTest(rule_set=held)
    if test_id is not None:
        test = _test(held, test_id)
    elif held.tests.count() >= MOST_TESTS:
        raise Invalid(
            {"title": [_("A set holds at most %(most)s test cases.") % {"most": MOST_TESTS}]}
        )
    faults: dict[str, list[str]] = {}
    if not details.title.strip():
        faults["title"] = [_("This is needed here.")]
    if not details.path.startswith(held.path):
        faults["place"] = [_("Choose a place that these rules are for.")]
    if details.post_id is not None and post_to_route(actor, details.post_id) is None:
        faults["post_id"] = [_("Choose a post of a public body.")]
    if details.layer:
        faults |= layer_faults(details.layer, details.post_id)
    if faults:
        raise Invalid(faults)
    for name, value in _test_columns(details).items():
        setattr(test, name, value)
    test.save()
    note_change("cases.rule_test_saved", held, actor, now, test=test.pk)
    return test


@transaction.atomic
def drop_test(set_id: int, test_id: int, *, edition: int, actor: Actor, now: datetime) -> None:
    """Take a test case out of a draft. Refuses with NotFound, Stale, NotADraft."""
    held = _draft(set_id, edition, actor)
    _test(held, test_id).delete()
    note_change("cases.rule_test_dropped", held, actor, now, test=test_id)


def _draft(set_id: int, edition: int, actor: Actor) -> RuleSet:
    held = hold_draft(set_id, edition, actor)
    require(actor, permits.KEEP_RULES, at=held.path)
    return held


def _test(held: RuleSet, test_id: int) -> RoutingTest:
    found = RoutingTest.objects.filter(rule_set=held, pk=test_id).first()
    if found is None:
        raise NotFound()
    return found


def _test_columns(details: TestDetails) -> Mapping[str, Any]:
    lon, lat = details.point or (None, None)
    return {
        "title": details.title.strip()[:80],
        "at": details.at,
        "path": details.path,
        "category_id": details.category_id,
        "matter": details.matter,
        "channel": details.channel,
        "lon": lon,
        "lat": lat,
        "answers": dict(details.answers),
        "post_id": details.post_id,
        "layer": details.layer,
    }
