"""What other systems may do here."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

REPORT = Permit("exchange.report", _("Send in reports as another system (Open311)"))
