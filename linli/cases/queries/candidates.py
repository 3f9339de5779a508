"""Posts to which a case can be offered: those in charge first, then those at its places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.models import Case, Category
from linli.cases.queries.routing import responsible_rows
from linli.cases.queries.telling import post_names
from linli.cases.rules.routes import nearest_first
from linli.kernel.permits import Actor
from linli.orgs import queries as orgs

MOST = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post to choose: its name, who holds it today, and why it stands here."""

    post_id: int
    org_id: int
    name: str
    holder: str
    why: str


def candidates(actor: Actor, case: Case, words: str, on: date) -> list[Candidate]:
    """Return posts for a case: by words if there are any, else those in charge and those around.

    Only posts that somebody holds and that the actor may see; never the one the case is about.
    """
    if words.strip():
        found = orgs.holders_named(actor, words.strip(), on=on)[:MOST]
        pairs = {one.post_id: (one.post.organisation_id, _("found")) for one in found}
    else:
        pairs = _in_charge(case, on) | _around(actor, case, on)
    pairs.pop(case.about_post_id or 0, None)
    return _told(pairs, on)


def _in_charge(case: Case, on: date) -> dict[int, tuple[int, str]]:
    if case.category_id is None:
        return {}
    above = Category.objects.filter(pk=case.category_id).values_list("parent_id", flat=True).first()
    categories = [one for one in (case.category_id, above) if one is not None]
    rows = responsible_rows(categories, nearest_first(case.path), on)
    return {post: (org, _("in charge of this category")) for _category, _path, org, post in rows}


def _around(actor: Actor, case: Case, on: date) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for path in nearest_first(case.path):
        rows = orgs.posts_at(actor, path, limit=MOST)
        found |= {p: (o, _("at this place")) for p, o in rows if p not in found}
    return found


def _told(pairs: dict[int, tuple[int, str]], on: date) -> list[Candidate]:
    names = post_names(pairs)
    held: dict[int, Any] = orgs.holders_of_posts(pairs, on)
    return [
        Candidate(post, org, names[post], "、".join(h.holder_name for h in held[post]), why)
        for post, (org, why) in pairs.items()
        if post in names and held.get(post)
    ][:MOST]


def org_of_post(actor: Actor, post_id: int) -> int:
    """Return the body of a post that the actor sees. Refuses with NotFound."""
    return int(orgs.get_post(actor, post_id).organisation_id)
