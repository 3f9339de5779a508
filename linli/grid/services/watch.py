"""Duty rosters: filled, changed; what a shift leaves to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.errors import AlreadyThere, DayIsPast
from linli.grid.models import Team, WatchNote, WatchSeat
from linli.grid.queries.watch import posts_here, taken
from linli.grid.rules import watch as rules
from linli.grid.rules.endings import refuse_over
from linli.grid.types import Shift
from linli.grid.types.watch import Part, Seat, ShiftOn
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.rulebook import queries as rulebook
from linli.trail.services import record

MOST_SIGNS = 1000
# a roster is made for the months that people can plan
FARTHEST = timedelta(days=370)


@transaction.atomic
def put_on_duty(team: Team, seat: Seat, *, actor: Actor, now: datetime) -> WatchSeat:
    """Put a post on duty in a shift. Refuses with NotAllowed, Over, DayIsPast, AlreadyThere, Invalid."""
    team = _held(team, actor)
    _check(team, seat, actor=actor, today=localdate(now))
    same = WatchSeat.objects.filter(
        team=team, on=seat.on, shift=seat.shift, post_id=seat.post_id
    )  # fmt: skip
    if same.exists():
        raise AlreadyThere()
    made = WatchSeat.objects.create(
        team=team, on=seat.on, shift=seat.shift, post_id=seat.post_id, part=seat.part
    )
    record("grid.seat_filled", on=made, actor=actor, now=now, place=team.path, post_id=seat.post_id)
    return made


@transaction.atomic
def take_off_duty(seat: WatchSeat, *, actor: Actor, now: datetime) -> None:
    """Take a post off duty again. Refuses with NotAllowed, Over, DayIsPast."""
    team = _held(seat.team, actor)
    if seat.on < localdate(now):
        raise DayIsPast()
    record("grid.seat_emptied", on=seat, actor=actor, now=now, place=team.path,
           post_id=seat.post_id)  # fmt: skip
    WatchSeat.objects.filter(pk=seat.pk).delete()


@transaction.atomic
def fill_roster(
    team: Team, month: date, posts: Sequence[int], *, actor: Actor, now: datetime
) -> int:
    """Fill the open shifts of a month from today on, posts in turn; return how many seats.

    Refuses with NotAllowed, Over, DayIsPast, Invalid.
    """
    team = _held(team, actor)
    today = localdate(now)
    span = [day for day in rules.days_of_month(month) if today <= day <= today + FARTHEST]
    if not span:
        raise DayIsPast()
    order = list(dict.fromkeys(posts))
    if not order or set(order) != posts_here(actor, team.path, order):
        raise Invalid({"posts": [_("Choose posts of this place.")]})
    wanted = rules.needed(team.days, team.shifts, span, rulebook.calendar().is_work)
    made = rules.rotation(wanted, order, taken(team, span[0], span[-1]), team.seats)
    WatchSeat.objects.bulk_create(
        WatchSeat(team=team, on=one.on, shift=one.shift, post_id=one.post_id, part=one.part)
        for one in made
    )
    record("grid.roster_filled", on=team, actor=actor, now=now, place=team.path, seats=len(made))
    return len(made)


@open_to_all("whoever is on duty in the shift writes, or who keeps the roster")
@transaction.atomic
def write_note(
    team: Team, at: ShiftOn, text: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> WatchNote:
    """Write what a shift leaves to the next. Refuses with NotAllowed, Stale, Invalid."""
    hold("grid.note", team.pk, at.on, at.shift)
    seats = WatchSeat.objects.filter(team=team, on=at.on, shift=at.shift)
    is_own = seats.filter(post_id__in=actor.posts).exists()
    if not is_own and not actor.may(permits.KEEP, at=team.path):
        raise NotAllowed(permit=permits.KEEP.name, at=team.path)
    words = clean_text(text).strip()
    if not words or len(words) > MOST_SIGNS:
        raise Invalid({"text": [_("Write in a few words what the next shift must know.")]})
    if not localdate(now) - timedelta(days=2) <= at.on <= localdate(now):
        raise Invalid(
            {"on": [_("A hand-over is written on the day of the shift or the two after.")]}
        )
    note = WatchNote.objects.filter(team=team, on=at.on, shift=at.shift).first()
    if note is None:
        note = WatchNote(team=team, on=at.on, shift=at.shift, edition=0)
    elif edition is not None and note.edition != edition:
        raise Stale()
    note.text, note.edition = words, note.edition + 1
    note.save()
    record("grid.note_written", on=note, actor=actor, now=now, place=team.path)
    return note


def _held(team: Team, actor: Actor) -> Team:
    team = Team.objects.select_for_update().get(pk=team.pk)
    require(actor, permits.KEEP, at=team.path)
    refuse_over(team)
    return team


def _check(team: Team, seat: Seat, *, actor: Actor, today: date) -> None:
    if seat.on < today:
        raise DayIsPast()
    faults: dict[str, list[str]] = {}
    if seat.on > today + FARTHEST:
        faults["on"] = [_("This day is too far away to plan.")]
    if seat.shift not in {str(one) for one in Shift}:
        faults["shift"] = [_("Choose a shift.")]
    if seat.part not in {str(one) for one in Part}:
        faults["part"] = [_("Choose what the post does in the shift.")]
    if not posts_here(actor, team.path, [seat.post_id]):
        faults["post_id"] = [_("Choose posts of this place.")]
    if faults:
        raise Invalid(faults)
