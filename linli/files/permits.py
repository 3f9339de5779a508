"""What may be done with files beyond what their owners decide."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Permit

OVERSEE = Permit("files.oversee", _("See how much space files take and erase what is due"))
