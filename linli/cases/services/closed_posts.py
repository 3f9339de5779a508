"""What a post had of open cases when it ended goes to somebody who can do it, and waits on her desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.errors import AlreadyOffered, CaseClosed, NotForThisPost
from linli.cases.queries import closed_posts as queries
from linli.cases.queries.closed_posts import LeftPart
from linli.cases.services import assigning
from linli.cases.types.moves import At, To
from linli.kernel.permits import Actor, open_to_all
from linli.orgs import queries as orgs

CHINESE = "zh-hans"


@open_to_all("run by its job alone, for posts whose end is on record")
def follow_closed_posts(*, actor: Actor, now: datetime) -> int:
    """Hand on what ended posts have of open cases; return how much. Safe to run twice.

    What nobody can be asked for lies open, as a case that nobody has taken.
    """
    today = localdate(now)
    return sum(
        _hand_on(part, queries.who_goes_on(part, today), actor=actor, now=now)
        for part in queries.left_behind(today)
    )


@open_to_all("called inside the closing of an organisation, whose service asked for the permit")
def hand_parts_on(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Offer everything that a body has of open cases to its successor; return how much."""
    posts = [(new_id, post) for post in orgs.held_posts_of(new_id, localdate(now))]
    if not posts:
        return 0
    return sum(
        _hand_on(part, posts, actor=actor, now=now, is_kept=True)
        for part in queries.parts_with(old_id)
    )


def _hand_on(
    part: LeftPart, posts: Iterable[tuple[int, int]], *, actor: Actor, now: datetime,
    is_kept: bool = False,
) -> bool:  # fmt: skip
    """Take a part back and offer it to the first who may have it; `is_kept` if nobody may.

    A case that waits for nobody to handle it stays as it is: should it be opened again, it comes here.
    """
    at = At(part.case_id)
    with translation.override(CHINESE):
        why = _("The post has ended. Somebody else is asked to go on with it.")
    try:
        with transaction.atomic():
            assigning.revoke(at, part.number, reason=why, actor=actor, now=now)
            if not _offered(part, posts, actor, now) and is_kept:
                raise CaseClosed()
    except CaseClosed:
        return False
    return True


def _offered(part: LeftPart, posts: Iterable[tuple[int, int]], actor: Actor, now: datetime) -> bool:
    for org_id, post_id in posts:
        if post_id == part.post_id:
            continue
        try:
            with transaction.atomic():
                to = To(part.role, org_id, post_id)
                assigning.offer(At(part.case_id), to, actor=actor, now=now)
        except (AlreadyOffered, NotForThisPost):
            continue
        return True
    return False
