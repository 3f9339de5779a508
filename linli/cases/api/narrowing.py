"""What narrows the lists of work on cases over the API."""

from __future__ import annotations

from linli.kernel.api import PagedIn


class NarrowedIn(PagedIn):
    """`place` and `category` are codes, with all below them; `q` a number or words of the title."""

    place: str = ""
    category: str = ""
    q: str = ""
