"""JSON API on activities."""

from ninja import Router

from linli.activities.api import bookings, venues

router = Router(tags=["activities"])
for part in (venues, bookings):
    router.add_router("", part.router)
