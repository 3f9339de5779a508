"""Shapes of draws for scarce dates as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from linli.kernel.api import PagedIn


class DrawsIn(PagedIn):
    """`centre` is the code of a service centre."""

    centre: str


class DrawOut(Schema):
    """A draw: what was promised before (`commitment`), the closed list (`list_hash`), the file once it is made.

    `days` are those from first to last on which a window is open: only these can be wished."""

    code: str
    centre: str
    name: str
    item: str
    state: str
    first: date
    last: date
    days: list[date]
    takes_until: datetime
    kept_phone: int
    kept_counter: int
    public: str
    commitment: str
    list_hash: str
    entries: dict[str, int]
    file: str | None


class DrawsOut(Schema):
    count: int
    items: list[DrawOut]
    next: str | None


class NewDrawIn(Schema):
    """A draw as an office announces it: for which days, up to the end of which day (`until`) entries are taken.

    `item` is the key of a service, if it is one; `public` names the number from elsewhere that is mixed in.
    """

    centre: str
    name: str
    item: str = ""
    first: date
    last: date
    until: date
    kept_phone: int = 0
    kept_counter: int = 0
    public: str = ""


class EnterIn(Schema):
    """One to three days of the draw, the best first. `way` is online for oneself; phone and counter for who serves."""

    wishes: list[date]
    name: str = ""
    phone: str = ""
    way: str = "online"


class OfferOut(Schema):
    """A date that fell free and may be taken `until` then; afterwards it goes to the next in line."""

    starts_at: datetime
    ends_at: datetime
    until: datetime | None


class EntryOut(Schema):
    """An entry as whoever has its code sees it; `sign` stands in the published list, `visit` is what was won."""

    code: str
    sign: str
    draw: str
    wishes: list[str]
    way: str
    withdrawn: bool
    place: int | None
    visit: str | None
    offer: OfferOut | None


class DrawStepIn(Schema):
    """`value` is the number that was promised to be mixed in, for the draw alone."""

    value: str = ""
