"""What becomes of cells and shifts of a post once it is closed: it looks after none any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from linli.grid.queries.closed_posts import lasting_duties, lasting_seats
from linli.grid.services.duties import end_duty
from linli.grid.services.watch import take_off_duty
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all


@open_to_all("the job that follows the end of posts alone calls it")
def follow(post_ids: Sequence[int], on: date, *, actor: Actor, now: datetime) -> int:
    """Relieve posts of their cells from the day on which they end, and of shifts after it; return how many.

    The cells count as looked after by nobody then, unless another post has them too: whoever keeps the
    grid names one. Begun again the job goes on. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    from_day = max(on, localdate(now))
    duties = list(lasting_duties(post_ids, from_day))
    for duty in duties:
        end_duty(duty, on=max(on, duty.since), actor=actor, now=now)
    taken = list(lasting_seats(post_ids, from_day).select_related("team"))
    for seat in taken:
        take_off_duty(seat, actor=actor, now=now)
    return len(duties) + len(taken)
