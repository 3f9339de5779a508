"""Accounts and requests about personal data in the search across everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.access.queries.accounts import SORTS, Wanted, filtered, visible_accounts
from linli.access.queries.requests import found_requests
from linli.access.states import KIND_WORDS
from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource


def find_accounts(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find staff accounts that the actor looks after, by name, sign-in name or office."""
    found = filtered(visible_accounts(actor), Wanted(words=words))
    return [
        Hit(
            title=one.display_name,
            url=reverse("access:account", args=[one.pk]),
            text=f"{one.username} · {one.unit}" if one.unit else one.username,
            kind=_("Account"),
        )
        for one in found.order_by(*SORTS[0].order())[:limit]
    ]


def find_requests(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find requests about personal data by number or words: those the actor answers, and her own."""
    return [
        Hit(
            title=one.number,
            url=reverse("access:request", args=[one.number]),
            text=str(KIND_WORDS[one.kind]),
            kind=_("Request about personal data"),
        )
        for one in found_requests(actor, words)[:limit]
    ]


def register() -> None:
    """Tell the search about both. Called once at start."""
    SEARCH.add(SearchSource("access.accounts", _("Accounts"), find_accounts))
    SEARCH.add(SearchSource("access.requests", _("Requests about personal data"), find_requests))
