"""Feedback in the search across everything, for whoever answers it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.portal import queries


def find_feedback(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find feedback by its code or a part of its words, at places where the actor answers it."""
    return [
        Hit(
            title=queries.shortened(row.text),
            url=reverse("portal:feedback_answer", args=[row.code]),
            text=row.code,
            kind=_("Feedback"),
        )
        for row in queries.found_feedback(actor, words)[:limit]
    ]


def register() -> None:
    """Tell the search about it. Called once at start."""
    SEARCH.add(SearchSource("portal.feedback", _("Feedback"), find_feedback))
