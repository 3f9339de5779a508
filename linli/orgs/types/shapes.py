"""Values that cross the edge of orgs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Details:
    """What a version of an organisation says about it."""

    name: str
    name_en: str = ""
    short_name: str = ""
    uscc: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class PostDetails:
    """What a post is."""

    title: str
    kind: str
    title_en: str = ""
    rank: int = 100
    duties: str = ""
    office_phone: str = ""
    is_public: bool = False
    seats: int | None = 1
    above_id: int | None = None
    deputy_id: int | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who takes a post, since when, and how they came to it."""

    holder_name: str
    since: date
    came_by: str
    person_id: int | None = None
    expected_until: date | None = None
    is_full_time: bool = True
    document: str = ""


@dataclass(frozen=True, slots=True)
class HoldingView:
    """One holding of a post, as other apps see it."""

    holding_id: int
    post_id: int
    organisation_id: int
    organisation_code: str
    organisation_kind: str
    post_kind: str
    title: str
    path: str
    holder_name: str
    person_id: int | None
    account_id: int | None
    since: date
    until: date | None
    expected_until: date | None
    came_by: str
    rank: int
    is_shut_out: bool = False


def nobody_works(holders: Iterable[Any]) -> bool:
    """Say whether nobody does the work of a post: it has no holders, or none with an account that opens."""
    return all(one.is_shut_out for one in holders)


@dataclass(frozen=True, slots=True)
class PostView:
    """A post with those who hold it now; empty holders mean that it is vacant."""

    post_id: int
    kind: str
    title: str
    title_en: str
    duties: str
    office_phone: str
    is_public: bool
    seats: int | None
    rank: int
    deputy_id: int | None
    above_id: int | None
    edition: int
    holders: tuple[HoldingView, ...] = ()

    @property
    def is_unmanned(self) -> bool:
        """Whether nobody does its work: nobody holds it, or the accounts of all who do are closed."""
        return nobody_works(self.holders)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts for a post: its own holder, or somebody who stands in, as its deputy or from above."""

    post_id: int
    by_post_id: int
    holding: HoldingView
    is_deputy: bool = False

    @property
    def is_stand_in(self) -> bool:
        return self.post_id != self.by_post_id
