"""Parts of open cases that lie with posts, all of them batch after batch: for what follows the end of a post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.cases.types.words import LIVE
from linli.kernel import sql

LEFT = """
SELECT a.case_id, a.number, a.role, a.post_id, p.organisation_id, c.path, c.kind, c.version, c.level
  FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
  JOIN orgs_post p ON p.id = a.post_id JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE c.is_open AND a.state = ANY(%(live)s) AND {which}
   AND (a.case_id, a.number) > (%(case)s, %(number)s)
 ORDER BY a.case_id, a.number LIMIT %(most)s
"""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Such:
    """What of a case decides who works on it: where it lies, its kind in a version, its level."""

    path: str
    kind: str
    version: int
    level: int


@dataclass(frozen=True, slots=True)
class LeftPart:
    """A part of a case that a post has: the case, its number there, the role, post and body."""

    case_id: int
    number: int
    role: str
    post_id: int
    org_id: int
    such: Such


def parts_of(name: str, statement: str, which: Mapping[str, Any]) -> Iterator[LeftPart]:
    """Yield what a statement made of LEFT finds.

    It reads on behind the last one: what stays where it is does not stand before the rest.
    """
    params = {"live": [str(one) for one in LIVE], "most": AT_ONCE, **which}
    case_id = number = 0
    while found := sql.tuples(name, statement, {**params, "case": case_id, "number": number}):
        yield from (_part(*row) for row in found)
        case_id, number = found[-1][:2]


def _part(case_id: int, number: int, role: str, post_id: int, org_id: int, *such: Any) -> LeftPart:
    return LeftPart(case_id, number, role, post_id, org_id, Such(*such))
