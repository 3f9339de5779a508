"""What places of one day are called on a later one, and what happened to them in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.places.queries.restating import became_of
from linli.places.queries.then import PlaceThen, as_then, then


@dataclass(frozen=True, slots=True)
class Share:
    """A place of the later day, and which part of the earlier one went into it."""

    place: PlaceThen
    share: Fraction


@dataclass(frozen=True, slots=True)
class Becoming:
    """A place of the earlier day with what it is on the later one.

    `happened` says how, in this order: merged, split, renamed, moved; empty if nothing did.
    """

    place: PlaceThen
    shares: list[Share]
    happened: tuple[str, ...]


def becoming(places: Sequence[PlaceThen], *, measured_on: date, on: date) -> list[Becoming]:
    """Return what each place of one day is on a later one; two queries for a whole list."""
    became = became_of([one.id for one in places], measured_on=measured_on, on=on)
    ids = {new for shares in became.values() for new in shares}
    later = {place.pk: as_then(place) for place in then(on).filter(pk__in=ids)}
    found = []
    for one in places:
        shares = [Share(later[new], share) for new, share in became[one.id].items() if new in later]
        shares.sort(key=lambda share: (-share.share, share.place.code))
        found.append(Becoming(one, shares, _happened(one, shares)))
    return found


def _happened(place: PlaceThen, shares: Sequence[Share]) -> tuple[str, ...]:
    if not shares:
        return ("ended",)
    if len(shares) > 1:
        return ("split",)
    now = shares[0].place
    if now.id != place.id:
        return ("merged",)
    words = []
    if (now.name, now.short_name) != (place.name, place.short_name):
        words.append("renamed")
    if now.above != place.above:
        words.append("moved")
    return tuple(words)
