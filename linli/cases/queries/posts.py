"""Posts that cases may be sent to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.paths import nearest_first
from linli.kernel.permits import PUBLIC, Actor
from linli.kernel.registries import POST_NAMES
from linli.orgs import queries as orgs
from linli.places import queries as places

MOST_BELOW = 1500


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


@dataclass(frozen=True, slots=True)
class PostChoices:
    """Posts to choose as (id, body and title); `is_cut` if places below have more than fit a list."""

    posts: Sequence[tuple[int, str]]
    is_cut: bool = False


def post_choices(actor: Actor, path: str) -> PostChoices:
    """Return the posts that cases of a place may go to, the nearest first.

    Those of the place and above it, all of them, and of the places directly below; posts of a
    village are named by the rules of the village or its town.
    """
    near = nearest_first(path)
    open_ones = orgs.visible_posts(actor).filter(organisation__level=PUBLIC, closed_on__isnull=True)
    own = sorted(_ids(open_ones.filter(path__in=near)), key=lambda one: near.index(one[1]))
    below = _ids(open_ones.filter(path__regex=rf"^{path}[0-9A-Za-z]+/$"), MOST_BELOW + 1)
    names = post_names(pk for pk, _path in (*own, *below[:MOST_BELOW]))
    posts = [(pk, names[pk]) for pk, _path in (*own, *below[:MOST_BELOW]) if pk in names]
    return PostChoices(posts, len(below) > MOST_BELOW)


def cut_words(choices: PostChoices) -> str:
    """Return what is said beside a list of posts that is not whole, or nothing."""
    if not choices.is_cut:
        return ""
    words = _("Only %(most)s posts of the places below fit here; the others are named there.")
    return words % {"most": MOST_BELOW}


def _ids(found: QuerySet[Any], most: int | None = None) -> list[tuple[int, str]]:
    return list(found.order_by("rank", "pk").values_list("pk", "path")[:most])
