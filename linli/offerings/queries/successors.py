"""Which office answers after one has ended, and what was left with posts of bodies that ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.cases.types import AssignmentState
from linli.kernel import sql
from linli.offerings.models import Item
from linli.offerings.types.applications import KIND
from linli.orgs import queries as orgs

LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.DISPUTED)
LEFT = """
SELECT a.case_id, a.number, a.role, a.post_id, p.organisation_id
  FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
  JOIN orgs_post p ON p.id = a.post_id JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE c.kind = %(kind)s AND c.is_open AND a.state = ANY(%(live)s) AND {which}
   AND (a.case_id, a.number) > (%(case)s, %(number)s)
 ORDER BY a.case_id, a.number LIMIT %(most)s
"""
LEFT_BEHIND = LEFT.format(which="(o.closed_on <= %(on)s OR p.closed_on <= %(on)s)")
WITH_POST = LEFT.format(which="p.id = %(post)s")
WITH_BODY = LEFT.format(which="o.id = %(body)s")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LeftPart:
    """A part of a case that a post has: the case, its number there, the role, post and body."""

    case_id: int
    number: int
    role: str
    post_id: int
    org_id: int


def left_behind(on: date) -> Iterator[LeftPart]:
    """Yield parts of open applications that lie with posts that ended, alone or with their body."""
    return _all("offerings.left_behind", LEFT_BEHIND, {"on": on})


def parts_with(org_id: int) -> Iterator[LeftPart]:
    """Yield parts of open applications that lie with posts of a body."""
    return _all("offerings.parts_with", WITH_BODY, {"body": org_id})


def _all(name: str, statement: str, which: dict[str, Any]) -> Iterator[LeftPart]:
    """Read on behind the last one: what stays where it is does not stand before the rest."""
    params = {"kind": KIND, "live": [str(one) for one in LIVE], "most": AT_ONCE, **which}
    case_id = number = 0
    while found := sql.tuples(name, statement, {**params, "case": case_id, "number": number}):
        yield from (LeftPart(*row) for row in found)
        case_id, number = found[-1][:2]


def parts_of_body(org_id: int) -> int:
    """Return how many parts of open applications lie with a body."""
    return sum(1 for _part in parts_with(org_id))


def parts_of_post(post_id: int) -> int:
    """Return how many parts of open applications lie with a post."""
    return sum(1 for _part in _all("offerings.parts_of_post", WITH_POST, {"post": post_id}))


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
    """Return (body, post) of who goes on with the work of a body that ended, without posts in `taken`.

    What only a post had that ended another of its body goes on with.
    """
    body = office_after(org_id, on)
    return post_in(body, on, taken) if body is not None else None


def post_in(body: int, on: date, taken: Collection[int]) -> tuple[int, int] | None:
    """Return (body, post) of the first post of a body that somebody holds and that is not `taken`."""
    post = next((one for one in orgs.held_posts_of(body, on) if one not in taken), None)
    return (body, post) if post is not None else None
