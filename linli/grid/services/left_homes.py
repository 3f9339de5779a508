"""Homes to be moved of a body that ends go on with the posts of its successor, which are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.grid.models import Storm, StormHome
from linli.grid.queries.left_homes import homes_with
from linli.grid.services.telling_storms import tell_helpers
from linli.grid.states import HomeState
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.orgs import queries as orgs
from linli.orgs.queries.receiving import heirs_of
from linli.trail.services import record_many
from linli.trail.types import About, Act

AT_ONCE = 500


@open_to_all("called inside the closing of an organisation, whose service asked for the permit")
@transaction.atomic
def hand_homes_on(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Give the homes of a body's posts to those of the same kind in its successor; return how many.

    Where there is none that somebody works in, a home stays as it is: its list says so. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    ending = orgs.open_posts_of(old_id)
    heirs = heirs_of(ending, new_id, localdate(now))
    left = homes_with(list(heirs))
    # the storms first, as whoever corrects a home takes them
    under_way = Storm.objects.filter(pk__in=left.order_by().values("storm_id"))
    list(under_way.select_for_update().order_by("pk"))
    homes = list(left.select_for_update(of=("self",)).select_related("storm"))
    for home in homes:
        home.helper_id = heirs[home.helper_id]
        home.edition += 1
    StormHome.objects.bulk_update(homes, ["helper", "edition"], batch_size=AT_ONCE)
    record_many([_act(home) for home in homes], actor=actor, now=now)
    to_move = [home for home in homes if home.state == HomeState.NAMED]
    tell_helpers(to_move, actor=actor, now=now)
    return len(homes)


def _act(home: StormHome) -> Act:
    told = {"people": home.people, "post_id": home.helper_id}
    return Act("grid.home_changed", home, told, About(place=home.path, level=PERSONAL))
