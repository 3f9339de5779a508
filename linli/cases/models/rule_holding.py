"""Sets of rules locked for a change: one editor at a time, and the second is told."""

from __future__ import annotations

from linli.cases import permits
from linli.cases.errors import NotADraft
from linli.cases.models.routing import RuleSet
from linli.cases.types.routing import SetState
from linli.kernel import locks
from linli.kernel.errors import NotFound, Stale
from linli.kernel.permits import Actor


def hold_set(set_id: int, edition: int, actor: Actor) -> RuleSet:
    """Lock a set as the actor saw it; she keeps the rules of its place. Refuses with NotFound, Stale."""
    path = RuleSet.objects.filter(pk=set_id).values_list("path", flat=True).first()
    if path is None or not actor.may(permits.KEEP_RULES, at=path):
        raise NotFound()
    # the place first and then its sets, in this order everywhere
    locks.hold("cases.rules", path)
    found = RuleSet.objects.select_for_update().filter(pk=set_id).first()
    if found is None:
        raise NotFound()
    if found.edition != edition:
        raise Stale()
    return found


def hold_draft(set_id: int, edition: int, actor: Actor) -> RuleSet:
    """Lock a set that may be changed. Refuses with NotFound, Stale, NotADraft."""
    held = hold_set(set_id, edition, actor)
    if held.state != SetState.DRAFT:
        raise NotADraft()
    return held


def touch(rule_set: RuleSet) -> None:
    """Count a change, so that the second of two editors is told."""
    rule_set.edition += 1
    rule_set.save(update_fields=["title", "state", "since", "until", "note", "edition"])
