"""Staff hear what is new with their posts: offered, soon due, late; in one message, in office hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.cases.queries import news
from linli.cases.queries.ground import ground
from linli.cases.rules.rounds_of_news import stretch
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all
from linli.notify import queries as inbox
from linli.notify import services as notify
from linli.notify.types import About, Link, To

NEWS, LATE_HERE = "cases.news_of_post", "cases.late_here"


@open_to_all("the job that runs by the hour alone calls it")
@transaction.atomic
def tell_posts(*, actor: Actor, now: datetime) -> int:
    """Tell each post once what is new in the stretch of time that just ended; return how many messages.

    No words of a case go along, only how many; on days off nothing is told. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    span = stretch(now, ground().calendar)
    if span is None:
        return 0
    found = news.rung(*span)
    own: dict[int, Mapping[str, Any]] = {
        post: {"offered": one.offered, "soon": one.soon, "late": one.late}
        for post, one in news.news_of_posts(found, *span).items()
    }
    late: dict[int, Mapping[str, Any]] = {
        post: {"late": count} for post, count in news.late_for_supervisors(found, now).items()
    }
    told = _send(NEWS, "cases:list", own, since=span[1], actor=actor, now=now)
    return told + _send(LATE_HERE, "cases:board", late, since=span[1], actor=actor, now=now)


def _send(
    template: str,
    view: str,
    posts: Mapping[int, Mapping[str, Any]],
    *,
    since: datetime,
    actor: Actor,
    now: datetime,
) -> int:
    """Send a message to each post that had none of this stretch yet."""
    before = inbox.posts_told(template, since)
    messages = [
        (To(post_id=post, is_staff=True), told)
        for post, told in sorted(posts.items())
        if post not in before
    ]
    about = About(CITY_PATH, Link(view))
    notify.send_many(template, messages, actor=actor, now=now, about=about)
    return len(messages)
