"""What plan brings to the search: tasks and cards of good practice."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.plan import queries


def find_tasks(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Tasks of current plans whose name holds the words."""
    return [
        Hit(
            f"{task.number} {task.name}",
            reverse("plan:task", args=[task.document.code, task.number]),
            task.document.title,
            _("Task of the plan"),
        )
        for task in queries.found_tasks(words)[:limit]
    ]


def find_practices(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Cards of good practice that hold the words."""
    return [
        Hit(card.title, reverse("plan:practice", args=[card.pk]), card.problem[:80], _("Practice"))
        for card in queries.found_practices(words)[:limit]
    ]


def register() -> None:
    """Add both sources."""
    SEARCH.add(SearchSource("plan.tasks", gettext_lazy("Tasks of the plan"), find_tasks))
    SEARCH.add(SearchSource("plan.practices", gettext_lazy("Good practice"), find_practices))
