"""Who opened what lies under seal of a case, as its reporter may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.cases.queries.telling import post_names
from linli.trail.queries.readings import readings_on


@dataclass(frozen=True, slots=True)
class SealOpened:
    """One opening: by which post, when, with which reason; `post` is "" for whoever acted without one."""

    at: datetime
    post: str
    reason: str


def openings_of(case_id: int) -> list[SealOpened]:
    """Return the latest openings of a reporter's contact and answers, newest first; two queries at most."""
    found = readings_on("cases.case", case_id)
    posts = post_names(one.post_id for one in found)
    return [
        SealOpened(one.at, posts.get(one.post_id or 0, ""), str(one.details.get("reason", "")))
        for one in found
    ]
