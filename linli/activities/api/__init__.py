"""JSON API on activities."""

from ninja import Router

from linli.activities.api import bookings, rounds, venues

router = Router(tags=["activities"])
for part in (venues, bookings, rounds):
    router.add_router("", part.router)
