"""What the search finds of organisations: their names, and who holds which public post."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.orgs import queries
from linli.orgs.queries import Wanted
from linli.ui.formats import is_chinese
from linli.ui.jinja import named


def find_organisations(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find organisations by a part of their names of today, as far as the actor may see them."""
    wanted = Wanted(path="", words=words, with_invented=True)
    found = queries.organisations(actor, wanted, on=localdate(), limit=limit)
    return [
        Hit(
            title=o.name if is_chinese() else o.name_en,
            url=reverse("orgs:organisation", args=[o.code]),
            text=o.place.short_name if is_chinese() else o.place.name_en,
            kind=o.kind.name if is_chinese() else o.kind.name_en,
        )
        for o in found.items
    ]


def find_holders(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find who holds a post that the actor may see, by a part of the name or of the title."""
    found = queries.holders_named(actor, words, on=localdate())[:limit]
    return [
        Hit(
            title=holding.holder_name,
            url=reverse("orgs:post", args=[holding.post_id]),
            text=named(holding.post),
            kind=holding.post.organisation.place.short_name,
        )
        for holding in found
    ]


def register() -> None:
    """Tell the search what orgs can find. Called once at start."""
    SEARCH.add(SearchSource("orgs.organisations", _("Organisations"), find_organisations))
    SEARCH.add(SearchSource("orgs.holders", _("Who holds which post"), find_holders))
