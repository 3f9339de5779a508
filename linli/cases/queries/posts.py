"""Posts that cases may be sent to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.cases.rules.routes import nearest_first
from linli.kernel.errors import NotFound
from linli.kernel.permits import PUBLIC, Actor
from linli.kernel.registries import POST_NAMES
from linli.orgs import queries as orgs
from linli.places import queries as places

MOST_CHOICES = 1500


def post_to_route(actor: Actor, post_id: int) -> tuple[int, str] | None:
    """Return (organisation, path) of a post that cases may go to: open, of a public body, seen."""
    try:
        post = orgs.get_post(actor, post_id)
    except NotFound:
        return None
    if post.closed_on is not None or post.organisation.level != PUBLIC:
        return None
    return post.organisation_id, post.path


def layer_faults(layer: str, post_id: int | None) -> dict[str, list[str]]:
    """Return what is wrong with sending to the post of a cell of a layer."""
    if post_id:
        return {"layer": [_("Choose a post or the post of the cell, not both.")]}
    if layer not in places.layers().values_list("key", flat=True):
        return {"layer": [_("Choose a layer of cells.")]}
    return {}


def post_names(post_ids: Iterable[int | None]) -> dict[int, str]:
    """Return what posts are called with their bodies, in the reader's language; one query."""
    wanted = {post_id for post_id in post_ids if post_id}
    return dict(POST_NAMES.call(wanted) or {}) if wanted else {}


def post_choices(actor: Actor, path: str) -> list[tuple[int, str]]:
    """Return (id, body and title) of posts that cases of a place may go to, the nearest first.

    Those of the place and above it, and of the places directly below; posts of a village are named
    by the rules of the village or its town.
    """
    near = nearest_first(path)
    found = (
        orgs.visible_posts(actor)
        .filter(organisation__level=PUBLIC, closed_on__isnull=True)
        .filter(Q(path__in=near) | Q(path__regex=rf"^{path}[0-9A-Za-z]+/$"))
        .order_by("rank", "pk")
        .values_list("pk", "path")[:MOST_CHOICES]
    )
    rows = sorted(found, key=lambda one: near.index(one[1]) if one[1] in near else len(near))
    names = post_names(pk for pk, _path in rows)
    return [(pk, names[pk]) for pk, _path in rows if pk in names]
