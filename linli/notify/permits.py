"""What may be done with messages of others."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

OVERSEE = Permit("notify.oversee", _("See what could not be delivered, and send it again"))
