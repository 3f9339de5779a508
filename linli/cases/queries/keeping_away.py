"""Which posts are kept away from a case: those that it is about, and all that their people hold besides (AP-07)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from linli.cases.rules.conflicts import accused_in
from linli.orgs import queries as orgs


def kept_from(columns: Mapping[str, Any], on: date) -> frozenset[int]:
    """Return the posts that get and hear nothing of a case, by the columns of its head.

    Who is chair of the committee may be secretary of the branch too: as neither she reads what is
    about her, so that a case which only she could take would lie with nobody.
    """
    return near_to(accused_in(columns), on)


def near_to(accused: Collection[int], on: date) -> frozenset[int]:
    """Return these posts, and those that whoever holds or held one of them has on a day."""
    return frozenset(accused) | orgs.posts_of_same_people(accused, on)
