"""Posts and offices that a case can be given to, as forms offer them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.cases.types.moves import To
from linli.cases.types.words import AssignmentRole
from linli.kernel.registries import POST_NAMES
from linli.orgs import queries as orgs
from linli.orgs.queries.receiving import posts_open, posts_worked_in
from linli.places import queries as places

COMPANY = "property_company"


@dataclass(frozen=True, slots=True)
class Receiver:
    """A post that can get a case: where it works, and what it is called."""

    post_id: int
    org_id: int
    path: str
    org_kind: str
    name: str = ""

    @property
    def to(self) -> To:
        return To(AssignmentRole.LEAD, self.org_id, self.post_id)


def _named(rows: list[tuple[int, int, str, str]]) -> list[Receiver]:
    names = POST_NAMES.call([row[0] for row in rows]) if rows else {}
    return [Receiver(*row, name=names.get(row[0], "")) for row in rows]


def posts_at(path: str, on: date) -> list[Receiver]:
    """Return the posts at a place that somebody works in, without those of property companies."""
    return _posts_at(path, on, shut_out=False)


def posts_held_at(path: str, on: date) -> list[Receiver]:
    """Return the posts at a place as `posts_at` does, also where nobody works as her account is closed.

    Such a one gets no case, and her conduct may still be what a case is about.
    """
    return _posts_at(path, on, shut_out=True)


def _posts_at(path: str, on: date, *, shut_out: bool) -> list[Receiver]:
    found = _named(posts_worked_in(path, on, with_shut_out=shut_out))
    return [one for one in found if one.org_kind != COMPANY]


def governed_path(path: str) -> str:
    """Return the village of a path below it, where bodies have their posts; else the path itself."""
    return "/".join(path.rstrip("/").split("/")[:3]) + "/"


def companies_at(path: str, on: date) -> list[Receiver]:
    """Return the posts of property companies at a place."""
    found = _named(posts_worked_in(path, on))
    return [one for one in found if one.org_kind == COMPANY]


def receivers(post_ids: Iterable[int], on: date) -> dict[int, Receiver]:
    """Return posts by their ids; those that were closed are left out."""
    ids = sorted(set(post_ids))
    return {one.post_id: one for one in _named(posts_open(ids, on))}


def offices_below(code: str, on: date) -> list[tuple[str, str, Receiver]]:
    """Return (code, name, post in charge) of the places directly below that have an office."""
    place = places.chain_of(code)[-1]
    below = [
        row
        for row in places.child_rows(place.id)
        if row.level in ("town", "village") and row.valid_to is None
    ]
    charged = orgs.posts_in_charge([row.path for row in below], on)
    return [
        (row.code, row.name, Receiver(charged[row.path][1], charged[row.path][0], row.path, ""))
        for row in below
        if row.path in charged
    ]


def office_of(path: str, on: date) -> Receiver | None:
    """Return the post in charge of a place, or None where nobody holds one."""
    found = orgs.posts_in_charge([path], on).get(path)
    return Receiver(found[1], found[0], path, "") if found else None
