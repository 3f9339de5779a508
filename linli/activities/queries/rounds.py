"""Groups and rounds: what is public, what a group sees by its code, what the office keeps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from linli.activities import permits
from linli.activities.models import (
    Group,
    Round,
    RoundObjection,
    RoundStrike,
    RoundTime,
    RoundWish,
    Venue,
)
from linli.activities.queries.venues import week_of
from linli.activities.rules.rounds import Time, Turn, allocate
from linli.activities.types.rounds import RoundState, Weekly, weekday_words
from linli.kernel.draw_files import file_of
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.moments import clock_of
from linli.kernel.permits import Actor
from linli.kernel.reach import below, in_reach
from linli.kernel.sealing import open_sealed
from linli.ui.jinja import named

SEEDS = "activities_round"


def kept_groups(actor: Actor) -> QuerySet[Group]:
    """Groups of places where the actor keeps venues; those that ended too."""
    return Group.objects.filter(in_reach(actor, permits.VENUES))


def get_group(actor: Actor, group_id: int) -> Group:
    """Return a group that the actor keeps. Refuses with NotFound."""
    found = kept_groups(actor).filter(pk=group_id).first()
    if found is None:
        raise NotFound(id=group_id)
    return found


def shown_groups(path: str) -> QuerySet[Group]:
    """Groups that agreed to stand in the public register of a place."""
    found = Group.objects.filter(path__startswith=path, is_shown=True, ended_on__isnull=True)
    return found.order_by("kind", "name", "pk")


def group_by_code(code: str) -> Group:
    """Return a group by the code that it has. Refuses with NotFound."""
    typed = code_typed(code)[:12]
    found = Group.objects.filter(code=typed, ended_on__isnull=True).first()
    if found is None:
        raise NotFound()
    return found


def rounds_at(*paths: str) -> QuerySet[Round]:
    """Rounds of some places and below, newest season first; everybody may see them."""
    return Round.objects.filter(below(paths)).order_by("-first_on", "-pk")


def get_round(round_id: int) -> Round:
    """Return a round. Refuses with NotFound."""
    found = Round.objects.filter(pk=round_id).first()
    if found is None:
        raise NotFound(id=round_id)
    return found


def times_of(at: Round) -> list[RoundTime]:
    """Return the weekly times of a round, in the order of the week."""
    found = RoundTime.objects.filter(round=at).select_related("venue", "group")
    return list(found.order_by("weekday", "begins", "venue_id"))


def is_of_place(at: Round, group: Group) -> bool:
    """Say whether a round is for a group: of its place, of a part of it, or of what it is a part of."""
    return group.path.startswith(at.path) or at.path.startswith(group.path)


def closed_at(times: Iterable[Weekly]) -> list[dict[str, str]]:
    """Return the weekly times at which their venue is not open in an ordinary week, in words."""
    offered = list(times)
    venues = Venue.objects.in_bulk({one.venue_id for one in offered})
    weeks = {pk: week_of(venue) for pk, venue in venues.items()}
    return [
        {"venue": named(venues[one.venue_id]), "when": f"{weekday_words(one.weekday)} {clock_of(one.begins)}–{clock_of(one.ends)}"}
        for one in offered
        if not any(o <= one.begins and one.ends <= c for o, c in weeks[one.venue_id][one.weekday])
    ]  # fmt: skip


def wanted(at: Round) -> Counter[int]:
    """Return how many groups wish each time, by its id."""
    return Counter(_wishes(at).values_list("time_id", flat=True))


def _wishes(at: Round) -> QuerySet[RoundWish]:
    """Wishes of a round that count: those of groups that had not ended when it was drawn."""
    found = RoundWish.objects.filter(round=at)
    if at.drawn_at is None:
        return found.exclude(group__ended_on__isnull=False)
    return found.exclude(group_id__in=[one["group"] for one in at.left_out if not one["time"]])


def fell_free(at: Round, time: RoundTime) -> bool:
    """Say whether the group that drew a time ended before the round was decided: nobody has it then."""
    if any(one["time"] == time.pk for one in at.left_out):
        return True
    group = time.group
    return at.decided_at is None and group is not None and group.ended_on is not None


def ended_groups(at: Round) -> list[Group]:
    """Return the groups that wished in a round and were left out of it because they had ended."""
    return list(
        Group.objects.filter(pk__in={one["group"] for one in at.left_out}).order_by("name", "pk")
    )


def wishes_of(at: Round, group: Group) -> list[int]:
    """Return what a group wishes, the best first."""
    found = RoundWish.objects.filter(round=at, group=group).order_by("rank")
    return list(found.values_list("time_id", flat=True))


def objections_of(at: Round) -> list[RoundObjection]:
    """Return the objections to a round, oldest first."""
    return list(
        RoundObjection.objects.filter(round=at).select_related("group").order_by("at", "pk")
    )


def is_over(at: Round, today: date) -> bool:
    """Say whether no wish comes in any more."""
    return at.state != RoundState.OPEN or today > at.wishes_until


def strikes_of(at: Round) -> list[RoundStrike]:
    """Return the groups that were struck from a round, in the order in which it happened."""
    return list(RoundStrike.objects.filter(round=at).select_related("group").order_by("at", "pk"))


def wishing_groups(at: Round) -> list[Group]:
    """Return the groups that take part in a round, without those that were struck or had ended."""
    wishes = _wishes(at).values("group_id")
    gone = RoundStrike.objects.filter(round=at).values("group_id")
    return list(Group.objects.filter(pk__in=wishes).exclude(pk__in=gone).order_by("name", "pk"))


def turns_of(at: Round, *, with_struck: bool = False) -> list[Turn]:
    """Work a round out from its wishes and seed: the same again whoever does it.

    `with_struck` is the outcome before groups were struck. The place in line of every other group stays.
    """
    seed = open_sealed(bytes(at.seed), table=SEEDS, column="seed", row=at.pk)
    wishes: dict[str, list[str]] = {}
    found = _wishes(at).order_by("group_id", "rank")
    if not with_struck:
        found = found.exclude(group_id__in=RoundStrike.objects.filter(round=at).values("group_id"))
    for group_id, time_id in found.values_list("group_id", "time_id"):
        wishes.setdefault(str(group_id), []).append(str(time_id))
    times = [Time(str(one.pk), one.weekday, one.begins, one.ends) for one in times_of(at)]
    return allocate(at.title, times, wishes, most=at.most_times, seed=seed)


def published(at: Round, *, with_struck: bool = False) -> list[dict[str, Any]]:
    """Return the files of the draws of a round, one for each turn. Refuses with NotFound before it is drawn."""
    if at.drawn_at is None:
        raise NotFound(id=at.pk)
    return [
        json.loads(json.dumps(file_of(turn.draw))) for turn in turns_of(at, with_struck=with_struck)
    ]


def get_objection(at: Round, objection_id: int) -> RoundObjection:
    """Return an objection to a round. Refuses with NotFound."""
    found = RoundObjection.objects.filter(round=at, pk=objection_id).first()
    if found is None:
        raise NotFound(id=objection_id)
    return found


def posted_of(at: Round) -> Any:
    """Return the notice by which the outcome of a round is posted; None if it is not, or was taken down."""
    found = at.posting
    return found if found is not None and found.withdrawn_at is None else None
