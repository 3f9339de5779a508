"""Which office answers after one has ended, and what was left with posts of bodies that ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from linli.cases.types import AssignmentState
from linli.kernel import sql
from linli.offerings.models import Item
from linli.offerings.types.applications import KIND
from linli.orgs import queries as orgs

MOST_COUNTED = 1000
LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.DISPUTED)
LEFT = """
SELECT a.case_id, a.number, a.role, a.post_id, p.organisation_id
  FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
  JOIN orgs_post p ON p.id = a.post_id JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE c.kind = %(kind)s AND c.is_open AND a.state = ANY(%(live)s) AND {which}
 ORDER BY a.case_id, a.number LIMIT %(most)s
"""
LEFT_BEHIND = LEFT.format(which="o.closed_on <= %(on)s")
WITH_BODY = LEFT.format(which="o.id = %(body)s")


@dataclass(frozen=True, slots=True)
class LeftPart:
    """A part of a case that a post has: the case, its number there, the role, post and body."""

    case_id: int
    number: int
    role: str
    post_id: int
    org_id: int


def left_behind(on: date, *, most: int) -> list[LeftPart]:
    """Return parts of open applications that lie with posts of bodies that ended."""
    params = {"kind": KIND, "live": [str(one) for one in LIVE], "on": on, "most": most}
    return [LeftPart(*row) for row in sql.tuples("offerings.left_behind", LEFT_BEHIND, params)]


def parts_with(org_id: int, *, most: int) -> list[LeftPart]:
    """Return parts of open applications that lie with posts of a body."""
    params = {"kind": KIND, "live": [str(one) for one in LIVE], "body": org_id, "most": most}
    return [LeftPart(*row) for row in sql.tuples("offerings.parts_with", WITH_BODY, params)]


def parts_of_body(org_id: int) -> int:
    """Return how many parts of open applications lie with a body."""
    return len(parts_with(org_id, most=MOST_COUNTED))


def items_of_body(org_id: int) -> int:
    """Return for how many items a body answers."""
    return Item.objects.filter(owner_id=org_id).count()


def office_after(org_id: int, on: date) -> int | None:
    """Return the body that does the work of another on a day: itself, or what took over; None without one."""
    bearer = orgs.bearer_of(org_id, on)
    return bearer if orgs.is_open(bearer, on) else None


def body_if_ended(post_id: int, on: date) -> int | None:
    """Return the body of a post if it has ended, else None."""
    return orgs.posts_of_ended([post_id], on).get(post_id)


def post_after(org_id: int, on: date, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (body, post) of who goes on with the work of a body that ended, without posts in `taken`."""
    body = office_after(org_id, on)
    if body is None or body == org_id:
        return None
    return post_in(body, on, taken)


def post_in(body: int, on: date, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (body, post) of the first post of a body that somebody holds and that is not `taken`."""
    post = next((one for one in orgs.held_posts_of(body, on) if one not in taken), None)
    return (body, post) if post is not None else None
