"""The address of a list: filters, sort and page stay in it, so that a copied link shows the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its query. `to(...)` changes parts of the query and keeps the rest."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def to(self, **changes: object) -> str:
        """Return the address with these query parts set; None or "" takes one out."""
        kept = [(key, value) for key, value in self.query if key not in changes]
        for key, value in changes.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            kept += [(key, str(one)) for one in values if one not in (None, "")]
        query = QueryDict(mutable=True)
        for key, value in kept:
            query.appendlist(key, value)
        return f"{self.path}?{query.urlencode()}" if kept else self.path

    def get(self, key: str) -> str:
        """Return the last value of a query part, or nothing."""
        return next((value for name, value in reversed(self.query) if name == key), "")

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """Return what a filter form must carry along: all but its own fields and the page."""
        return [(key, value) for key, value in self.query if key not in (*shown, "cursor")]


def address_of(request: HttpRequest) -> Address:
    """Return the address of this request."""
    pairs = tuple((key, value) for key, values in request.GET.lists() for value in values)
    return Address(request.path, pairs)
