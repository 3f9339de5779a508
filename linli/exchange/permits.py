"""What other systems may do here, and who deals with the hotline."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, STAFF, Permit

REPORT = Permit("exchange.report", _("Send in reports as another system (Open311)"))
HOTLINE = Permit(
    "exchange.hotline", _("Bring in orders of the hotline 12345 and return results"), PERSONAL
)
CONNECT = Permit(
    "exchange.connect",
    _("Oversee connections to other systems: what came in, what could not be sent"),
    STAFF,
)
