"""Swaps of shifts: one asks, the other agrees or not; nothing changes without both."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid.errors import AlreadyThere, DayIsPast
from linli.grid.models import Team, WatchSeat, WatchSwap
from linli.grid.queries.watch import get_swap, posts_here
from linli.grid.states import SWAP, SwapState
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

OWN = "only the posts that change their shifts ask and answer"


@open_to_all(OWN)
@transaction.atomic
def ask_swap(
    seat: WatchSeat, to_post: int, *, back: WatchSeat | None = None, actor: Actor, now: datetime
) -> WatchSwap:
    """Ask another post to take a shift of one's own, in exchange for one of its or for nothing.

    Refuses with NotFound for another's shift, DayIsPast, AlreadyThere, Invalid.
    """
    team = Team.objects.select_for_update().get(pk=seat.team_id)
    if seat.post_id not in actor.posts:
        raise NotFound(id=seat.pk)
    if seat.on < localdate(now):
        raise DayIsPast()
    known = posts_here(actor, team.path, [to_post])
    faults: dict[str, list[str]] = {}
    if not known or to_post == seat.post_id:
        faults["to_post"] = [_("Choose another post of this place.")]
    if back is not None and (back.team_id, back.post_id) != (seat.team_id, to_post):
        faults["back"] = [_("This shift is not one of the post that you ask.")]
    elif back is not None and back.on < localdate(now):
        faults["back"] = [_("This day is past.")]
    if faults:
        raise Invalid(faults)
    if WatchSwap.objects.filter(seat=seat, state=SwapState.ASKED).exists():
        raise AlreadyThere()
    swap = WatchSwap.objects.create(seat=seat, to_post_id=to_post, back=back, asked_at=now)
    record("grid.swap_asked", on=swap, actor=actor, now=now, place=team.path, post_id=to_post)
    return swap


@open_to_all(OWN)
@transaction.atomic
def answer_swap(swap: WatchSwap, move: str, *, actor: Actor, now: datetime) -> WatchSwap:
    """Agree, refuse, or withdraw; agreed, the shifts change hands.

    Refuses with NotFound, WrongState, DayIsPast, AlreadyThere, Invalid.
    """
    get_swap(actor, swap.pk)
    team = Team.objects.select_for_update().get(pk=swap.seat.team_id)
    swap = WatchSwap.objects.select_for_update(of=("self",)).select_related("seat", "back").get(
        pk=swap.pk
    )  # fmt: skip
    if move not in SWAP.moves:
        raise Invalid({"move": [_("Choose what to do.")]})
    state = SWAP.after(swap.state, move)
    asked = swap.seat.post_id if move == "withdraw" else swap.to_post_id
    if asked not in actor.posts:
        raise NotFound(id=swap.pk)
    if move == "agree":
        _change(swap, now)
    swap.state = state
    swap.save(update_fields=["state"])
    record("grid.swap_answered", on=swap, actor=actor, now=now, place=team.path, move=move)
    return swap


def _change(swap: WatchSwap, now: datetime) -> None:
    """Give the shift to the other post, and hers to the first if they exchange."""
    seat, back = swap.seat, swap.back
    days = [seat.on, *([back.on] if back else [])]
    if min(days) < localdate(now):
        raise DayIsPast()
    first, second = seat.post_id, swap.to_post_id
    if back is not None and back.post_id != second:
        raise Invalid({"back": [_("This shift is not one of the post that you ask.")]})
    try:
        with transaction.atomic():
            WatchSeat.objects.filter(pk=seat.pk).update(post_id=second)
            if back is not None:
                WatchSeat.objects.filter(pk=back.pk).update(post_id=first)
    except IntegrityError as both:
        raise AlreadyThere() from both
