"""What may be done with the transparency log; reading it is open to everybody."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

FORGET = Permit("translog.forget", _("Destroy what opens an entry of the public log, by law"))
