"""Homes to be moved whose helper's post ends or has ended: whoever closes it, and who keeps the list, reads of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.grid.models import StormHome
from linli.grid.queries.storms import TURN, visible_homes
from linli.grid.states import HAS_WORK
from linli.kernel.contributions import Hit
from linli.kernel.falling import Falling
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.registries import POST_NAMES
from linli.orgs import queries as orgs
from linli.orgs.queries.receiving import heirs_of

# links to no more homes than can be looked through
MOST = 100
SUCCESSOR, NOBODY = "successor", "nobody"
WHY = {
    SUCCESSOR: _("a post of the same kind in the body that takes over; it is told at once"),
    NOBODY: _("Nobody moves these homes then: choose another helper for them."),
}


def homes_with(post_ids: Collection[int]) -> QuerySet[StormHome]:
    """Return the homes of storms under way with which posts have work, those still to be moved first."""
    found = StormHome.objects.filter(helper_id__in=post_ids, state__in=HAS_WORK)
    return found.filter(storm__ended_on__isnull=True).order_by(TURN, "pk")


def homes_of_post(post_id: int) -> int:
    """Return with how many homes a post has work."""
    return homes_with([post_id]).count()


def homes_of_body(org_id: int) -> int:
    """Return with how many homes the open posts of a body have work."""
    return homes_with(orgs.open_posts_of(org_id)).count()


def falls_of_post(actor: Actor, post_id: int, _successor: int | None) -> list[Falling]:
    """Tell which homes a post leaves without a helper."""
    return _falls(actor, [post_id], {})


def falls_of_body(actor: Actor, org_id: int, successor: int | None) -> list[Falling]:
    """Tell which homes the posts of a body leave to those of its successor, and which without a helper."""
    ending = orgs.open_posts_of(org_id)
    heirs = heirs_of(ending, successor, localdate()) if successor is not None else {}
    return _falls(actor, ending, heirs)


def _falls(actor: Actor, ending: Collection[int], heirs: Mapping[int, int]) -> list[Falling]:
    by: dict[int | None, list[StormHome]] = {}
    for home in homes_with(ending).select_related("storm")[:MOST]:
        by.setdefault(heirs.get(home.helper_id), []).append(home)
    ids = [home.pk for there in by.values() for home in there]
    seen = set(visible_homes(actor).filter(pk__in=ids).values_list("pk", flat=True))
    names = POST_NAMES.call([post for post in by if post]) or {}
    found = []
    for post, there in by.items():
        rule = SUCCESSOR if post else NOBODY
        hits = [_hit(home) for home in there if home.pk in seen]
        name = names.get(post, "") if post else ""
        found.append(Falling(post, name, rule, WHY[rule], len(there), hits))
    return found


def _hit(home: StormHome) -> Hit:
    url = reverse("grid:storm", args=[code_of(home.path), home.storm_id])
    return Hit(home.storm.title, url, home.masked_name, _("A home to be moved"))
