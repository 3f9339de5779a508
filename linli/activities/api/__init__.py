"""JSON API on activities."""

from ninja import Router

from linli.activities.api import (
    attending,
    bookings,
    care,
    culture,
    culture_desk,
    doors,
    event_extras,
    events,
    events_desk,
    facilities,
    family_fees,
    fees,
    groups,
    handing,
    next_spans,
    rounds,
    rounds_desk,
    thoughts,
    venues,
)

router = Router(tags=["activities"])
for part in (
    venues,
    bookings,
    next_spans,
    rounds,
    rounds_desk,
    groups,
    events,
    events_desk,
    attending,
    event_extras,
    handing,
    thoughts,
    fees,
    family_fees,
    facilities,
    doors,
    culture,
    culture_desk,
    care,
):
    router.add_router("", part.router)
