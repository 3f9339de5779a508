"""What may be done with the portal."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

ANSWER = Permit("portal.answer", _("Read and answer feedback on pages"))
