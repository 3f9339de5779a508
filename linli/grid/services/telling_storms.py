"""Who has something to do in a storm is told: the helper of a home, and the villages below who declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.access.queries.hearing import posts_that_hear
from linli.grid import permits
from linli.grid.models import Storm, StormHome
from linli.grid.queries.storms import page_of_storm
from linli.grid.states import HomeState
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths

TO_MOVE, DECLARED = "grid.homes_to_move", "grid.storm_declared"


@open_to_all("part of naming a home, whose service asked for the permit")
def tell_helper(home: StormHome, *, actor: Actor, now: datetime) -> None:
    """Tell the helper of a home, unless her list has others still to be moved: of those she was told."""
    tell_helpers([home], actor=actor, now=now)


@open_to_all(
    "the service that names the homes, or gives them to another helper, has required its permit"
)
def tell_helpers(homes: Sequence[StormHome], *, actor: Actor, now: datetime) -> None:
    """Tell the helpers of homes once for each storm, but who has others on her list there: of those she was told."""
    first: dict[tuple[int, int], StormHome] = {}
    for one in homes:
        first.setdefault((one.storm_id, one.helper_id), one)
    others = StormHome.objects.filter(
        storm_id__in={storm for storm, _post in first}, helper_id__in={post for _storm, post in first},
        state=HomeState.NAMED,
    ).exclude(pk__in=[one.pk for one in homes])  # fmt: skip
    known = set(others.values_list("storm_id", "helper_id"))
    for key, home in first.items():
        if key not in known:
            notify.send(
                TO_MOVE, To(post_id=home.helper_id, is_staff=True), {"title": home.storm.title},
                actor=actor, now=now, urgent=True, about=About(home.path, Link("grid:my_homes")),
            )  # fmt: skip


@open_to_all("a job after a storm was declared, whose service asked for the permit")
@transaction.atomic
def tell_villages(storm_id: int, *, actor: Actor, now: datetime) -> int:
    """Tell the villages below who declared a storm what they do in it; return how many posts."""
    storm = Storm.objects.get(pk=storm_id)
    if storm.ended_on is not None:
        return 0
    told = 0
    values = {"title": storm.title, "place": names_of_paths({storm.path}).get(storm.path, "")}
    for path, posts in _who_keeps_lists(storm, now).items():
        about = About(path, page_of_storm(storm, path))
        to = [(To(post_id=post, is_staff=True), values) for post in posts]
        told += len(notify.send_many(DECLARED, to, actor=actor, now=now, urgent=True, about=about))
    return told


def _who_keeps_lists(storm: Storm, now: datetime) -> dict[str, list[int]]:
    """Return for each village below the posts of its own that keep its homes and numbers."""
    # the demo town is no part of the city
    is_wide = places.get_place(code_of(storm.path)).level == "city"
    villages = places.places_of_level("village", with_invented=not is_wide)
    below = villages.filter(path__startswith=storm.path).exclude(path=storm.path)
    return posts_that_hear(permits.STORM, below.values_list("path", flat=True), now=now)
