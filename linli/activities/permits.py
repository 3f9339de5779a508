"""What may be done with venues, bookings and events."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, Permit

VENUES = Permit("activities.venues", _("Keep venues, their hours and closing days"))
EVENTS = Permit(
    "activities.events", _("Keep events and courses, and who takes part"), level=PERSONAL
)
BOOKINGS = Permit(
    "activities.bookings", _("See and decide bookings, hand out and take back"), level=PERSONAL
)
