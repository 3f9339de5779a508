"""What a post had of open cases when it ended goes to somebody who can do it, and waits on her desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.errors import AlreadyAnswered, AlreadyOffered, CaseClosed, NotForThisPost
from linli.cases.queries import closed_posts as queries
from linli.cases.queries.left_parts import LeftPart, Such
from linli.cases.services import assigning
from linli.cases.types.moves import At, To
from linli.kernel.each import Broke, each_done
from linli.kernel.permits import Actor, open_to_all
from linli.orgs import queries as orgs

CHINESE = "zh-hans"


@open_to_all("run by its job alone, for posts whose end is on record")
def follow_closed_posts(*, actor: Actor, now: datetime) -> int:
    """Hand on what ended posts have of open cases; return how much. Safe to run twice.

    What nobody can be asked for lies open, as a case that nobody has taken. Raises Broke at the end.
    """

    today = localdate(now)
    able = cache(lambda such: queries.able_for(such, now))

    def hand_on(part: LeftPart) -> bool:
        posts = queries.who_goes_on(part, able(part.such), today)
        return _hand_on(part, posts, actor=actor, now=now)

    left = queries.left_behind(today)
    done, broken = each_done("cases.follow_closed_posts", left, hand_on)
    if broken:
        raise Broke(f"{len(broken)} parts of cases could not be handed on")
    return sum(done)


@open_to_all("called inside the closing of an organisation, whose service asked for the permit")
def hand_parts_on(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Offer what a body has of open cases to those of its successor who work on such; return how much."""
    held = orgs.held_posts_of(new_id, localdate(now))
    if not held:
        return 0

    @cache
    def posts_for(such: Such) -> list[tuple[int, int]]:
        able = queries.able_for(such, now)
        return [(new_id, post) for post in held if post in able]

    return sum(
        _hand_on(part, posts_for(part.such), actor=actor, now=now, is_kept=True)
        for part in queries.parts_with(old_id)
    )


def _hand_on(
    part: LeftPart, posts: Iterable[tuple[int, int]], *, actor: Actor, now: datetime,
    is_kept: bool = False,
) -> bool:  # fmt: skip
    """Take a part back and offer it to the first who may have it; `is_kept` if nobody may.

    A case that waits for nobody to handle it stays as it is: should it be opened again, it comes here.
    Of what was answered or taken back meanwhile nothing is left to hand on.
    """
    at = At(part.case_id)
    with translation.override(CHINESE):
        why = _("The post has ended. Somebody else is asked to go on with it.")
    try:
        with transaction.atomic():
            assigning.revoke(at, part.number, reason=why, actor=actor, now=now)
            if not _offered(part, posts, actor, now) and is_kept:
                raise CaseClosed()
    except (CaseClosed, AlreadyAnswered):
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
