"""Words and photos that nobody read in time: the place above is told once, and may decide itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.access.queries.hearing import nearest_that_hear
from linli.cases import permits
from linli.cases.models import Case
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.receivers import governed_path
from linli.cases.rules.clocks import local_day
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import nearest_first
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To

LATE_WORDS = "cases.late_words"


@open_to_all("the job that follows the clock alone calls it")
@transaction.atomic
def tell_late_words(case_id: int, *, actor: Actor, now: datetime) -> int:
    """Tell the nearest place above with a post that may decide; return how many posts were told.

    Whom it is about is not told, then the place above that one is; nobody is of what was decided
    meanwhile. No words of it go along. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    case = Case.objects.filter(pk=case_id, waits_for_release=True).first()
    if case is None:
        return 0
    posts = _posts_above(case, now)
    told = [(To(post_id=post, is_staff=True), {"number": case.number}) for post in posts]
    about = About(case.path, Link("cases:release_case", (case.number,)))
    notify.send_many(LATE_WORDS, told, actor=actor, now=now, about=about)
    return len(posts)


def _posts_above(case: Case, now: datetime) -> list[int]:
    above = nearest_first(governed_path(case.path))[1:2]
    if not above:
        return []
    away = kept_from(vars(case), local_day(now))
    return nearest_that_hear(permits.RELEASE, above[0], now=now, but=away)
