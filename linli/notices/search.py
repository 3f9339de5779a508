"""Notices in the search across everything: the public ones, and drafts for whoever works on them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import Hit, SearchSource
from linli.notices import queries


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return notices with the words in title or text, or with this number, newest first."""
    return [
        Hit(
            title=title,
            url=reverse("notices:posting" if is_public else "notices:manage", args=[posting.code]),
            text=text,
            kind=_("Notice"),
        )
        for posting, title, text, is_public in queries.found(actor, words, localdate(), limit)
    ]


NOTICES = SearchSource("notices.postings", _("Notices"), find)
