"""Teams and rosters as an actor may see them, with the shifts that nobody fills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from linli.grid import permits
from linli.grid.models import Team, WatchNote, WatchSeat, WatchSwap
from linli.grid.rules import watch as rules
from linli.grid.states import SwapState
from linli.grid.types.watch import Seat, ShiftOn
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.orgs import queries as orgs
from linli.orgs.types import HoldingView
from linli.rulebook import queries as rulebook
from linli.ui.jinja import named

SEEN_WITH = (permits.SEE, permits.KEEP, permits.WORK)
# how far ahead one's own shifts are shown, and how long a calendar file reaches back
AHEAD, BACK = timedelta(days=60), timedelta(days=30)


def visible_teams(actor: Actor) -> QuerySet[Team]:
    """Teams of villages whose cells the actor sees."""
    return Team.objects.filter(in_reach(actor, *SEEN_WITH))


def teams_of(actor: Actor, path: str) -> QuerySet[Team]:
    """Return the teams of a village that are not dissolved, by name."""
    return visible_teams(actor).filter(path=path, ended_on__isnull=True).order_by("name", "pk")


def get_team(actor: Actor, team_id: int) -> Team:
    """Return one team. Refuses with NotFound."""
    found = visible_teams(actor).filter(pk=team_id).first()
    if found is None:
        raise NotFound(id=team_id)
    return found


@dataclass(slots=True)
class SeatView:
    """A seat with its post and who works in it on the day; `is_mine` for whoever looks."""

    seat: WatchSeat
    post: str
    holders: Sequence[HoldingView]
    is_mine: bool = False


@dataclass(slots=True)
class ShiftView:
    """A shift of a day: its seats, its note, whether it lacks somebody, whether it is a day of rest."""

    at: ShiftOn
    seats: list[SeatView] = field(default_factory=list)
    note: str = ""
    is_gap: bool = False
    is_rest: bool = False


def roster(team: Team, span: Sequence[date], actor: Actor) -> list[ShiftView]:
    """Return the shifts of some days, those needed and those filled besides; four queries."""
    is_work = rulebook.calendar().is_work
    wanted = rules.needed(team.days, team.shifts, span, is_work)
    seats = seats_between(team, span[0], span[-1])
    notes = WatchNote.objects.filter(team=team, on__range=(span[0], span[-1]))
    told = {ShiftOn(note.on, note.shift): note.text for note in notes}
    views: dict[ShiftOn, ShiftView] = {one: ShiftView(one) for one in wanted}
    held = _held({seat.post_id for seat in seats}, span[0])
    for seat in seats:
        at = ShiftOn(seat.on, seat.shift)
        view = views.setdefault(at, ShiftView(at))
        mine = seat.post_id in actor.posts
        view.seats.append(SeatView(seat, named(seat.post), held.get(seat.post_id, ()), mine))
    filled = {at: sum(bool(one.holders) for one in view.seats) for at, view in views.items()}
    open_ones = set(rules.gaps(wanted, filled, team.seats))
    for at, view in views.items():
        view.note, view.is_gap = told.get(at, ""), at in open_ones
        view.is_rest = not is_work(at.on)
    order = {shift: number for number, shift in enumerate(team.shifts)}
    return sorted(views.values(), key=lambda view: (view.at.on, order.get(view.at.shift, 9)))


def _held(posts: set[int], on: date) -> dict[int, list[HoldingView]]:
    return orgs.working_holders(posts, on) if posts else {}


def note_of(team: Team, on: str, shift: str) -> dict[str, object] | None:
    """Return text and edition of what a shift left, if it did; None for a day that is none."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    note = WatchNote.objects.filter(team=team, on=day, shift=shift).first()
    return {"text": note.text, "edition": note.edition} if note else None


def seats_between(team: Team, first: date, last: date) -> list[WatchSeat]:
    """Return the seats of a team in some days, who leads first."""
    found = WatchSeat.objects.filter(team=team, on__range=(first, last)).select_related("post")
    return list(found.order_by("on", "shift", "-part", "pk"))


def taken(team: Team, first: date, last: date) -> list[Seat]:
    """Return the filled seats of a team as values."""
    return [
        Seat(s.on, s.shift, s.post_id, s.part) for s in seats_between(team, first, last)
    ]  # fmt: skip


def open_shifts(team: Team, span: Sequence[date], actor: Actor) -> list[ShiftView]:
    """Return the shifts of some days in which somebody is missing."""
    return [view for view in roster(team, span, actor) if view.is_gap]


def own_seats(actor: Actor, on: date) -> QuerySet[WatchSeat]:
    """Return the shifts of the actor's posts from a day on."""
    found = WatchSeat.objects.filter(post_id__in=actor.posts, on__range=(on, on + AHEAD))
    return found.select_related("team", "post").order_by("on", "shift", "pk")


def get_seat(actor: Actor, seat_id: int) -> WatchSeat:
    """Return one seat of a team that the actor sees, or of her own. Refuses with NotFound."""
    found = WatchSeat.objects.filter(pk=seat_id).select_related("team", "post").first()
    if found is None or not (
        found.post_id in actor.posts
        or visible_teams(actor).filter(pk=found.team_id).exists()
    ):  # fmt: skip
        raise NotFound(id=seat_id)
    return found


def swaps_for(actor: Actor, on: date) -> QuerySet[WatchSwap]:
    """Return swaps that wait for an answer of the actor's posts, or that they asked for."""
    own = Q(to_post_id__in=actor.posts) | Q(seat__post_id__in=actor.posts)
    found = WatchSwap.objects.filter(own, state=SwapState.ASKED, seat__on__gte=on)
    return found.select_related("seat__team", "seat__post", "to_post", "back").order_by(
        "seat__on", "pk"
    )


def get_swap(actor: Actor, swap_id: int) -> WatchSwap:
    """Return a swap that concerns the actor's posts. Refuses with NotFound."""
    own = Q(to_post_id__in=actor.posts) | Q(seat__post_id__in=actor.posts)
    found = WatchSwap.objects.filter(own, pk=swap_id).select_related("seat__team").first()
    if found is None:
        raise NotFound(id=swap_id)
    return found


def posts_here(actor: Actor, path: str, posts: Sequence[int]) -> set[int]:
    """Return those posts that work in a village or above it and are not closed."""
    found = orgs.visible_posts(actor).filter(pk__in=posts, closed_on__isnull=True)
    return {pk for pk, at in found.values_list("pk", "path") if path.startswith(at)}


def people_by_kind(path: str) -> dict[str, int | None]:
    """Return how many people stand in the teams of each kind; None where one team is not counted."""
    found: dict[str, list[int | None]] = defaultdict(list)
    rows = Team.objects.filter(path__startswith=path, ended_on__isnull=True)
    for kind, people in rows.values_list("kind", "people"):
        found[kind].append(people)
    return {
        kind: sum(n for n in numbers if n is not None) if None not in numbers else None
        for kind, numbers in found.items()
    }
