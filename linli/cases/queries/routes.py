"""How a case came to its post: by which rule, list or office, and who is to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from linli.cases import permits
from linli.cases.models import PublicWords, RoutingRule
from linli.cases.queries.duties import informed_posts
from linli.cases.queries.posts import post_names
from linli.cases.queries.routing import last_route
from linli.cases.queries.routing_words import BY_WORDS
from linli.cases.queries.suggesting import suggest
from linli.cases.types.routing import By
from linli.cases.types.suggesting import Suggested
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True)
class Sent:
    """What sent a case, in words; `meant` is a vacant post that it was meant for, `cell` where it lies."""

    by: Any
    rule: str
    set_id: int | None
    post: str
    meant: str
    cell: str = ""


def routing_section(actor: Actor, case: Any) -> dict[str, Any] | None:
    """Return what the sheet of a case shows of its routing, or None where there is nothing."""
    sent = sent_by(case.pk)
    informed = informed_posts(case.category_id, case.path, localdate())
    names = post_names(informed)
    may = case.is_open and actor.may(permits.DISPATCH, at=case.path, level=case.level)
    if sent is None and not informed and not may:
        return None
    return {
        "sent": sent,
        "informed": [names[post] for post in informed if post in names],
        "may_put_right": may,
        "keeps_rules": actor.may(permits.KEEP_RULES, at=case.path),
    }


def sent_by(case_id: int) -> Sent | None:
    """Return what the last routing of a case was made by, or None if it was never routed."""
    kept = last_route(case_id)
    if kept is None:
        return None
    rule = RoutingRule.objects.filter(pk=kept.get("rule", 0)).select_related("rule_set").first()
    names = post_names([kept["post"], kept.get("meant")])
    return Sent(
        by=BY_WORDS[By(kept["by"])],
        rule=rule.title if rule else "",
        set_id=rule.rule_set_id if rule else None,
        post=names.get(kept["post"], ""),
        meant=names.get(kept.get("meant", 0), ""),
        cell=(kept["inputs"].get("cell") or "").partition(" ")[2],
    )


def suggested_for(case: Any) -> Suggested:
    """Return what the reporter's own words point to; the caller has found that the case may be seen."""
    rows = PublicWords.objects.filter(case_id=case.pk, is_by_reporter=True).order_by("event_id")
    said = list(rows.values_list("said", flat=True)[:20])
    text = " ".join(str(one.get("text", "")) for one in said if isinstance(one, dict))
    return suggest(f"{case.title} {text}", case.path)
