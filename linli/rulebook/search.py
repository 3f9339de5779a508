"""Parameters of the law in the search across everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import Hit, SearchSource
from linli.rulebook import queries
from linli.ui.formats import is_chinese


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return parameters whose name, key, value or source holds all the words; all may see them."""
    at = 0 if is_chinese() else 1
    rows = queries.rows(queries.Asked(words=words), localdate())[:limit]
    return [
        Hit(
            title=row.parameter.title[at],
            url=reverse("rulebook:detail", args=[row.key]),
            text=row.words[at],
            kind=_("Rulebook"),
        )
        for row in rows
    ]


SOURCE = SearchSource(key="rulebook", title=gettext_lazy("Rulebook"), find=find)
