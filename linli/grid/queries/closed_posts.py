"""Cells and shifts that a post, or the posts of a body, would leave behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.grid.models import CellDuty, WatchSeat
from linli.grid.queries.cells import holding_on, of_open_post, visible_duties
from linli.grid.rules.cells import WORKING
from linli.kernel.contributions import Hit
from linli.kernel.falling import Falling
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.orgs import queries as orgs

# links to no more cells than can be looked through
MOST = 100
WHY = {
    "others": _("Other posts look after these cells, too."),
    "nobody": _("Nobody looks after these cells then: name another post for them."),
}


def lasting_duties(post_ids: Collection[int], on: date) -> QuerySet[CellDuty]:
    """Return what posts look after on a day or later."""
    still = Q(until__isnull=True) | Q(until__gt=Greatest(F("since"), on))
    return CellDuty.objects.filter(still, post_id__in=post_ids).order_by("pk")


def lasting_seats(post_ids: Collection[int], on: date) -> QuerySet[WatchSeat]:
    """Return the shifts on a day or later in which posts are on duty."""
    found = WatchSeat.objects.filter(post_id__in=post_ids, on__gte=on)
    return found.filter(team__ended_on__isnull=True).order_by("pk")


def duties_of_post(post_id: int) -> int:
    """Return how many duties in cells a post has."""
    return lasting_duties([post_id], localdate()).count()


def duties_of_body(org_id: int) -> int:
    """Return how many duties in cells the open posts of a body have."""
    return lasting_duties(orgs.open_posts_of(org_id), localdate()).count()


def seats_of_post(post_id: int) -> int:
    """Return in how many shifts to come a post is on duty."""
    return _seats([post_id])


def seats_of_body(org_id: int) -> int:
    """Return in how many shifts to come the open posts of a body are on duty."""
    return _seats(orgs.open_posts_of(org_id))


def _seats(post_ids: Collection[int]) -> int:
    return lasting_seats(post_ids, localdate()).count()


def falls_of_post(actor: Actor, post_id: int, _successor: int | None) -> list[Falling]:
    """Tell which cells a post leaves to others, and which to nobody."""
    return _falls(actor, [post_id])


def falls_of_body(actor: Actor, org_id: int, _successor: int | None) -> list[Falling]:
    """Tell which cells the posts of a body leave to others, and which to nobody."""
    return _falls(actor, list(orgs.open_posts_of(org_id)))


def _falls(actor: Actor, ending: Collection[int]) -> list[Falling]:
    today = localdate()
    duties = list(lasting_duties(ending, today).select_related("layer")[:MOST])
    kept = _kept_by_others(duties, ending, today)
    seen = set(visible_duties(actor).filter(pk__in=[one.pk for one in duties]).values_list("pk", flat=True))  # fmt: skip
    found = []
    for rule, is_kept in (("nobody", False), ("others", True)):
        those = [one for one in duties if (_cell(one) in kept) is is_kept]
        hits = {_cell(one): _hit(one) for one in those if one.pk in seen}
        if those:
            found.append(Falling(None, "", rule, WHY[rule], len(those), list(hits.values())))
    return found


def _kept_by_others(
    duties: Iterable[CellDuty], ending: Collection[int], today: date
) -> set[tuple[str, int, str]]:
    """Return those cells that a post which does not end looks after today; a head alone oversees."""
    rows = list(duties)
    others = CellDuty.objects.filter(
        holding_on(today), of_open_post(today), path__in={one.path for one in rows},
        cell_code__in={one.cell_code for one in rows}, role__in=WORKING,
    ).exclude(post_id__in=ending)  # fmt: skip
    return {_cell(one) for one in others}


def _cell(duty: CellDuty) -> tuple[str, int, str]:
    return duty.path, duty.layer_id, duty.cell_code


def _hit(duty: CellDuty) -> Hit:
    url = reverse("grid:cell", args=[code_of(duty.path), duty.layer.key, duty.cell_code])
    return Hit("", url, duty.cell_code, _("Cell"))
