"""JSON API on activities."""

from ninja import Router

from linli.activities.api import bookings, culture, events, rounds, venues

router = Router(tags=["activities"])
for part in (venues, bookings, rounds, events, culture):
    router.add_router("", part.router)
