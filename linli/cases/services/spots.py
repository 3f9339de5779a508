"""Printed codes for lamp posts, lifts and doors, at which people report without saying where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.models import ReportSpot
from linli.cases.queries.intake import chain_or_none, village_around
from linli.documents.services import make_code
from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, require
from linli.trail.services import record

SPOT = "cases.spot"
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class NewSpot:
    """A spot as somebody names it: what people read on it, and where it stands if that is known."""

    title: str
    title_en: str = ""
    point: tuple[float, float] | None = None
    category_id: int | None = None


@transaction.atomic
def add_spots(place: str, spots: list[NewSpot], *, actor: Actor, now: datetime) -> list[ReportSpot]:
    """Give spots of a place their codes. Refuses with NotAllowed, Invalid."""
    chain = chain_or_none(place)
    if chain is None:
        raise Invalid({"place": [_("There is no such place today. Choose it again.")]})
    path = chain[-1].path
    require(actor, permits.SPOTS, at=path)
    if not 0 < len(spots) <= MOST_AT_ONCE:
        words = _("Name at least one and at most %(most)s spots.")
        raise Invalid({"spots": [words % {"most": MOST_AT_ONCE}]})
    made = [_new(spot, path, now) for spot in spots]
    ReportSpot.objects.bulk_create(made)
    for spot in made:
        # the printed address knows no language and leads here
        make_code(SPOT, spot.pk, actor=actor, now=now)
    record("cases.spots_added", on=("places.place", chain[-1].id), actor=actor, now=now,
           place=path, count=len(made))  # fmt: skip
    return made


def _new(spot: NewSpot, path: str, now: datetime) -> ReportSpot:
    lon = lat = None
    if spot.point is not None:
        if village_around(spot.point) is None:
            words = _("“%(title)s”: this point lies outside the city.") % {"title": spot.title}
            raise Invalid({"spots": [words]})
        lon, lat = (round(value * 1_000_000) for value in spot.point)
    return ReportSpot(
        code=public_code(10), title=spot.title, title_en=spot.title_en, path=path, lon=lon,
        lat=lat, category_id=spot.category_id, made_at=now,
    )  # fmt: skip


@transaction.atomic
def end_spot(spot: ReportSpot, *, actor: Actor, now: datetime) -> ReportSpot:
    """Take a spot down; its code then asks where it is. Refuses with NotAllowed."""
    require(actor, permits.SPOTS, at=spot.path)
    if spot.ended_at is None:
        spot.ended_at = now
        spot.save(update_fields=["ended_at"])
        record("cases.spot_ended", on=spot, actor=actor, now=now, place=spot.path)
    return spot
