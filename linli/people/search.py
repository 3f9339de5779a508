"""People among the results of the search over everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import Hit, SearchSource
from linli.people.queries.scopes import node_at
from linli.people.queries.search import find_people
from linli.people.types import titles


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return people whom the actor may see."""
    found = find_people(actor, words, limit=limit).items
    return [
        Hit(
            title=row.name + (f" {row.other_name}" if row.other_name else ""),
            url=reverse("people:person", args=[row.person_id]),
            text=" · ".join(
                str(part)
                for part in (
                    titles.SEX[row.sex],
                    row.born_on and row.born_on.year,
                    _place(row.path),
                )
                if part
            ),
            kind=titles.STANDING[row.standing],
        )
        for row in found
    ]


def _place(path: str) -> str:
    node = node_at(path)
    return node.name if node else ""


PEOPLE = SearchSource("people", _("People"), find)
