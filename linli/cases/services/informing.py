"""Posts that the list of responsibilities names to know of a case get a message; they need not act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.cases.models import Case
from linli.cases.queries.keeping_away import kept_from
from linli.cases.rules.clocks import local_day
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To

INFORMED = "cases.informed"


@open_to_all(
    "a job that follows the routing of a case; the list of responsibilities names the posts"
)
@transaction.atomic
def tell_informed(case_id: int, posts: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Tell posts that a case came which they are to know of; return how many. No words of it.

    Whom it turned out to be about meanwhile is not told.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return 0
    about = About(case.path, Link("cases:sheet", (case.number,)))
    away = kept_from(vars(case), local_day(now))
    told = [post for post in posts if post not in away]
    for post_id in told:
        notify.send(
            INFORMED, To(post_id=post_id, is_staff=True), {"number": case.number},
            actor=actor, now=now, about=about,
        )  # fmt: skip
    return len(told)
