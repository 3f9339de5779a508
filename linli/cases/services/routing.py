"""A case is sent to a post by the rules in force, and sent anew only if what they looked at changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.cases.engine.deciding import hand_of
from linli.cases.engine.handing import handing
from linli.cases.engine.stepping import NextStep, as_step
from linli.cases.events import CaseRouted
from linli.cases.models.holding import read_cases
from linli.cases.queries.duties import informed_posts
from linli.cases.queries.in_cells import in_cells
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.routing import (
    Ahead,
    destinations,
    informed_before,
    last_route,
    rule_by_id,
)
from linli.cases.rules import assigning
from linli.cases.rules.clocks import local_day
from linli.cases.rules.routes import asked_of, coded, fact_of, is_changed
from linli.cases.services.assigning import hand_over
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Held, To, Wish
from linli.cases.types.routing import Asked, Routed
from linli.cases.types.words import AssignmentRole
from linli.kernel.errors import NotFound
from linli.kernel.events import publish
from linli.kernel.paths import nearest_first
from linli.kernel.permits import STAFF, Actor, open_to_all, system_actor
from linli.kernel.quick import changed

ROUTER = system_actor("cases.route")
BY_CAUSE = (
    "whoever opened or changed the case was asked for the permit; nobody chooses where it goes"
)


@open_to_all(BY_CAUSE)
def send(
    case_id: int, *, answers: Mapping[str, str] | None = None, actor: Actor, now: datetime
) -> Routed | None:
    """Offer the lead of a case to the post that the rules in force name, in the running transaction.

    No rule: the list of responsibilities, then the office of the place. Returns None where nobody
    holds any post, up to the city; then the case waits in the list of its place.
    Refuses with NotFound, AlreadyOffered.
    """
    held, known = _held(case_id), coded(answers)
    routed = _destination(asked_of(held.standing, known, now), held, now)
    if routed is not None:
        _offer(held, routed, known, now)
    return routed


@open_to_all(BY_CAUSE)
def first_offer(
    held: Held, kind: CaseKind, *,
    answers: Mapping[str, str], ahead: Ahead | None = None, actor: Actor, now: datetime,
) -> NextStep | None:  # fmt: skip
    """Return the step by which `send` offers a case that is being opened, to be written with it."""
    known = coded(answers)
    routed = _destination(asked_of(held.standing, known, now), held, now, ahead)
    if routed is None:
        return None
    told = _to_know(held, routed, now)
    build = handing(_lead(routed), facts=_facts(routed, known, told), actor=actor, now=now)
    given, hand = build(held, kind), hand_of(actor, held.path)
    written = as_step(held, kind, Wish(held.id, "offer"), given, hand, now)
    return NextStep(written, actor, CaseRouted(held.id, routed.post_id, tuple(told)))


@open_to_all(BY_CAUSE)
def reroute(
    case_id: int, *, answers: Mapping[str, str] | None = None, actor: Actor, now: datetime
) -> Routed | None:
    """Send a case anew if an input of what sent it has changed; return where, or None if it stays.

    What was offered and not answered is taken back; who has accepted keeps case and clock until
    the other accepts. A new set of rules alone moves no case, and what a person has handed to
    another post since is her decision. Refuses with NotFound.
    """
    held, kept = _held(case_id), last_route(case_id)
    lead = assigning.live(held.standing, AssignmentRole.LEAD)
    if kept is None or (lead is not None and lead.post_id != kept["post"]):
        return None
    known = coded(answers if answers is not None else kept.get("answers"))
    asked = asked_of(held.standing, known, now)
    rule = rule_by_id(kept["rule"]) if "rule" in kept else None
    if rule is not None and rule.layer:
        asked = in_cells([asked], {rule.layer}, local_day(now))[0]
    if not is_changed(kept["inputs"], rule, asked):
        return None
    routed = _destination(asked, held, now)
    if routed is None or (lead is not None and lead.post_id == routed.post_id):
        return None
    _offer(held, routed, known, now)
    return routed


def _held(case_id: int) -> Held:
    held = read_cases([case_id]).get(case_id)
    if held is None:
        raise NotFound()
    return held


def _destination(
    asked: Asked, held: Held, now: datetime, ahead: Ahead | None = None
) -> Routed | None:
    """A case about a post goes to whoever has such cases at the place above, never to that post.

    Nor does it go to another post of the same holder.
    """
    away = kept_from(held.standing.columns, local_day(now))
    for path in nearest_first(asked.path):
        known = ahead if ahead is not None and ahead.path == path else None
        routed = destinations([changed(asked, path=path)], local_day(now), ahead=known)[0]
        if routed is None or routed.post_id not in away:
            return routed
    return None


def _offer(held: Held, routed: Routed, answers: Mapping[str, str], now: datetime) -> None:
    told = _to_know(held, routed, now)
    new = sorted(set(told) - set(informed_before(held.id))) if told else []
    facts = _facts(routed, answers, told)
    hand_over(At(held.id, held.standing.seq), _lead(routed), facts=facts, actor=ROUTER, now=now)
    publish(CaseRouted(held.id, routed.post_id, tuple(new)))


def _lead(routed: Routed) -> To:
    return To(AssignmentRole.LEAD, routed.org_id, routed.post_id, routed.rule_id)


def _facts(routed: Routed, answers: Mapping[str, str], told: list[int]) -> dict[str, Any]:
    fact = fact_of(routed, answers)
    return {"route": {**fact, "informed": told} if told else fact}


def _to_know(held: Held, routed: Routed, now: datetime) -> list[int]:
    """Return the posts of the list that are to know: none that it is about, and none of what is not for all staff."""
    if held.level > STAFF:
        return []
    columns = held.standing.columns
    posts = informed_posts(columns.get("category_id"), held.path, local_day(now))
    kept_out = {routed.post_id, *kept_from(columns, local_day(now))}
    return [post for post in posts if post not in kept_out]
