"""What the addresses of this API share: whose register is asked for, and what is shown of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linli.documents.queries import Filter
from linli.kernel.api import PagedIn, one_of
from linli.kernel.permits import Actor, Permit, require_somewhere


class ListIn(PagedIn):
    """`q` is a number, or words of the title; days are those of the city, both counted in."""

    state: str = ""
    kind: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None


def filter_of(asked: ListIn, states: Iterable[str], kinds: Iterable[str]) -> Filter:
    """Return what a list is to show. Refuses with Invalid a word that it does not know."""
    return Filter(
        state=one_of("state", asked.state, states), kind=one_of("kind", asked.kind, kinds),
        words=asked.q.strip()[:80], since=asked.since, until=asked.until,
    )  # fmt: skip


def require_any(actor: Actor, permits: Iterable[Permit]) -> None:
    """Refuse with NotAllowed whoever holds none of the permits anywhere."""
    require_somewhere(actor, *permits)
