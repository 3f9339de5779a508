"""Who speaks for the office that gave a case: its post, and whoever may step in for that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from linli.cases.models import Assignment
from linli.cases.rules.assigning import askers
from linli.cases.types.moves import Held
from linli.cases.types.words import AssignmentRole
from linli.kernel.permits import Actor, Permit
from linli.orgs import queries as orgs

# the posts that gave a case, and where it lies
Given = tuple[frozenset[int], str]


def speaks_for_giver(actor: Actor, permit: Permit | None, held: Held, on: date) -> bool:
    """Say whether the actor's post gave a held case, or holds the permit where one steps in for it."""
    posts = askers(held.standing)
    if actor.is_system or actor.posts & posts:
        return True
    given = (posts, held.path)
    places = steps_in_at([given], on)[given]
    return permit is not None and any(actor.may(permit, at=p, level=held.level) for p in places)


def steps_in_at(given: Collection[Given], on: date) -> dict[Given, frozenset[str]]:
    """Return the places where one steps in for the posts that gave a case at a path; three queries.

    What the city gave to a village is no matter of the town between them: it is the giver's own
    place, if that lies above. The place above the case steps in for what was given at its own place,
    by nobody known, or by a post that nobody holds any more.
    """
    posts = {post for givers, _path in given for post in givers}
    paths, held = orgs.paths_of_posts(posts), orgs.posts_acted_for(posts, on)
    return {one: _steps_in(*one, paths, held) for one in given}


def _steps_in(
    givers: frozenset[int], path: str, paths: Mapping[int, str], held: frozenset[int]
) -> frozenset[str]:
    own = {paths[post] for post in givers if post in paths}
    higher = frozenset(place for place in own if place != path and path.startswith(place))
    above = _above(path)
    return higher if not above or (higher and givers & held) else higher | {above}


def givers_of(case_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return the posts that gave the lead of each of the cases; one query."""
    found: dict[int, set[int]] = {}
    rows = Assignment.objects.filter(
        case_id__in=case_ids, role=AssignmentRole.LEAD, from_post_id__isnull=False
    )
    for case_id, post_id in rows.values_list("case_id", "from_post_id"):
        found.setdefault(case_id, set()).add(post_id or 0)
    return {case_id: frozenset(posts) for case_id, posts in found.items()}


def _above(path: str) -> str:
    above = path.rstrip("/").rpartition("/")[0]
    return f"{above}/" if above else ""
